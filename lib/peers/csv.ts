/**
 * Rows as CSV (RFC 4180, lines end in a line feed), the first row's names as its header; NaN is an
 * empty field.
 */
export function formatCsv(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((line) => line.map(quote).join(",") + "\n").join("");
}

function quote(value: string | number): string {
  const text = Number.isNaN(value) ? "" : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What {@link formatCsv} wrote, all of it text; throws a SyntaxError that names a line of another length. */
export function parseCsv(text: string): Record<string, string>[] {
  const [names, ...lines] = [...records(text)];
  return lines.map((line, i) => {
    if (line.length === names.length) {
      return Object.fromEntries(names.map((name, column) => [name, line[column]]));
    }
    throw new SyntaxError(`record ${i + 2} has ${line.length} fields, not ${names.length}`);
  });
}

function* records(text: string): Generator<string[]> {
  let record: string[] = [];
  // A field, quoted or not, and what ends it.
  for (
    const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n\r]*))(,|\r?\n|$)/g)
  ) {
    if (end === "" && record.length === 0 && !quoted && !plain) return;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    yield record;
    record = [];
  }
}
