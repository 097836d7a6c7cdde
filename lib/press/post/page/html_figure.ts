import type { DataTable } from "../read/chart_data.ts";
import { escape } from "../read/markup.ts";
import { type DarkColours, pageSVG } from "../read/page_svg.ts";
import type { Post } from "../read/post.ts";
import { dataFile, ROWS } from "../read/post_files.ts";
import type { Chart, Drawing } from "../read/read_chart.ts";

/** A chart as a figure: its title, the drawing for each width and scheme, its words and its data. */
export function figure(chart: Chart, post: Post, dark: DarkColours): string {
  const { name, title, subtitle, wide, narrow } = chart;
  const head = [
    ...(title === "" ? [] : [`<p class="title">${words(title)}</p>`]),
    ...(subtitle === "" ? [] : [`<p class="subtitle">${words(subtitle)}</p>`]),
  ].join("");
  const drawings = [
    drawing(wide, `${name}w`, narrow === null ? "" : "wide", dark),
    ...(narrow === null ? [] : [drawing(narrow, `${name}n`, "narrow", dark)]),
  ].join("\n");
  const caption = chart.caption === "" ? "" : `<figcaption>${words(chart.caption)}</figcaption>\n`;
  const data = details(chart, post);
  if (chart.live === null) {
    return `<figure class="chart" id="${name}">${head}\n${drawings}\n${caption}${data}</figure>`;
  }
  const specs = JSON.stringify(chart.live).replaceAll("<", "\\u003c");
  return `<figure class="chart live" id="${name}">${head}\n<div class="still">${drawings}</div>\n` +
    `<div class="explore"></div>\n<script type="application/json">${specs}</script>\n` +
    `${caption}${data}</figure>`;
}

/** Escaped, and no number parted from its unit at the end of a line. */
function words(text: string): string {
  return escape(text).replace(/(\d) (?=(?:ms|s|µs|kB|MB|%)(?![\p{L}\d]))/gu, "$1\u00a0");
}

function drawing(drawn: Drawing, prefix: string, width: string, dark: DarkColours): string {
  const made = pageSVG(drawn.light, drawn.dark, prefix, dark);
  if ("svg" in made) return box(made.svg, width);
  return `${box(made.light, `${width} light`)}\n${box(made.dark, `${width} dark`)}`;
}

function box(svg: string, classes: string): string {
  return `<div class="${`drawing ${classes}`.trim()}">${svg}</div>`;
}

/** What can be read instead of the drawing: its data. */
function details(chart: Chart, post: Post): string {
  const rows = Math.max(0, ...chart.data.map((table) => table.rows.length));
  if (rows === 0) return "";
  const tables = chart.data.map((table, i) => dataTable(table, chart, i, post)).join("\n");
  return `<details class="data"><summary>Data (${rows} ${
    rows === 1 ? "row" : "rows"
  })</summary>\n` +
    `${tables}</details>`;
}

function dataTable(table: DataTable, chart: Chart, index: number, post: Post): string {
  const { columns, rows } = table;
  const align = columns.map(({ numeric }) => numeric ? ' align="right"' : "");
  const head = columns.map(({ name }, i) => `<th scope="col"${align[i]}>${escape(name)}</th>`);
  const body = rows.slice(0, ROWS).map((row) =>
    `<tr>${row.map((cell, i) => `<td${align[i]}>${escape(cell)}</td>`).join("")}</tr>`
  );
  const file = dataFile(post, chart, index);
  const more = rows.length <= ROWS
    ? ""
    : `<p>The first ${ROWS} of ${rows.length} rows; all are in <a href="${file}">${file}</a>.</p>`;
  const which = chart.data.length === 1 ? "Data" : `Data ${index + 1} of ${chart.data.length}`;
  const label = escape(`${which}: ${chart.title || chart.name}`);
  return `${more}<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}
