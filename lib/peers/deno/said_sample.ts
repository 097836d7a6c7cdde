import type { Failure } from "../../client/request_error.ts";
import type { SampleColumns } from "../../trial/samples.ts";
import type { SaidSample } from "../elsewhere/said.ts";

/** A row of samples as peers say it; `place` is where it stands among all of the run. */
export function saidSample(samples: SampleColumns, row: number, place: number): SaidSample {
  const { path, planned, start, end, status, bytes, error } = samples;
  return {
    row: place,
    path: path[row],
    planned: planned[row],
    start: start[row],
    end: end[row],
    status: status[row],
    bytes: bytes[row],
    encoding: "identity", // the lab's own client asks for no other
    error: error[row] as Failure | "",
    timing: Number.isNaN(samples.socket[row]) ? "" : timing(samples, row),
  };
}

/** What the origin said of a request, as it says it. */
function timing(samples: SampleColumns, row: number): string {
  const lasted = (["drawn", "served", "queue", "handshake"] as const)
    .map((metric) => `${metric};dur=${samples[metric][row]}`);
  return `${lasted.join(", ")}, k;desc="${samples.k[row]}", socket;desc="${samples.socket[row]}"`;
}
