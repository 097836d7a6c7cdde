import type { SampleColumns } from "../trial/samples.ts";
import type { Failure } from "./request_error.ts";
import { readServerTiming } from "./server_timing.ts";

/** What is known of a request once it has ended. */
export interface Ending {
  readonly status: number;
  readonly bytes: number;
  /** The Server-Timing header; "" where there is none. */
  readonly timing: string;
}

/** Completes the row of a request whose body was read, or which failed, at `end`. */
export function finishSample(
  samples: SampleColumns,
  row: number,
  end: number,
  { status, bytes, timing }: Ending,
  failure: Failure | "",
): void {
  samples.end[row] = end;
  samples.status[row] = status;
  samples.bytes[row] = bytes;
  samples.error[row] = failure;
  if (timing !== "") readServerTiming(timing, samples, row);
}
