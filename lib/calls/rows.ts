import { refuse } from "../ground/options.ts";
import { maskedText } from "../ground/secrets.ts";
import { list } from "../ground/words.ts";
import { durationOf, isMoment, momentOf, numberOf, type Unit, unitNamed } from "./quantities.ts";
import type { Reading } from "./reading.ts";

/** Which column holds what, by their names; what is left out is found by what columns are called. */
export type RowColumns = {
  readonly [C in "start" | "end" | "duration" | "name"]?: string | undefined;
};

type Records = readonly Readonly<Record<string, unknown>>[];

/**
 * What columns are called, in small letters and without what is no letter; the first that is there.
 * nginx writes a line when a request has ended; JMeter's "Latency" ends with the first byte.
 */
const CALLED = {
  start:
    "start started starttime startdatetime starteddatetime startedat begin began requestedat timestamp timestart datetime date ts time",
  end:
    "end ended endtime endedat finish finished finishedat completedat stop timeiso8601 timelocal",
  duration:
    "elapsed duration latency took timetaken responsetime requesttime totaltime timetotal ms seconds durationms rt time",
  name: "call url uri path endpoint route request name",
  method: "method verb requestmethod",
  status: "status statuscode responsecode code",
  bytes: "bytes size bodybytessent bytessent responsesize responsebytes",
  blocked: "blocked",
  handshake: "handshake",
} as const;

/**
 * Reads calls out of records, by what their columns are called, a unit at the end or not: "start_ms",
 * "Duration (s)", "elapsed". The columns given are taken for what they are said to be.
 *
 * @throws {RangeError} naming the columns there are, where none of them holds durations
 */
export function readRecords(
  reading: Reading,
  records: Records,
  given: RowColumns,
  unit: Unit | undefined,
): Reading {
  const names = [...new Set(records.slice(0, 1000).flatMap(Object.keys))];
  // Of a table without names the first row stands here: it may hold anything.
  const known = maskedText(list(names.slice(0, 30).map((name) => name.slice(0, 40)))) || "none";
  const missing = Object.values(given).find((name) => name && !names.includes(name));
  if (missing !== undefined) {
    refuse("whatIf", `columns of ${reading.what}`, `among ${known}`, missing);
  }
  const found = columnsOf(names, given, records);
  const { start, end, duration } = found;
  if (duration === undefined && (start === undefined || end === undefined)) {
    throw new RangeError(
      `whatIf: ${reading.what} has no column with durations, nor starts and ends; it has ` +
        `${known}. Say which: { columns: { duration: "…" } }`,
    );
  }
  const units = (column: string | undefined) => unitOf(column) ?? unit ?? "ms";
  if (duration !== undefined && unitOf(duration) === undefined && unit === undefined) {
    reading.say(`Durations (${duration}) are read as ms.`);
  }
  records.forEach((record, i) => {
    const cell = (column: string | undefined) => column === undefined ? undefined : record[column];
    const moment = (column: string | undefined) =>
      momentOf(cell(column), unitOf(column), units(duration));
    const took = duration === undefined
      ? moment(end) - moment(start)
      : durationOf(cell(duration), units(duration));
    const began = start !== undefined ? moment(start) : moment(end) - took;
    reading.add(`row ${i + 1}`, {
      ...(start === undefined && end === undefined ? {} : { start: began }),
      latency: took,
      ...addressOf(cell(found.name), cell(found.method)),
      status: numberOf(cell(found.status)),
      bytes: numberOf(cell(found.bytes)),
      blocked: durationOf(cell(found.blocked), units(found.blocked)),
      handshake: durationOf(cell(found.handshake), units(found.handshake)),
    });
  });
  return reading;
}

type Found = { readonly [C in keyof typeof CALLED]?: string };

function columnsOf(names: readonly string[], given: RowColumns, records: Records): Found {
  const taken = new Set<string | undefined>(Object.values(given));
  const pick = (words: string) => {
    const free = names.filter((name) => !taken.has(name));
    for (const word of words.split(" ")) {
      const found = free.find((name) => bare(name) === word || bare(name, true) === word);
      // "time" is a moment in logs and a duration in tables of latencies: its values tell which.
      const moment = found !== undefined && isMoment(records[0]?.[found], unitOf(found));
      if (found === undefined || (word === "time" && moment !== (words === CALLED.start))) continue;
      taken.add(found);
      return found;
    }
  };
  return Object.fromEntries(
    Object.entries(CALLED).map(([what, words]) => [
      what,
      given[what as keyof RowColumns] ?? pick(words),
    ]),
  );
}

/** A column's name in letters and figures alone; `free` of the unit at its end. */
function bare(name: string, free = false): string {
  const words = wordsOf(name);
  if (free && words.length > 1 && unitNamed(words.at(-1)!) !== undefined) words.pop();
  return words.join("");
}

const wordsOf = (name: string) =>
  name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase().match(/[a-z\dµμ]+/g) ?? [];

/** The unit at the end of a column's name; nginx's own time of a request is in seconds. */
function unitOf(name: string | undefined): Unit | undefined {
  if (name === undefined) return undefined;
  if (/^(upstream_response|request)_time$/.test(name)) return "s";
  return unitNamed(wordsOf(name).at(-1) ?? "");
}

/** "GET /items HTTP/1.1", "GET api.example.com/items", or an address alone. */
function addressOf(name: unknown, method: unknown) {
  if (typeof name !== "string" || name === "") return {};
  const [, verb, url] = /^([A-Z]{3,10}) (\S+)/.exec(name) ?? [];
  const own = typeof method === "string" && method !== "" ? method : undefined;
  return { url: url ?? name, ...(own ?? verb ? { method: own ?? verb } : {}) };
}
