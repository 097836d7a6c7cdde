import { isSpec } from "../render/spec.ts";
import type { Bundle } from "./kernel.ts";
import { Markdown } from "./markdown.ts";
import { isTable, tablesOf } from "./table.ts";
import { tableHTML } from "./table_html.ts";
import { tableText } from "./table_text.ts";
import type { Words } from "./words.ts";

/**
 * A chart as an interactive spec, a picture where that is unknown (GitHub, nbconvert), and a
 * sentence; a table as HTML and text; Markdown as Markdown; all else as text.
 */
export async function bundle(value: unknown, words: Words): Promise<Bundle> {
  const { caption } = words;
  if (isSpec(value)) {
    // Vega and all that draws are loaded with the first chart.
    const { chartForms } = await import("./chart_forms.ts");
    return await chartForms(value, caption);
  }
  if (isTable(value)) {
    const { whole, chosen } = tablesOf(value, words.columns);
    const [html, text] = [tableHTML, tableText].map((form) => form(whole, chosen, words));
    return { data: { "text/html": html, "text/plain": text }, metadata: {} };
  }
  const own = (value as Displayable | null | undefined)?.[DISPLAY];
  const data = typeof own === "function" ? await own.call(value) : { "text/plain": plain(value) };
  return { data: caption === null ? data : withCaption(data, caption), metadata: {} };
}

/** The same in a terminal: one text. */
export function terminalText(value: unknown, words: Words): string {
  const { caption } = words;
  if (isSpec(value)) {
    const { text = value.title ?? [] } = (value.title ?? {}) as { text?: unknown };
    return ["[chart]", caption ?? [], value.description ?? text].flat().join(" ");
  }
  if (isTable(value)) {
    const { whole, chosen } = tablesOf(value, words.columns);
    return tableText(whole, chosen, words);
  }
  const text = plain(value);
  return caption === null ? text : `${text}\n${caption}`;
}

const DISPLAY = Symbol.for("Jupyter.display");

/** The kernel's own protocol for things that know how they look. */
interface Displayable {
  [DISPLAY]?(): Record<string, unknown> | Promise<Record<string, unknown>>;
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
