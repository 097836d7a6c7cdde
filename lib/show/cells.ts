import { digits, duration, plain } from "../ground/words.ts";

/** How a column's values stand: numbers to the right, text to the left. */
export type CellKind = "number" | "text" | "boolean";

/**
 * Values of a column as text, "–" where nothing was computed. Of a whole table numbers have four
 * significant digits, a column of whole ones all of theirs; where columns were chosen (`unit` is
 * given), as people say them: three digits, times in ms or s, and "–" for what is missing.
 */
export function cells(
  values: readonly unknown[],
  unit: string | null = null,
): { kind: CellKind; texts: string[] } {
  const known = values.filter((value) => value !== null && value !== undefined);
  const all = (type: string) => known.length > 0 && known.every((value) => typeof value === type);
  const numeric = known.length > 0 &&
    known.every((value) => typeof value === "number" || typeof value === "bigint");
  const whole = known.every((value) => !Number.isFinite(value) || Number.isInteger(value));
  const days = known.every((value) => value instanceof Date && value.getTime() % DAY === 0);
  const end = days ? "2024-03-10".length : undefined;
  const said = (value: unknown) =>
    unit === null || typeof value !== "number" || !Number.isFinite(value)
      ? cell(unit === null ? value : value ?? NaN, whole).slice(0, end)
      : unit === "ms"
      ? duration(value)
      : (whole ? plain : digits)(value);
  return {
    kind: numeric ? "number" : all("boolean") ? "boolean" : "text",
    texts: values.map(said),
  };
}

/** ms; of dates that all begin one, the time says nothing. */
const DAY = 86_400_000;

function cell(value: unknown, whole: boolean): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint") return grouped(String(value));
  if (typeof value !== "number") return short(typeof value === "string" ? value : inspected(value));
  if (Number.isNaN(value)) return "–";
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

/** A date as ISO 8601 has it, and what is not a date says so; anything else as Deno prints it. */
function inspected(value: unknown): string {
  if (!(value instanceof Date)) return Deno.inspect(value, { depth: 1 });
  return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
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
