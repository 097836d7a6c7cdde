import type { Words } from "./bundle.ts";
import { shape, type Table, unseen } from "./table.ts";

/** A table as text of fixed width: names, units and types, cells, and its shape below. */
export function tableText(table: Table, { caption, details }: Words): string {
  const { columns, head, tail, hidden } = table;
  const names = columns.map(({ name }) => name);
  const under = columns.map(({ unit, dtype }) => unit === "" ? dtype : `${unit} · ${dtype}`);
  const rows = [names, under, ...head, ...tail];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => width(row[i]))));
  const line = (row: readonly string[]) =>
    row.map((text, i) => {
      const space = " ".repeat(widths[i] - width(text));
      return columns[i].kind === "number" ? space + text : text + space;
    }).join("  ").trimEnd();
  return [
    ...(caption === null ? [] : [caption]),
    line(names),
    line(under),
    widths.map((one) => "─".repeat(one)).join("  "),
    ...head.map(line),
    ...(hidden > 0 ? [unseen(hidden)] : []),
    ...tail.map(line),
    shape(table),
    ...(details === null ? [] : [details]),
  ].join("\n");
}

function width(text: string): number {
  return [...text].length;
}
