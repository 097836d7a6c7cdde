import { wrap } from "../render/wrap.ts";
import type { Words } from "./bundle.ts";
import { shape, type Table, unseen } from "./table.ts";

/**
 * A table as text of fixed width: names, units and types, cells, and its shape below. A row with a
 * long text in it takes several lines.
 */
export function tableText(table: Table, { caption, details }: Words): string {
  const { columns, head, tail, hidden } = table;
  const names = columns.map(({ name }) => name);
  const under = columns.map(({ unit, dtype }) => unit === "" ? dtype : `${unit} · ${dtype}`);
  const rows = [names, under, ...head, ...tail].map((row) => row.map(broken));
  const widths = columns.map((_, i) => Math.max(...rows.flatMap((row) => row[i].map(width))));
  const line = (row: readonly (readonly string[])[]) => {
    const one = (at: number) =>
      row.map((cell, i) => {
        const text = cell[at] ?? "";
        const space = " ".repeat(widths[i] - width(text));
        return columns[i].kind === "number" ? space + text : text + space;
      }).join("  ").trimEnd();
    return Array.from({ length: height(row) }, (_, at) => one(at)).join("\n");
  };
  const [first, second, ...body] = rows.map(line);
  return [
    ...(caption === null ? [] : [caption]),
    ...[first, second],
    widths.map((one) => "─".repeat(one)).join("  "),
    ...body.slice(0, head.length),
    ...(hidden > 0 ? [unseen(hidden)] : []),
    ...body.slice(head.length),
    shape(table),
    ...(details === null ? [] : [details]),
  ].join("\n");
}

/** Lines that a row takes. */
function height(cells: readonly (readonly string[])[]): number {
  return Math.max(...cells.map((cell) => cell.length));
}

/** Characters in a line of a cell, at most. */
const ROOM = 60;
const PIECES = new RegExp(`.{1,${ROOM}}`, "gu");

/** A text in lines that fit a cell, words longer than that broken. */
function broken(text: string): string[] {
  if (width(text) <= ROOM) return [text];
  return wrap(text, width, ROOM).flatMap((line) => line.match(PIECES) ?? "");
}

function width(text: string): number {
  return [...text].length;
}
