import { inUTC, zonedDate } from "./stand_alone.ts";
import type { Spec } from "./spec.ts";

/**
 * The same chart with its times in UTC, whoever draws it, wherever: Vega-Lite shows them in the zone
 * of the reader's machine unless a scale, a time unit or a format says UTC. Times in inline data
 * that name no zone are in UTC, too; those in CSV, and whatever `datetime` makes of a text, are as
 * Vega reads them.
 */
export function utcSpec(spec: Spec): Spec {
  const times = new Set<string>();
  const marked = mark(spec, "", times) as Spec;
  return zoned(marked, times) as Spec;
}

/** Where a spec keeps expressions. */
const EXPRESSIONS = new Set(["calculate", "expr", "filter", "labelExpr", "test", "update"]);

/** What a date in a spec consists of. */
const PARTS = /^(year|quarter|month|week|date|day|dayofyear|hours|minutes|seconds|milliseconds)$/;

/** Marks a spec's times as UTC, and gathers the fields that hold times. */
function mark(value: unknown, key: string, times: Set<string>): unknown {
  if (typeof value === "string") return EXPRESSIONS.has(key) ? inUTC(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => mark(one, key, times));
  const made: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    made[name] = holdsRows(name, key) ? inner : mark(inner, name, times);
  }
  const { type, timeUnit, scale, field } = made;
  if (typeof timeUnit === "string") made.timeUnit = timeUnit.replace(/^(binned)?(utc)?/, "$1utc");
  else if (typeof timeUnit === "object") made.timeUnit = { ...timeUnit, utc: true };
  const own = (scale as { type?: unknown } | null | undefined)?.type ?? "time";
  if (type === "temporal" && scale !== null && own === "time") {
    made.scale = { ...scale as object, type: "utc" };
  }
  if (typeof field === "string" && (type === "temporal" || timeUnit)) times.add(field);
  const names = key === "parse" ? [] : Object.keys(made);
  if (names.length > 0 && names.every((name) => PARTS.test(name))) made.utc = true;
  return made;
}

const holdsRows = (name: string, within: string): boolean =>
  name === "datasets" || (name === "values" && within === "data");

/** Inline records whose times name their zone. */
function zoned(value: unknown, times: ReadonlySet<string>, key = "", rows = false): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => zoned(one, times, key, rows));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (!rows) return [name, zoned(inner, times, name, holdsRows(name, key))];
      if (typeof inner === "object") return [name, zoned(inner, times, name, true)];
      const at = times.has(name) && typeof inner === "string" ? zonedDate(inner) : null;
      return [name, at === null || Number.isNaN(at) ? inner : new Date(at).toISOString()];
    }),
  );
}
