import type { TopLevelSpec } from "vega-lite";
import type { Loader, LoggerInterface, Spec as Vega } from "vega";
import { faces } from "./font.ts";
import { plainSpec } from "./plain_spec.ts";
import { type Spec, viewsIn } from "./spec.ts";
import { standAlone, zonedDate } from "./stand_alone.ts";
import { pageConfig, type Scheme } from "./pages.ts";

/**
 * A spec as Vega draws it, in one scheme, the same wherever and by whomever it is drawn.
 *
 * A spec's own config goes over the page's, but for what every spec that is shown carries.
 * @throws {TypeError} for a spec that Vega-Lite cannot compile; RangeError for one that makes up
 * too many rows.
 */
export async function compileSpec(
  spec: Spec,
  scheme: Scheme,
  logger: LoggerInterface = SILENT,
): Promise<Vega> {
  const [{ mergeConfig }, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  const config = mergeConfig(...pageConfig(scheme, spec.config ?? {}));
  // Vega marks the records it is given, and they are the caller's: it gets a copy.
  const copy = plainSpec({ ...spec, config }) as unknown as TopLevelSpec;
  let compiled: Vega;
  try {
    compiled = compile(copy, { logger }).spec;
  } catch (error) {
    const unknown = unknownMark(spec);
    const why = unknown === undefined
      ? whyNot(spec) ?? (error as Error).message
      : `there is no mark ${JSON.stringify(unknown)}; there are ${MARKS.join(", ")}`;
    throw new TypeError(`Vega-Lite cannot draw this chart: ${why}`, { cause: error });
  }
  return standAlone(compiled);
}

/** A spec drawn as SVG, as Vega writes it. Throws as {@link layOut}, for pictures elsewhere too. */
export async function draw(spec: Spec, scheme: Scheme): Promise<string> {
  const { view, outside } = await layOut(spec, scheme, SILENT);
  try {
    const svg = await view.toSVG();
    outside.check();
    return svg;
  } finally {
    view.finalize();
  }
}

/**
 * Lays a spec out: Vega's view of it, run to the end, and what it shows that is not in it.
 *
 * @throws what {@link compileSpec} throws; RangeError for one whose data are not in it.
 */
export async function layOut(spec: Spec, scheme: Scheme, logger: LoggerInterface) {
  const [vega, compiled] = await Promise.all([loadVega(), compileSpec(spec, scheme, logger)]);
  const outside = new Outside();
  const view = new vega.View(vega.parse(compiled), {
    renderer: "none",
    logger,
    loader: outside.loader(vega.loader()),
  });
  try {
    await view.runAsync();
    outside.check();
  } catch (error) {
    view.finalize();
    throw error;
  }
  return { view, outside };
}

/** Vega, measuring text by the widths of the font that pictures are drawn with. */
async function loadVega() {
  const [vega, { regular, bold }] = await Promise.all([import("vega"), faces()]);
  // Vega's typings leave textMetrics out. Without a canvas it would guess 0.8 em a character.
  const { textMetrics } = vega as unknown as { textMetrics: { width: Measure } };
  textMetrics.width = ({ fontWeight, fontSize = 11, limit = 0 }, text) => {
    const face = fontWeight === "bold" || Number(fontWeight) >= 600 ? bold : regular;
    const width = fontSize * face.width(String(text ?? ""));
    // Vega cuts what is wider than its limit, by this same measure.
    return limit > 0 ? Math.min(width, limit) : width;
  };
  vega.expressionFunction("zonedDate", zonedDate);
  return vega;
}

type Measure = (
  item: { fontSize?: number; fontWeight?: string | number; limit?: number },
  text: unknown,
) => number;

/** What a spec shows that is not in it. Nothing is fetched, and no file is read, to draw it. */
class Outside {
  readonly #found = new Set<string>();

  loader(own: Loader): Loader {
    const refuse = (uri: string) => {
      this.#found.add(`data at ${uri}`);
      return Promise.reject(new Error("data are not in the spec"));
    };
    const sanitize = (uri: string) => {
      const within = /^data:image\//i.test(uri);
      if (!within) this.#found.add(`pictures at ${uri}`);
      return Promise.resolve({ href: within ? uri : "" });
    };
    return { ...own, load: refuse, http: refuse, file: refuse, sanitize } as Loader;
  }

  check(): void {
    const [first] = this.#found;
    if (first === undefined) return;
    const short = first.length > 80 ? `${first.slice(0, 79)}…` : first;
    throw new RangeError(`a chart shows what is in its spec; this one needs ${short}`);
  }
}

const MARKS = ("arc area bar boxplot circle errorband errorbar geoshape image line point rect " +
  "rule square text tick trail").split(" ");

/** The first mark, in whatever view, that Vega-Lite does not have. */
function unknownMark(spec: Spec): unknown {
  const types = [...viewsIn(spec)].map(({ mark }) => (mark as { type?: unknown })?.type ?? mark);
  return types.find((type) => type !== undefined && !MARKS.includes(type as string));
}

/** Why Vega-Lite, whose own message is the whole spec, takes no such layers. */
function whyNot({ layer }: Spec): string | undefined {
  const several = ["facet", "hconcat", "vconcat", "concat", "repeat"];
  const whole = Array.isArray(layer) &&
    layer.some((one) => several.some((key) => key in Object(one)));
  return whole
    ? "a layer is one plot, and one of these is a chart of several; add layers to its spec, or " +
      "stack the charts in vconcat"
    : undefined;
}

/** Hears nothing of what Vega has to say. */
const hush = () => SILENT;
const SILENT = { level: hush, error: hush, warn: hush, info: hush, debug: hush } as LoggerInterface;
