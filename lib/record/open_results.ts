import { dirname, join } from "node:path";
import { type Results, withFrames } from "../analysis/results.ts";
import { FORMAT, type Manifest, VERSION } from "./save_results.ts";
import { intactFile, placeOf, readTable } from "./stored_files.ts";
import { restoredPasses } from "./stored_passes.ts";

/**
 * Opens what `saveResults` saved, as it was. `path` is what was given to it, or any of its files.
 *
 * ```ts
 * const results = await openResults("mine/batches.json");
 * ```
 *
 * Throws an Error that names the file and says what is wrong with it: missing, truncated, changed
 * since, or not the lab's.
 */
export async function openResults(path: string): Promise<Results> {
  const place = await placeOf("openResults", path, "the name of saved results");
  const json = place.replace(/(\.(samples|trials))?\.(parquet|csv)$|\.json$/i, "") + ".json";
  const { tables, files, experiment, passes, environment, returned } = await readManifest(json);
  const at = (file: string) => join(dirname(json), file);
  // Nothing of it is read here, but it is one of the files that belong together.
  await intactFile(at(files.trials.name), files.trials);
  const samples = await readTable(at(files.samples.name), files.samples, tables);
  const results = (pass: number) => returned.lists[returned.of[pass]];
  return withFrames({
    ...experiment,
    environment,
    passes: restoredPasses(passes, samples, results),
  });
}

async function readManifest(path: string): Promise<Manifest> {
  const text = await Deno.readTextFile(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`${path} is missing: it belongs beside the tables`, { cause });
  });
  let content: Partial<Manifest> | null;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is truncated or not JSON: ${(cause as Error).message}`, { cause });
  }
  if (content?.format !== FORMAT) throw new Error(`${path} does not hold results of the lab`);
  if (content.version !== VERSION) {
    throw new Error(
      `${path} is of format version ${content.version}, and this lab reads version ${VERSION}: ` +
        "open it with the lab that saved it, or measure anew",
    );
  }
  return content as Manifest;
}
