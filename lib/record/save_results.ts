import { dirname } from "node:path";
import type { Environment, Measured } from "../trial/measured.ts";
import { sampleFrame, trialFrame } from "../analysis/frames.ts";
import { type Format, PART, placeOf, type StoredFile, writeTable } from "./stored_files.ts";
import { type StoredPass, storedPasses } from "./stored_passes.ts";

/** What the JSON file holds, besides where the tables are. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly tables: Format;
  readonly files: { readonly samples: StoredFile; readonly trials: StoredFile };
  readonly experiment: Omit<Measured, "passes" | "environment">;
  readonly environment: Environment;
  readonly passes: readonly StoredPass[];
  /** What strategies returned: each different list once, and which of them each trial returned. */
  readonly returned: { readonly lists: readonly unknown[][]; readonly of: readonly number[] };
}

/** By this a file is known to be one of the lab's. */
export const FORMAT = "await-lab results";
/** Of the format: 4 has whole passes in its JSON, but for their samples. */
export const VERSION = 4;

/** The files that hold saved results. */
export interface Saved {
  readonly samples: string;
  readonly trials: string;
  readonly json: string;
}

/**
 * Saves results as NAME.samples.parquet (a row a request), NAME.trials.parquet (a row a trial), both
 * in the order run, with units in their columns' names, and NAME.json (environment, seed, parameters,
 * what was returned). `path` is NAME, or NAME.parquet, or NAME.csv for CSV tables; of an existing
 * folder NAME is `results` in it. Missing folders are made.
 *
 * Whoever reads sees the results saved before or these, never half of each, even if the writer is
 * killed. Throws a RangeError where there is no trial, and a TypeError where what a strategy returned has
 * no JSON.
 *
 * ```ts
 * await saveResults(results, "mine/batches"); // batches.json, .trials.parquet, .samples.parquet
 * ```
 */
export async function saveResults(results: Measured, path: string): Promise<Saved> {
  const place = await placeOf("saveResults", path, "the name of a file or folder");
  const [ending = "", kind] = /\.(parquet|csv|json)$/i.exec(place) ?? [];
  const base = place.slice(0, place.length - ending.length);
  const format = kind?.toLowerCase() === "csv" ? "csv" : "parquet";
  const returned = distinct(results);
  const { passes, environment, ...experiment } = results;
  const samples = `${base}.samples.${format}`;
  const trials = `${base}.trials.${format}`;
  const json = `${base}.json`;
  await Deno.mkdir(dirname(base), { recursive: true });
  const manifest: Manifest = {
    format: FORMAT,
    version: VERSION,
    tables: format,
    files: {
      samples: await writeTable(sampleFrame(passes), samples, format),
      trials: await writeTable(trialFrame(passes), trials, format),
    },
    experiment,
    environment,
    passes: storedPasses(passes),
    returned,
  };
  await Deno.writeTextFile(json + PART, JSON.stringify(manifest, null, 1) + "\n");
  // From this renaming on the new results hold: until theirs, the tables are found as parts.
  for (const file of [json, samples, trials]) await Deno.rename(file + PART, file);
  return { samples, trials, json };
}

function distinct({ passes }: Measured): Manifest["returned"] {
  const lists = new Map<string, number>();
  const of = passes.map(({ variant, results }) => {
    const text = json(results, variant);
    if (!lists.has(text)) lists.set(text, lists.size);
    return lists.get(text)!;
  });
  return { lists: [...lists.keys()].map((text) => JSON.parse(text)), of };
}

function json(value: unknown, variant: string): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new TypeError(`saveResults: what "${variant}" returned cannot be written as JSON`, {
      cause,
    });
  }
}
