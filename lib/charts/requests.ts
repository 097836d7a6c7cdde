/** Samples that a chart of requests over time can draw. */
import { integer } from "../ground/words.ts";
import { type Columns, groupBy, readRows, type Row, type Rows } from "./rows.ts";

/** What every such chart reads. */
interface Request {
  readonly variant: string;
  readonly request: number;
  readonly start_ms?: number;
  readonly end_ms: number;
}

/**
 * Reads the requests of one trial a variant, by variant; what has no start or end is left out.
 *
 * @throws {RangeError} where nothing is left, and for several trials of one variant, which would lie
 * over each other
 */
export function requestsOf<const C extends Columns>(chart: string, rows: Rows, columns: C) {
  const done = (readRows(chart, rows, columns) as unknown as Request[])
    .filter(({ start_ms = 0, end_ms }) => Number.isFinite(start_ms + end_ms));
  if (done.length === 0) {
    throw new RangeError(`charts.${chart} has no request with a start_ms and an end_ms to draw`);
  }
  const variants = groupBy(done, "variant");
  for (const [variant, group] of variants) {
    const requests = new Set(group.map(({ request }) => request)).size;
    if (requests === group.length) continue;
    throw new RangeError(
      `charts.${chart} draws one trial a variant, and "${variant}" has several: ` +
        `${integer(group.length)} rows, ${integer(requests)} requests; ` +
        "filter the rows to one block",
    );
  }
  return variants as unknown as Map<string, Row<C>[]>;
}

/** When the last of them ended, and how long all of them took together, ms. */
export function spanOf(
  requests: readonly { readonly start_ms: number; readonly end_ms: number }[],
) {
  return {
    end: requests.reduce((latest, { end_ms }) => Math.max(latest, end_ms), 0),
    busy: requests.reduce((sum, { start_ms, end_ms }) => sum + end_ms - start_ms, 0),
  };
}

/** To how many decimals of a ms times are embedded: what can be seen on an axis that ends there. */
export const decimalsUpTo = (last: number): number => last > 2000 ? 0 : last > 200 ? 1 : 2;
