import { wrap } from "../render/wrap.ts";
import { shape, type ShownTable, unseen } from "./table.ts";
import type { Words } from "./words.ts";

/**
 * A table as text of fixed width: names, units and types, cells, and its shape below; where columns
 * were chosen these alone. A row with a long text in it takes several lines.
 */
export function tableText(whole: ShownTable, chosen: ShownTable | null, words: Words): string {
  const { caption, details } = words;
  const { columns, lines: given, cut, hidden } = chosen ?? whole;
  const under = columns.map((column) => column.under);
  const titles = [columns.map(({ name }) => name), under].filter((row) => row.some(Boolean));
  const rows = [...titles, ...given].map((row) => row.map(broken));
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
  const lines = rows.map(line);
  const body = lines.slice(titles.length);
  if (hidden > 0) body.splice(cut, 0, unseen(hidden));
  return [
    ...(caption === null ? [] : [caption]),
    ...lines.slice(0, titles.length),
    widths.map((one) => "─".repeat(one)).join("  "),
    ...body,
    ...(chosen === null || hidden > 0 ? [shape(whole)] : []),
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
