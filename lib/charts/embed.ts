/** From here on rows are embedded as CSV: a fifth of the size in a notebook, which indents JSON. */
const MANY = 200;

/**
 * The data of a spec: of each row the columns named, numbers rounded to so many decimals, `null`
 * for text. What is not known is left out.
 */
export function embed<T extends object>(
  rows: readonly T[],
  columns: { readonly [C in keyof T & string]?: number | null },
) {
  const names = Object.keys(columns) as (keyof T & string)[];
  const values = rows.map((row) => names.map((name) => rounded(row[name], columns[name] ?? null)));
  if (rows.length <= MANY) {
    const records = values.map((cells) =>
      Object.fromEntries(
        names.flatMap((name, i) => cells[i] === null ? [] : [[name, cells[i]]]),
      )
    );
    return { values: records };
  }
  const parse = Object.fromEntries(
    names.map((name) => [name, columns[name] === null ? "string" : "number"]),
  );
  const lines = [names, ...values].map((cells) => cells.map(csvCell).join(","));
  return { values: lines.join("\n"), format: { type: "csv", parse } };
}

function rounded(value: unknown, decimals: number | null): string | number | null {
  if (decimals === null) return String(value);
  const number = Number(value);
  return Number.isFinite(number) ? Number(number.toFixed(decimals)) : null;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
