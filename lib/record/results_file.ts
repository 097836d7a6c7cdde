/** Results in files: one that the lab opens again, and beside it tables for everybody else. */
import type { DataFrame } from "nodejs-polars";
import { sampleFrame, trialFrame } from "../analysis/frames.ts";
import { type Results, withFrames } from "../analysis/results.ts";
import { check, Kind } from "../ground/options.ts";
import { placeWhole, sweepPartials, writeWhole } from "../ground/whole_file.ts";
import type { Measured } from "../trial/measured.ts";

/** By this a file is known to be one of the lab's. */
const FORMAT = "await-lab results";
/** Of the format: 5 has all of the results in its JSON. */
const VERSION = 5;

/** The files that hold saved results. */
export interface Saved {
  readonly samples: string;
  readonly trials: string;
  readonly json: string;
}

const PATH = new Kind<string>(
  "the name of a file",
  (path) => typeof path === "string",
  (path: string) => /[^\\/]$/.test(path),
);
const ENDING = /(?:\.(?:samples|trials))?\.(parquet|csv)$|\.json$/i;

/**
 * Saves results as NAME.json, which {@link openResults} opens, and for whoever reads tables as
 * NAME.samples.parquet (a row a request) and NAME.trials.parquet (a row a trial), both in the order
 * run, with units in their columns' names. `path` is NAME, or NAME.parquet, or NAME.csv for CSV
 * tables. Missing folders are made.
 *
 * Each file is what was saved before or what is now, never half of it, even if the writer is killed.
 * Throws a RangeError where there is no trial, and a TypeError where what a strategy returned has no
 * JSON.
 *
 * ```ts
 * await saveResults(results, "mine/batches"); // batches.json, .trials.parquet, .samples.parquet
 * ```
 */
export function saveResults(results: Measured, path: string): Promise<Saved> {
  return Promise.try(() => {
    check("saveResults", "path", path, PATH);
    const base = path.replace(ENDING, "");
    const format = /\.csv$/i.test(path) ? "csv" : "parquet";
    const [samples, trials] = [sampleFrame(results.passes), trialFrame(results.passes)];
    const { environment, ...rest } = results;
    const text = jsonOf({ format: FORMAT, version: VERSION, environment, ...rest });
    const table = (frame: DataFrame, name: string) => {
      const file = `${base}.${name}.${format}`;
      sweepPartials(file);
      placeWhole(file, (partial) => {
        if (format === "csv") frame.writeCSV(partial);
        else frame.writeParquet(partial, { compression: "snappy" });
      });
      return file;
    };
    const tables = { samples: table(samples, "samples"), trials: table(trials, "trials") };
    const json = `${base}.json`;
    sweepPartials(json);
    writeWhole(json, text);
    return { ...tables, json };
  });
}

/** Under this name stands a number that JSON does not have: NaN, Infinity. */
const NAMED = "number of the lab";

function jsonOf(value: unknown): string {
  const named = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? { [NAMED]: String(value) } : value;
  try {
    return JSON.stringify(value, named) + "\n";
  } catch (cause) {
    const why = `what a strategy returned has no JSON: ${(cause as Error).message}`;
    throw new TypeError(`saveResults: ${why}`, { cause });
  }
}

/**
 * Opens what `saveResults` saved, as it was. `path` is what was given to it, or any of its files.
 *
 * ```ts
 * const results = await openResults("mine/batches.json");
 * ```
 *
 * Throws an Error that names the file and says what is wrong with it: missing, truncated, of another
 * version, or not the lab's.
 */
export async function openResults(path: string): Promise<Results> {
  const file = check("openResults", "path", path, PATH).replace(ENDING, "") + ".json";
  const text = await Deno.readTextFile(file).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`${file} is missing: it holds the results, and belongs beside the tables`, {
      cause,
    });
  });
  const numbers = (_: string, value: unknown) => {
    const named = typeof value === "object" && (value as Record<string, string> | null)?.[NAMED];
    return typeof named === "string" ? Number(named) : value;
  };
  let content: (Measured & { format?: unknown; version?: unknown }) | null;
  try {
    content = JSON.parse(text, numbers);
  } catch (cause) {
    throw new Error(`${file} is truncated or not JSON: ${(cause as Error).message}`, { cause });
  }
  const { format, version, ...measured } = content ?? { format: null, version: null };
  if (format !== FORMAT) throw new Error(`${file} does not hold results of the lab`);
  if (version === VERSION) return withFrames(measured as Measured);
  throw new Error(
    `${file} is of format version ${version}, and this lab reads version ${VERSION}: ` +
      "open it with the lab that saved it, or measure anew",
  );
}
