import type { Words } from "./bundle.ts";
import { type Column, shape, type Table, unseen } from "./table.ts";

/**
 * A table as HTML: header scopes, units and types under the names, its shape in the caption. All
 * text is escaped. It carries no style but alignment, so that it looks like the page it is in.
 */
export function tableHTML(table: Table, { caption, details }: Words): string {
  const { columns, head, tail, hidden } = table;
  const says = [caption, shape(table)].filter((part) => part !== null).map((part) => escape(part!));
  return [
    `<div style="overflow-x: auto"><table class="dataframe">`,
    `<caption style="text-align: left">${says.join("<br>")}</caption>`,
    `<thead><tr>${columns.map(header).join("")}</tr></thead>`,
    "<tbody>",
    ...head.map((row) => line(columns, row)),
    ...(hidden > 0
      ? [
        `<tr><td colspan="${columns.length}" style="text-align: center">${
          unseen(hidden)
        }</td></tr>`,
      ]
      : []),
    ...tail.map((row) => line(columns, row)),
    "</tbody></table></div>",
    ...(details === null
      ? []
      : [`<details><summary>Measured with</summary><small>${escape(details)}</small></details>`]),
  ].join("\n");
}

function header(column: Column): string {
  const { name, unit, dtype } = column;
  const under = [unit, dtype].filter((part) => part !== "").map(escape).join(" · ");
  return `<th scope="col" style="${align(column)}">${escape(name)}<br><small>${under}</small></th>`;
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
