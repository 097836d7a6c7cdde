import type { TopLevelSpec } from "vega-lite";
import type { Loader, View } from "vega";
import { faces } from "./font.ts";
import type { Spec } from "./spec.ts";
import { pageConfig, PAGES, partsConfig, type Scheme } from "./theme.ts";

/** What Vega-Lite or Vega had to say about a spec. */
export type Warn = (message: string) => void;

/**
 * Lays a spec out in one scheme and returns Vega's view of it, run to the end.
 *
 * A spec's own config goes over the page's; the colours of named parts go over both.
 * @throws what Vega-Lite throws on a spec it cannot compile.
 */
export async function layOut(spec: Spec, scheme: Scheme, warn: Warn): Promise<View> {
  const [vega, { compile }] = await Promise.all([loadVega(), import("vega-lite")]);
  const logger = listener(warn);
  const config = vega.mergeConfig(
    pageConfig(scheme),
    spec.config ?? {},
    partsConfig(PAGES[scheme].palette),
  );
  // Vega marks the records it is given, and they are the caller's: it gets a copy.
  const copy = JSON.parse(JSON.stringify({ ...spec, config })) as TopLevelSpec;
  const { spec: compiled } = compile(copy, { logger });
  const view = new vega.View(vega.parse(compiled), {
    renderer: "none",
    logger,
    loader: closed(vega.loader()),
  });
  return await view.runAsync();
}

/** Vega, measuring text by the widths of the font that pictures are drawn with. */
async function loadVega() {
  const [vega, { regular, bold }] = await Promise.all([import("vega"), faces()]);
  // Vega's typings leave textMetrics out. Without a canvas it would guess 0.8 em a character.
  const { textMetrics } = vega as unknown as { textMetrics: { width: Measure } };
  textMetrics.width = (item, text) => {
    const face = item.fontWeight === "bold" || Number(item.fontWeight) >= 600 ? bold : regular;
    return (item.fontSize ?? 11) * face.width(String(text ?? ""));
  };
  return vega;
}

/** A picture shows the data in its spec: nothing is fetched, and no file is read, to draw it. */
function closed(loader: Loader): Loader {
  const load = (uri: string) => Promise.reject(new Error(`data are not in the spec but at ${uri}`));
  return { ...loader, load, http: load, file: load } as Loader;
}

type Measure = (item: { fontSize?: number; fontWeight?: string | number }, text: unknown) => number;

/** Vega's logger interface over one function. */
function listener(warn: Warn) {
  const say = (...messages: readonly unknown[]) => {
    warn(messages.map(String).join(" "));
    return logger;
  };
  const logger = {
    level(value?: number) {
      return value === undefined ? 2 : logger;
    },
    error: say,
    warn: say,
    info: () => logger,
    debug: () => logger,
    // deno-lint-ignore no-explicit-any
  } as any;
  return logger;
}
