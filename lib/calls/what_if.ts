import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { harEntries, isHar } from "../ground/har.ts";
import { Kind, oneOf, refuse, resolve, TEXT } from "../ground/options.ts";
import { maskedUrl } from "../ground/secrets.ts";
import { isAccessLog, readAccessLog } from "./access_log.ts";
import { readHar } from "./har.ts";
import { type Unit, UNITS } from "./quantities.ts";
import { Reading } from "./reading.ts";
import { readRecords, type RowColumns } from "./rows.ts";
import { Seen } from "./seen.ts";
import { readText } from "./source_text.ts";
import { recordsOfCsv, recordsOfJson, recordsOfValues } from "./tables.ts";
import { POOLS, type ScheduleOptions } from "./watch.ts";

/** What {@link whatIf} can be told. */
export interface WhatIfOptions extends ScheduleOptions {
  /** Names of columns, where they do not tell what they hold. */
  readonly columns?: RowColumns;
  /** What durations are in, where neither their column nor they say it; ms by default. */
  readonly unit?: Unit;
}

/** Where calls can be read: a file's path, a frame, records, or durations alone. */
export type Source = string | URL | { toRecords(): unknown[] } | readonly unknown[];

/**
 * What awaiting less would have given, for calls that have been made already: how they ran, and the
 * ideals of one at a time, pools and all at once with the same answers. No request is made.
 *
 * ```ts
 * await show(await whatIf("network.har"));
 * await show(await whatIf([120, 80, 95, 310])); // durations alone, ms
 * ```
 *
 * `source` is a path: a HAR ("Save all as HAR" in a browser's network panel), CSV, JSON or NDJSON
 * with a start and a duration (or an end, or durations alone), an access log (nginx's or Apache's,
 * with a duration after the common or combined fields), gzipped or not. Or rows: a frame, records,
 * numbers. Of addresses the values of the query are masked; headers, cookies and bodies are not read.
 *
 * Rows without a duration that can be are left out, and it is said how many and why.
 *
 * @throws {TypeError} for another source and an unknown option
 * @throws {RangeError} where not one row can be read
 * @throws {Error} that names the file and says what is wrong: missing, truncated, of another kind
 */
export async function whatIf(source: Source, options: WhatIfOptions = {}): Promise<Seen> {
  const { pools, columns: names, unit } = resolve("whatIf", options, {
    pools: POOLS,
    columns: OBJECT.or({}),
    unit: oneOf(...UNITS).or(undefined),
  });
  const columns = resolve("whatIf: columns", names, {
    start: NAME,
    end: NAME,
    duration: NAME,
    name: NAME,
  });
  const reading = await read(source, columns, unit);
  if (reading.calls.length === 0) {
    throw new RangeError(`whatIf: ${reading.what} holds no call that can be read: ${reading.why}`);
  }
  const first = reading.calls.reduce((least, { start }) => Math.min(least, start), Infinity);
  const calls = reading.calls.map((call) => ({ ...call, start: call.start - first }));
  const inOrder = Number.isNaN(first) ? calls : calls.sort((a, b) => a.start - b.start);
  return new Seen({ calls: inOrder, until: NaN, notes: reading.notes, nothing: "" }, pools);
}

async function read(source: Source, columns: RowColumns, unit: Unit | undefined): Promise<Reading> {
  const rows = (values: readonly unknown[], what: string) =>
    readRecords(new Reading(what), recordsOfValues(what, values), columns, unit);
  if (Array.isArray(source)) return rows(source, "the rows given");
  const frame = source as Partial<{ toRecords(): unknown[] }> | null;
  if (typeof frame?.toRecords === "function") return rows(frame.toRecords(), "the frame");
  const path = source instanceof URL && source.protocol === "file:"
    ? fileURLToPath(source)
    : source;
  if (typeof path !== "string" || path === "" || /^[a-z]+:\/\//i.test(path)) {
    const must = "the path of a file, a frame, or a list of records or durations";
    const shown = path instanceof URL || typeof path === "string" ? maskedUrl(String(path)) : path;
    refuse("whatIf", "source", must, shown, TypeError);
  }
  const what = basename(path);
  const text = await readText(path);
  if (isHar(text)) {
    const entries = harEntries(text, (wrong) => new Error(`whatIf: ${what} ${wrong}`));
    return readHar(new Reading(what), entries);
  }
  if (isAccessLog(text)) return readAccessLog(new Reading(what), text, unit);
  const records = recordsOfJson(what, text) ?? recordsOfCsv(what, text);
  return readRecords(new Reading(what), records, columns, unit);
}

const OBJECT = new Kind<RowColumns>("an object", (value) => Object(value) === value);
const NAME = TEXT.or(undefined);
