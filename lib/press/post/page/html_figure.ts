import type { Element } from "hast";
import { h } from "hastscript";
import { count } from "../../../ground/words.ts";
import type { DataTable } from "../read/chart_data.ts";
import { type Chart, sizeOf } from "../read/read_chart.ts";

/** A table with more rows than this stands in a page by its beginning. */
const ROWS = 500;

/** A chart as a figure: its title, the drawing for each width, its words and its data. */
export function figure(chart: Chart): Element {
  const { name, title, subtitle, caption, wide, narrow, live } = chart;
  const drawings = narrow === null
    ? [drawing(wide)]
    // What is nearly as wide as a phone fills it; what is smaller keeps its size.
    : [
      drawing(wide, "wide"),
      drawing(narrow, "narrow", ...sizeOf(narrow).width > 300 ? ["full"] : []),
    ];
  const specs = JSON.stringify(live)?.replaceAll("<", "\\u003c");
  const shown = live === null ? drawings : [
    h("div", { className: ["still"] }, drawings),
    h("div", { className: ["explore"] }),
    h("script", { type: "application/json" }, specs),
  ];
  return h("figure", { className: ["chart", ...live === null ? [] : ["live"]], id: name }, [
    ...title === "" ? [] : [h("p", { className: ["title"] }, words(title))],
    ...subtitle === "" ? [] : [h("p", { className: ["subtitle"] }, words(subtitle))],
    ...shown,
    ...caption === "" ? [] : [h("figcaption", words(caption))],
    ...details(chart),
  ]);
}

/** No number is parted from its unit at the end of a line. */
function words(text: string): string {
  return text.replace(/(\d) (?=(?:ms|s|µs|kB|MB|%)(?![\p{L}\d]))/gu, "$1\u00a0");
}

function drawing(value: string, ...width: string[]): Element {
  return h("div", { className: ["drawing", ...width] }, { type: "raw", value } as never);
}

/** What can be read instead of the drawing: its data. */
function details(chart: Chart): Element[] {
  const rows = Math.max(0, ...chart.data.map((table) => table.rows.length));
  if (rows === 0) return [];
  const tables = chart.data.flatMap((table, i) => dataTable(table, chart, i));
  return [
    h("details", { className: ["data"] }, h("summary", `Data (${count(rows, "row")})`), tables),
  ];
}

function dataTable({ columns, rows }: DataTable, chart: Chart, index: number): Element[] {
  const more = h("p", `The first ${ROWS} of ${rows.length} rows; all are in the notebook.`);
  const which = chart.data.length === 1 ? "Data" : `Data ${index + 1} of ${chart.data.length}`;
  const align = columns.map(({ numeric }) => numeric ? "right" : undefined);
  const head = columns.map(({ name }, i) => h("th", { scope: "col", align: align[i] }, name));
  const body = rows.slice(0, ROWS)
    .map((row) => h("tr", row.map((cell, i) => h("td", { align: align[i] }, cell))));
  const whole = h("table", h("thead", h("tr", head)), h("tbody", body));
  const box = scrolled(whole, `${which}: ${chart.title || chart.name}`);
  return rows.length > ROWS ? [more, box] : [box];
}

/** A table in a box that scrolls, with a name by which it is announced. */
export function scrolled(table: Element, ariaLabel: string): Element {
  return h("div", { className: ["scroll"], tabIndex: 0, role: "region", ariaLabel }, table);
}
