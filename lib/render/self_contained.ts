import type { Spec } from "./spec.ts";

/** Keys by which a spec leads out of itself: to data, pictures and pages elsewhere. */
const LEADS = new Set(["href", "url"]);

/** The most rows that a spec may have made up. */
const ROWS = 100_000;

/**
 * Checks that a spec is all there is to its chart. Vega meets some that are not with an error that
 * nothing can catch, so they must not come to it.
 *
 * @throws {RangeError} for one that would fetch, link, or make up more than it holds
 */
export function checkSelfContained(spec: unknown): void {
  if (typeof spec !== "object" || spec === null) return;
  if (Array.isArray(spec)) return spec.forEach(checkSelfContained);
  for (const [key, value] of Object.entries(spec)) {
    if (key === "values" || key === "datasets") continue;
    if (key === "usermeta") {
      // Of what is no chart's, only this comes to be a part of one.
      checkSelfContained((value as Spec["usermeta"])?.narrow);
      continue;
    }
    if (LEADS.has(key)) {
      throw new RangeError(`a chart shows what is in its spec; this one leads elsewhere (${key})`);
    }
    if (key === "sequence") {
      const { start = 0, stop = 0, step = 1 } = (value ?? {}) as Record<string, number>;
      if (!(Math.abs((stop - start) / step) <= ROWS)) {
        throw new RangeError("a chart shows what is in its spec; this one makes up too many rows");
      }
    }
    checkSelfContained(value);
  }
}
