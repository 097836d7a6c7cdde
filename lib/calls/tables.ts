import { attempt } from "../ground/attempt.ts";
import { Buffer } from "node:buffer";
import defer * as pl from "nodejs-polars";
import { numberOf } from "./quantities.ts";

type Records = Record<string, unknown>[];

/** Records of JSON: a list of objects, or an object a line; undefined for what is no JSON at all. */
export function recordsOfJson(what: string, text: string): Records | undefined {
  const [first] = text.trimStart();
  if (first !== "{" && first !== "[") return undefined;
  const value: unknown = attempt(() => JSON.parse(text));
  if (Array.isArray(value)) return recordsOfValues(what, value);
  if (value !== undefined) return recordsOfValues(what, [value]);
  const lines = text.split(/\r?\n/).map((line, i) => ({ line: line.trim(), number: i + 1 }))
    .filter(({ line }) => line !== "");
  const values = lines.map(({ line, number }, i) => {
    const one: unknown = attempt(() => JSON.parse(line));
    if (one !== undefined) return one;
    const cut = i === lines.length - 1 ? ": it is cut off" : "";
    throw new Error(`whatIf: ${what}, line ${number} is not JSON${i === 0 ? "" : cut}`);
  });
  return recordsOfValues(what, values);
}

/** Records as they are, or durations alone as records of theirs. */
export function recordsOfValues(what: string, values: readonly unknown[]): Records {
  if (values.length > 0 && values.every((value) => typeof value === "number")) {
    return values.map((duration) => ({ duration }));
  }
  const wrong = values.findIndex((value) =>
    typeof value !== "object" || value === null || Array.isArray(value)
  );
  if (wrong < 0) return values as Records;
  throw new TypeError(`whatIf: ${what} holds something else than records, as number ${wrong + 1}`);
}

/**
 * Records of CSV, all cells text; a comma, a semicolon or a tab between them. Without a line of names
 * a single column is durations, two are start and duration.
 */
export function recordsOfCsv(what: string, text: string): Records {
  const [line = ""] = text.trimStart().split(/\r?\n/, 1);
  const separator = [";", "\t", ","].find((each) => line.includes(each)) ?? ",";
  const cells = line.split(separator);
  const bare = cells.every((cell) => !Number.isNaN(numberOf(cell)));
  const names = { 1: ["duration"], 2: ["start", "duration"] }[cells.length];
  if (bare && names === undefined) {
    throw new RangeError(`whatIf: ${what} has ${cells.length} columns of numbers and no names`);
  }
  const plain = separator === "," ? withoutThousands(text) : text;
  try {
    return pl.readCSV(Buffer.from(bare ? `${names!.join(separator)}\n${plain}` : plain), {
      sep: separator,
      inferSchemaLength: 0,
      truncateRaggedLines: true,
      ignoreErrors: true,
    }).toRecords();
  } catch {
    // What Polars says quotes the text, which may hold secrets.
    throw new Error(`whatIf: ${what} is empty, or not CSV (is a quote not closed?)`);
  }
}

/** CSV without the commas that part thousands: "1,234", where no number shows that they part decimals. */
function withoutThousands(text: string): string {
  if (/"\d+,(?!\d{3}[",.])\d+"|"0\d*,\d+"/.test(text)) return text;
  return text.replace(/"[1-9]\d{0,2}(,\d{3})+(\.\d+)?"/g, (number) => number.replaceAll(",", ""));
}
