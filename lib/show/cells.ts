import { digits } from "../ground/words.ts";

/** How a column's values stand: numbers to the right, text to the left. */
export type Kind = "number" | "text" | "boolean";

/** Values of a column as text: numbers to four significant digits, whole ones in full. */
export function cells(values: readonly unknown[]): { kind: Kind; texts: string[] } {
  const known = values.filter((value) => value !== null && value !== undefined);
  const all = (type: string) => known.length > 0 && known.every((value) => typeof value === type);
  const numeric = known.length > 0 &&
    known.every((value) => typeof value === "number" || typeof value === "bigint");
  const whole = known.every((value) => !Number.isFinite(value) || Number.isInteger(value));
  return {
    kind: numeric ? "number" : all("boolean") ? "boolean" : "text",
    texts: values.map((value) => cell(value, whole)),
  };
}

function cell(value: unknown, whole: boolean): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint") return grouped(String(value));
  if (typeof value !== "number") return short(typeof value === "string" ? value : plain(value));
  if (Number.isNaN(value)) return "NaN";
  if (whole && Number.isSafeInteger(value)) return grouped(String(value));
  const size = Math.abs(value);
  if (Number.isFinite(value) && size !== 0 && (size < 1e-4 || size >= 1e12)) {
    return value.toExponential(2);
  }
  return digits(value, 4);
}

/** Thousands apart, from five digits on: 1024, 25,060. */
function grouped(whole: string): string {
  const apart = whole.replace(/^-/, "").length > 4;
  return apart ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
}

function plain(value: unknown): string {
  return value instanceof Date ? value.toISOString() : Deno.inspect(value, { depth: 1 });
}

/** One line, of what can be printed. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}

/** The longest text that a cell shows whole, in characters: what APIs hold may have no end. */
const LONGEST = 400;

function short(text: string): string {
  const line = [...printable(text)];
  return line.length > LONGEST ? line.slice(0, LONGEST - 1).join("") + "…" : line.join("");
}

const UNITS: readonly (readonly [suffix: string, unit: string])[] = [
  ["_per_s", "1/s"],
  ["_ms", "ms"],
  ["_us", "µs"],
  ["_s", "s"],
  ["_kb", "kB"],
  ["_mb", "MB"],
  ["_bytes", "B"],
  ["_pct", "%"],
];

/** The unit that a column's name ends in, "" where it ends in none. */
export function unitOf(name: string): string {
  return UNITS.find(([suffix]) => name.endsWith(suffix))?.[1] ?? "";
}
