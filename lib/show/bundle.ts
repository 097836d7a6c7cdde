import { LINE } from "../charts/theme.ts";
import { describeSpec } from "../render/describe.ts";
import { isSpec, plainSpec, type Spec } from "../render/spec.ts";
import { wrap } from "../render/wrap.ts";
import { Markdown } from "./markdown.ts";
import { chosenTable, isTable, wholeTable } from "./table.ts";
import { tableHTML } from "./table_html.ts";
import { tableText } from "./table_text.ts";
import type { Words } from "./words.ts";

/** One thing in all the forms that a place of reading may know, by MIME type. */
export interface Bundle {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/**
 * A chart as an interactive spec, a picture where that is unknown (GitHub, nbconvert), and a
 * sentence; a table as HTML and text; Markdown as Markdown; all else as text.
 */
export async function bundle(value: unknown, words: Words): Promise<Bundle> {
  const { caption } = words;
  if (isSpec(value)) return await chartBundle(captioned(plainSpec(value), caption));
  if (isTable(value)) {
    const tables = tablesOf(value, words);
    return {
      data: { "text/html": tableHTML(...tables), "text/plain": tableText(...tables) },
      metadata: {},
    };
  }
  const own = (value as Displayable | null | undefined)?.[DISPLAY];
  const data = typeof own === "function" ? await own.call(value) : { "text/plain": plain(value) };
  return { data: caption === null ? data : withCaption(data, caption), metadata: {} };
}

/** The same in a terminal: one text. */
export function terminalText(value: unknown, words: Words): string {
  const { caption } = words;
  if (isSpec(value)) return `[chart] ${describeSpec(captioned(value, caption))}`;
  if (isTable(value)) return tableText(...tablesOf(value, words));
  const text = plain(value);
  return caption === null ? text : `${text}\n${caption}`;
}

function tablesOf(value: Parameters<typeof wholeTable>[0], words: Words) {
  const { columns } = words;
  const chosen = columns === null ? null : chosenTable(value, columns);
  return [wholeTable(value), chosen, words] as const;
}

const DISPLAY = Symbol.for("Jupyter.display");

/** The kernel's own protocol for things that know how they look. */
interface Displayable {
  [DISPLAY]?(): Record<string, unknown> | Promise<Record<string, unknown>>;
}

async function chartBundle(spec: Spec): Promise<Bundle> {
  // Vega and all that draws are loaded with the first chart.
  const { renderPNG } = await import("../render/png.ts");
  const { bytes, width, height } = await renderPNG(spec, { scheme: "light", scale: 2 });
  return {
    data: {
      "application/vnd.vegalite.v5+json": plainSpec(spec),
      "image/png": bytes.toBase64(),
      "text/plain": describeSpec(spec),
    },
    metadata: { "image/png": { width, height } },
  };
}

/** A spec with a caption: drawn right under its title, and first in its description. */
function captioned(spec: Spec, caption: string | null): Spec {
  if (caption === null) return spec;
  const title = typeof spec.title === "object" && spec.title !== null && !Array.isArray(spec.title)
    ? spec.title
    : { text: spec.title ?? "", anchor: "start" };
  const description = spec.description === undefined ? "" : ` ${spec.description}`;
  return {
    ...spec,
    title: {
      ...title,
      subtitle: [
        ...wrap(caption, (line) => line.length, LINE.subtitle),
        ...[(title as { subtitle?: string | string[] }).subtitle ?? []].flat(),
      ],
    },
    description: caption + description,
    usermeta: { ...(spec.usermeta as Record<string, unknown> | undefined), caption },
  };
}

function withCaption(data: Record<string, unknown>, caption: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([type, form]) => [
      type,
      /^text\/(plain|markdown)$/.test(type) ? `${form}\n\n${caption}` : form,
    ]),
  );
}

function plain(value: unknown): string {
  return typeof value === "string" || value instanceof Markdown
    ? String(value)
    : Deno.inspect(value);
}
