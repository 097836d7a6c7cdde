import { readServerTiming } from "../client/server_timing.ts";
import { dispatchSample, emptySamples, type SampleColumns } from "../trial/samples.ts";

/** What a peer knows of its requests, a row a request, in the plan's order. */
export interface PeerColumns {
  readonly url: readonly string[];
  readonly planned: readonly number[];
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly status: readonly number[];
  readonly bytes: readonly number[];
  readonly encoding: readonly string[];
  readonly error: readonly string[];
  /** The Server-Timing headers as they came; "" where there was none. */
  readonly timing: readonly string[];
}

/** The samples that the lab knows, in the order in which they were sent. */
export function inOrderOfDispatch(rows: PeerColumns, origin: string): SampleColumns {
  const order = rows.url.map((_, i) => i).sort((a, b) => rows.start[a] - rows.start[b]);
  const samples = emptySamples();
  for (const i of order) {
    const url = rows.url[i];
    const path = url.startsWith(origin) ? url.slice(origin.length) : url;
    const row = dispatchSample(samples, {
      path,
      k: arrival(rows.timing[i]),
      planned: rows.planned[i],
      start: rows.start[i],
      attempt: 1,
    });
    readServerTiming(rows.timing[i], samples, row);
    samples.end[row] = rows.end[i];
    samples.status[row] = rows.status[i];
    samples.bytes[row] = rows.bytes[i];
    samples.error[row] = rows.error[i];
  }
  return samples;
}

/** Which arrival of its path the origin says it was; NaN where it says nothing. */
function arrival(header: string): number {
  return Number(header.match(/(?:^|[ ,])k;desc="(\d+)"/)?.[1] ?? NaN);
}
