/**
 * A Vega-Lite specification: a plain, serialisable object. `description`, `title` and `width` are
 * spelled out because this floor reads or rewrites them; all else is for Vega-Lite to judge.
 */
export interface Spec {
  readonly $schema?: string;
  readonly description?: string;
  readonly title?: unknown;
  readonly width?: unknown;
  readonly config?: Record<string, unknown>;
  /** `narrow`: a merge patch for where the page is narrow. Vega-Lite lets usermeta be. */
  readonly usermeta?: Record<string, unknown>;
  readonly [key: string]: unknown;
}

/** Whether a value looks like a Vega-Lite specification: a plain object that says what to draw. */
export function isSpec(value: unknown, depth = 0): value is Spec {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const spec = value as Record<string, unknown>;
  if (typeof spec.$schema === "string") return spec.$schema.includes("/vega-lite/");
  if (!VIEWS.some((key) => key in spec)) return false;
  // A concatenation has what it shows in its views.
  const views = [spec.layer, spec.hconcat, spec.vconcat, spec.concat, spec.spec].flat();
  return "data" in spec || "encoding" in spec ||
    (depth < 8 && views.some((one) => isSpec(one, depth + 1)));
}

/** What a spec's views stand under. */
export const VIEWS = ["mark", "layer", "hconcat", "vconcat", "concat", "repeat", "facet"];
