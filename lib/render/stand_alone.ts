/** Vega's functions that use the zone of whoever runs them, and those that use UTC. */
const IN_UTC: Record<string, string> = {
  datetime: "zonedDate",
  timeFormat: "utcFormat",
  timeOffset: "utcOffset",
  timeParse: "utcParse",
  timeSequence: "utcSequence",
  toDate: "zonedDate",
  ...Object.fromEntries(
    "year quarter month week date day dayofyear hours minutes seconds milliseconds".split(" ")
      .map((part) => [part, `utc${part}`]),
  ),
};

/** A name that is called, or a text in quotes, in which nothing is. */
const CALLS = new RegExp(
  `"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|(?<![\\w.$])(${
    Object.keys(IN_UTC).join("|")
  })(?=\\s*\\()`,
  "g",
);

/** An expression of a spec in Vega's own functions of UTC, which every front end has. */
export const inUTC = (expression: string): string =>
  expression.replace(CALLS, (whole, name?: string, offset?: number, text?: string) => {
    if (name === undefined || name === "toDate") return whole;
    // Parts are a moment in UTC; a value is what it is.
    const parts = /^\s*\([^()]*,/.test(text!.slice(offset! + whole.length));
    return name === "datetime" ? (parts ? "utc" : whole) : IN_UTC[name];
  });

/** Where a compiled spec keeps expressions. */
const EXPRESSIONS = new Set(["expr", "init", "signal", "test", "update"]);

/**
 * A compiled (Vega) spec that is the same wherever it is drawn: times without a zone are read and
 * shown in UTC, not in that of the machine, and marks link to nothing.
 *
 * @throws {RangeError} for one that makes up more rows than a chart could show
 */
export function standAlone<Vega>(compiled: Vega): Vega {
  return map(compiled, "") as Vega;
}

function map(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    return EXPRESSIONS.has(key)
      ? value.replace(CALLS, (whole, name?: string) => name === undefined ? whole : IN_UTC[name])
      : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => map(one, key));
  const made: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (name === "values" && key === "data") made[name] = inner;
    else if (!(name === "href" && STATES.has(key))) made[name] = map(inner, name);
  }
  if (made.type === "sequence") checkRows(made);
  if (made.type === "timeunit") made.timezone = "utc";
  if (made.type === "time" && key === "scales") made.type = "utc";
  if (made.formatType === "time") made.formatType = "utc";
  return made;
}

/** Where a mark says what it looks like. */
const STATES = new Set(["enter", "update", "hover", "exit"]);

/**
 * A time as milliseconds since the epoch, from its parts (year, month from 0, day …) or from a value;
 * parts, and a text that names no zone, are in UTC. Vega's expressions know it by its name, in a
 * reader's browser too, so it is all that it needs.
 */
export function zonedDate(...given: unknown[]): number | null {
  const [value] = given;
  if (given.length > 1) return Date.UTC(...given.map(Number) as [number]);
  if (given.length === 0) return Date.now();
  if (value === null || value === undefined || value === "") return null;
  if (typeof value !== "string") return Number(value);
  const zone = /(Z|GMT|UTC|[+-]\d\d:?\d\d)\s*$/i.test(value)
    ? ""
    : /\d[T]\d/.test(value)
    ? "Z"
    : " UTC";
  const zoned = Date.parse(value + zone);
  return Number.isNaN(zoned) ? Date.parse(value) : zoned;
}

/** The most rows that a spec may have made up. */
const ROWS = 100_000;

function checkRows({ start = 0, stop = 0, step = 1 }: { [part: string]: unknown }): void {
  // Vega-Lite's own, for the rows of a facet, are signals.
  if (!(Math.abs((Number(stop) - Number(start)) / Number(step)) > ROWS)) return;
  throw new RangeError(`a chart makes up at most ${ROWS} rows; this one wants more`);
}
