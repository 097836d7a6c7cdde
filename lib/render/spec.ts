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
const VIEWS = ["mark", "layer", "hconcat", "vconcat", "concat", "repeat", "facet"];

/** A view and all those within it, each before its own. */
export function* viewsIn(view: unknown): Generator<Spec> {
  if (typeof view !== "object" || view === null) return;
  const spec = view as Spec;
  yield spec;
  const { layer, hconcat, vconcat, concat, spec: inner } = spec;
  for (const one of [layer, hconcat, vconcat, concat, inner].flat()) yield* viewsIn(one);
}

/** A view with those inside it changed; itself where it holds none. */
export function mapViews(view: Spec, change: (inner: Spec) => Spec): Spec {
  const inner = (one: unknown) =>
    typeof one === "object" && one !== null ? change(one as Spec) : one;
  const changed = ["layer", "hconcat", "vconcat", "concat"].filter((key) =>
    Array.isArray(view[key])
  )
    .map((key): [string, unknown] => [key, (view[key] as unknown[]).map(inner)]);
  if (view.spec !== undefined) changed.push(["spec", inner(view.spec)]);
  return changed.length === 0 ? view : { ...view, ...Object.fromEntries(changed) };
}

/** Title and subtitle of a chart, each in one line; "" where it has none. */
export function titleOf({ title }: Spec): { title: string; subtitle: string } {
  const line = (text: unknown) =>
    [text ?? []].flat().filter((one) => typeof one !== "object").join(" ").trim();
  const whole = typeof title === "object" && !Array.isArray(title) ? title : { text: title };
  const { text, subtitle } = (whole ?? {}) as { text?: unknown; subtitle?: unknown };
  return { title: line(text), subtitle: line(subtitle) };
}
