/**
 * The records of a CSV (RFC 4180), all of it text, by the names in its first; throws a SyntaxError
 * that names one of another length.
 */
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
