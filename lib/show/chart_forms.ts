import { mergeConfig } from "vega";
import { LINE } from "../charts/theme.ts";
import { describeSpec } from "../render/describe.ts";
import { renderPNG } from "../render/png.ts";
import { plainSpec } from "../render/plain_spec.ts";
import type { Spec } from "../render/spec.ts";
import { HOUSE } from "../render/theme.ts";
import { utcSpec } from "../render/utc.ts";
import { wrap } from "../render/wrap.ts";
import type { Bundle } from "./kernel.ts";

/**
 * A chart as a spec that is drawn where it is read, as a picture, and in a sentence. The spec has the
 * lab's letters, lines and colours, whoever made it, and its times are in UTC.
 */
export async function chartForms(given: Spec, caption: string | null): Promise<Bundle> {
  const spec = captioned(plainSpec(given), caption);
  const housed = { ...spec, ...colorsOfEach(spec), config: mergeConfig(HOUSE, spec.config ?? {}) };
  const { bytes, width, height } = await renderPNG(housed, { scheme: "light", scale: 2 });
  return {
    data: {
      "application/vnd.vegalite.v5+json": utcSpec(plainSpec(housed)),
      "image/png": bytes.toBase64(),
      "text/plain": describeSpec(spec),
    },
    metadata: { "image/png": { width, height } },
  };
}

/** Side by side, Vega-Lite would give all views one scale of colours: the lab's charts have their own. */
function colorsOfEach({ hconcat, vconcat, concat, resolve }: Spec): Partial<Spec> {
  const views = [hconcat, vconcat, concat].flat() as (Spec | undefined)[];
  if (resolve !== undefined || !views.some((view) => view?.config !== undefined)) return {};
  return { resolve: { scale: { color: "independent", shape: "independent" } } };
}

/** A spec with a caption: drawn right under its title, and said with it. */
function captioned(spec: Spec, caption: string | null): Spec {
  if (caption === null) return spec;
  const title = typeof spec.title === "object" && spec.title !== null && !Array.isArray(spec.title)
    ? spec.title
    : { text: spec.title ?? "", anchor: "start" };
  const titled = {
    ...spec,
    title: {
      ...title,
      subtitle: [
        ...wrap(caption, (line) => line.length, LINE.subtitle),
        ...[(title as { subtitle?: string | string[] }).subtitle ?? []].flat(),
      ],
    },
    usermeta: { ...(spec.usermeta as Record<string, unknown> | undefined), caption },
  };
  const { description } = spec;
  return {
    ...titled,
    description: description === undefined ? describeSpec(titled) : `${caption} ${description}`,
  };
}
