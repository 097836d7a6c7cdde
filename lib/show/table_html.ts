import { type Column, shape, type ShownTable, unseen } from "./table.ts";
import type { Words } from "./words.ts";

/**
 * A table as HTML: header scopes, units and types under the names, its shape in the caption; where
 * columns were chosen these, and the whole table folded away. All text is escaped. It carries no
 * style but alignment, so that it looks like the page it is in.
 */
export function tableHTML(whole: ShownTable, chosen: ShownTable | null, words: Words): string {
  const { caption, details } = words;
  const fold = (summary: string, html: string) =>
    `<details><summary>${summary}</summary>${html}</details>`;
  return [
    chosen === null
      ? one(whole, [caption, shape(whole)])
      : `${one(chosen, [caption])}\n${fold(`All ${shape(whole)}`, one(whole, []))}`,
    ...(details === null ? [] : [fold("Measured with", `<small>${escape(details)}</small>`)]),
  ].join("\n");
}

function one(table: ShownTable, says: readonly (string | null)[]): string {
  const { columns, lines, cut, hidden } = table;
  const caption = says.filter((part) => part !== null).map(escape).join("<br>");
  const across = `colspan="${columns.length}" style="text-align: center"`;
  const rows = lines.map((row) => line(columns, row));
  if (hidden > 0) rows.splice(cut, 0, `<tr><td ${across}>${unseen(hidden)}</td></tr>`);
  return [
    `<div style="overflow-x: auto"><table class="dataframe">`,
    ...(caption === "" ? [] : [`<caption style="text-align: left">${caption}</caption>`]),
    `<thead><tr>${columns.map(header).join("")}</tr></thead>`,
    "<tbody>",
    ...rows,
    "</tbody></table></div>",
  ].join("\n");
}

function header(column: Column): string {
  const under = column.under === "" ? "" : `<br><small>${escape(column.under)}</small>`;
  return `<th scope="col" style="${align(column)}">${escape(column.name)}${under}</th>`;
}

function line(columns: readonly Column[], row: readonly string[]): string {
  const shown = row.map((text, i) =>
    i === 0 && columns[0].kind === "text"
      ? `<th scope="row" style="text-align: left">${escape(text)}</th>`
      : `<td style="${align(columns[i])}${text.length > LONG ? ROOM : ""}">${escape(text)}</td>`
  );
  return `<tr>${shown.join("")}</tr>`;
}

/** Characters from which a text is broken into lines, and what keeps these from being too short. */
const LONG = 60, ROOM = "; min-width: 24em";

function align({ kind }: Column): string {
  return `text-align: ${kind === "number" ? "right" : "left"}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
