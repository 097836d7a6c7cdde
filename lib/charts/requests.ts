/** Samples that a chart of requests over time can draw. */
import { integer } from "../ground/words.ts";

/** Those that have a start and an end; throws a RangeError where there are none. */
export function ended<T extends { readonly end_ms: number; readonly start_ms?: number }>(
  name: string,
  samples: readonly T[],
): T[] {
  const done = samples.filter(({ start_ms = 0, end_ms }) =>
    Number.isFinite(start_ms) && Number.isFinite(end_ms)
  );
  if (done.length > 0) return done;
  throw new RangeError(`charts.${name} has no request with a start_ms and an end_ms to draw`);
}

/** A chart of requests over time is of one trial: several would lie over each other. */
export function oneTrial(
  name: string,
  variant: string,
  group: readonly { readonly request: number }[],
): void {
  const requests = new Set(group.map(({ request }) => request));
  if (requests.size === group.length) return;
  throw new RangeError(
    `charts.${name} draws one trial a variant, and "${variant}" has several: ` +
      `${integer(group.length)} rows, ${integer(requests.size)} requests; ` +
      "filter the rows to one block",
  );
}
