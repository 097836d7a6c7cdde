import type { SampleColumns } from "../trial/samples.ts";
import type { Failure } from "./request_error.ts";

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

/** Which column a metric goes to, and how it is written: a duration or a description. */
const METRICS = [
  ["drawn", "drawn;dur="],
  ["served", "served;dur="],
  ["queue", "queue;dur="],
  ["handshake", "handshake;dur="],
  ["k", 'k;desc="'],
  ["socket", 'socket;desc="'],
] as const;

/**
 * Writes what the origin says of a request in its `Server-Timing` header into the row: drawn,
 * served, queue and handshake in ms (`name;dur=1.5`), the arrival's k and the socket's number
 * (`socket;desc="3"`). What the header leaves out stays as it was; other metrics are passed over.
 */
export function readServerTiming(header: string, samples: SampleColumns, row: number): void {
  for (const [column, metric] of METRICS) {
    let at = header.indexOf(metric);
    // A longer name may end alike: "unserved;dur=1".
    while (at > 0 && header[at - 1] !== " " && header[at - 1] !== ",") {
      at = header.indexOf(metric, at + 1);
    }
    if (at === -1) continue;
    const amount = parseFloat(header.slice(at + metric.length, at + metric.length + 24));
    if (!Number.isNaN(amount)) samples[column][row] = amount;
  }
}
