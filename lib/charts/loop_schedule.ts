import { Kind } from "../ground/options.ts";
import type { Row } from "./rows.ts";

/** What of a variant says how its requests lie: a variant of the lab is one. */
export interface Loop {
  readonly name: string;
  /** 1, or at least as many as there are requests. */
  readonly concurrency: number;
  readonly connections: "new" | "kept";
}

/** Set-up of a connection and median answer, ms. */
export interface Latencies {
  readonly handshake: number;
  readonly median: number;
}

/** What a schedule is made of. */
export const COLUMNS = { text: ["variant"], number: ["request", "end_ms", "drawn_ms"] } as const;

/** A variant, as far as a schedule needs one. */
export const LOOP = new Kind<Loop>("a variant", (value) => {
  const loop = value as Partial<Loop> | null | undefined;
  return typeof loop?.name === "string" && typeof loop.concurrency === "number" &&
    (loop.connections === "new" || loop.connections === "kept");
});

/** An origin's config, as far as a schedule needs it. */
export const LATENCIES = new Kind<Latencies>(
  "an origin's config",
  (value) => {
    const { handshake, median } = (value ?? {}) as Partial<Latencies>;
    return typeof handshake === "number" && typeof median === "number";
  },
  ({ handshake, median }: Latencies) => handshake >= 0 && median > 0,
);

/**
 * Lays out each variant's samples.
 *
 * @throws {TypeError | RangeError} naming what cannot be laid out
 */
export function schedules(
  groups: ReadonlyMap<string, readonly Row<typeof COLUMNS>[]>,
  variants: readonly Loop[],
  { handshake, median }: Latencies,
) {
  const of = "charts.loops";
  return variants.map(({ name, concurrency, connections }) => {
    const group = groups.get(name);
    if (group === undefined) throw new RangeError(`${of}: no sample of "${name}"`);
    const together = concurrency >= group.length;
    if (!together && concurrency !== 1) {
      const had = `${of}: "${name}" must have 1 or all requests in flight`;
      throw new RangeError(`${had}, not ${concurrency}`);
    }
    const rows = group.toSorted((a, b) => a.request - b.request);
    // In units that sliders stretch: set-ups (1 or 0) and medians.
    const bars = rows.map(({ request, end_ms, drawn_ms }) => ({
      variant: name,
      nth: request + 1,
      times_median: drawn_ms / median,
      sets_up: Number(connections === "new" || together || request === 0),
      together: Number(together),
      end_ms,
    }));
    const spans = bars.map((bar) => bar.sets_up * handshake + bar.times_median * median);
    const ideal = together ? Math.max(...spans) : spans.reduce((sum, span) => sum + span, 0);
    return { name, bars, ideal, measured: Math.max(...rows.map(({ end_ms }) => end_ms)) };
  });
}
