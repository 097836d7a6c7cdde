/** Keys by which a spec leads out of itself: to data, pictures and pages elsewhere. */
const LEADS = new Set(["href", "url"]);

/** The most rows that a spec may have made up. */
const ROWS = 100_000;

/**
 * Throws a RangeError for a spec that would fetch, link or make up more than it holds. Vega meets
 * some of these with an error that nothing can catch, so they must not come to it.
 */
export function checkSelfContained(spec: unknown): void {
  if (typeof spec !== "object" || spec === null) return;
  if (Array.isArray(spec)) return spec.forEach(checkSelfContained);
  for (const [key, value] of Object.entries(spec)) {
    if (key === "values" || key === "datasets" || key === "usermeta") continue;
    if (LEADS.has(key)) throw new RangeError(`it leads elsewhere (${key})`);
    if (key === "sequence") {
      const { start = 0, stop = 0, step = 1 } = (value ?? {}) as Record<string, number>;
      if (!(Math.abs((stop - start) / step) <= ROWS)) {
        throw new RangeError("it makes up too many rows");
      }
    }
    checkSelfContained(value);
  }
}
