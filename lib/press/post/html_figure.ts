import type { DataTable } from "./chart_data.ts";
import { escape } from "./markup.ts";
import { type DarkColours, pageSVG } from "./page_svg.ts";
import type { Post } from "./post.ts";
import { dataFile, ROWS } from "./data_files.ts";
import type { Chart, Drawing } from "./read_chart.ts";

/** A chart as a figure: its title, the drawing for each width and scheme, its words and its data. */
export function figure(chart: Chart, post: Post, dark: DarkColours): string {
  const { name, title, subtitle, description, wide, narrow } = chart;
  const head = [
    ...(title === "" ? [] : [`<p class="title">${escape(title)}</p>`]),
    ...(subtitle === "" ? [] : [`<p class="subtitle">${escape(subtitle)}</p>`]),
  ].join("");
  const drawings = [
    drawing(wide, `${name}w`, narrow === null ? "" : "wide", dark),
    ...(narrow === null ? [] : [drawing(narrow, `${name}n`, "narrow", dark)]),
  ].join("\n");
  const data = chart.data.map((table, i) => dataTable(table, chart, i, post)).join("\n");
  return `<figure class="chart" id="${name}">${head}\n${drawings}\n` +
    `<figcaption>${escape(description)}</figcaption>\n${data}</figure>`;
}

function drawing(drawn: Drawing, prefix: string, width: string, dark: DarkColours): string {
  const made = pageSVG(drawn.light, drawn.dark, prefix, dark);
  if ("svg" in made) return box(made.svg, width);
  return `${box(made.light, `${width} light`)}\n${box(made.dark, `${width} dark`)}`;
}

function box(svg: string, classes: string): string {
  return `<div class="${`drawing ${classes}`.trim()}">${svg}</div>`;
}

function dataTable(table: DataTable, chart: Chart, index: number, post: Post): string {
  const { columns, rows } = table;
  const shown = rows.slice(0, ROWS);
  const of = chart.data.length > 1 ? `Data ${index + 1} of ${chart.data.length}` : "Data";
  const count = `${rows.length} ${rows.length === 1 ? "row" : "rows"}`;
  const head = columns.map(({ name, numeric }) =>
    `<th scope="col"${numeric ? ' align="right"' : ""}>${escape(name)}</th>`
  ).join("");
  const body = shown.map((row) =>
    `<tr>${
      row.map((cell, i) => `<td${columns[i].numeric ? ' align="right"' : ""}>${escape(cell)}</td>`)
        .join("")
    }</tr>`
  ).join("\n");
  const file = dataFile(post, chart, index);
  const more = rows.length > ROWS
    ? `<p>The first ${ROWS} of ${count}; all are in <a href="${file}">${file}</a>.</p>`
    : "";
  const label = escape(`${of} of the chart “${chart.title || chart.name}”`);
  return `<details class="data"><summary>${of} (${count})</summary>${more}
<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div></details>`;
}
