import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import pl from "nodejs-polars";
import { openResults } from "../../lib/record/open_results.ts";
import { saveResults } from "../../lib/record/save_results.ts";
import { type Results, withFrames } from "../../lib/analysis/results.ts";
import { random } from "../../lib/ground/random.ts";
import { needs, pathOf } from "../needs.ts";
import { synthetic } from "../analysis/synthetic.ts";

const test = needs("pandas");

/** Results as a clock gives them: times since the epoch, some things unknown, some unbounded. */
function measured(seed: number): Results {
  const next = random(seed);
  const made = synthetic({ slow: [100.1, 120.7], 'fast, "new"': [10.3, 30.9] }, {
    of: "slow",
    makespans: [99.7, 118.2],
  });
  const passes = made.passes.map((trial, i) => {
    const opened = performance.timeOrigin + 1000 * i + next();
    const { samples } = trial;
    const start = samples.start.map(() => opened + next());
    const one = {
      ...samples,
      ...{ start, planned: start, end: start.map((at) => at + 50 * next()) },
      ...{ served: [next() * 10], path: ['/api/v2/pokemon/1?x=ä,"b"\n'] },
    };
    const failed = {
      ...one,
      ...{ end: [NaN], served: [NaN], drawn: [NaN], socket: [NaN], handshake: [NaN], queue: [NaN] },
      ...{ error: ["timeout"], status: [0], k: [NaN] },
    };
    return {
      ...{ ...trial, opened, concurrency: i % 2 ? Infinity : 10 },
      samples: i === 1 ? failed : one,
      costs: { ...trial.costs, stall: i === 2 ? NaN : next(), peakMemory: 123_456_789 + i },
      results: i % 2 ? ["x", { deep: [1, null] }] : ["x"],
    };
  });
  return withFrames({ ...made, passes });
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const format of ["parquet", "csv"]) {
  Deno.test(`results saved as ${format} open exactly as they were, from any of their files`, () =>
    inFolder(async (folder) => {
      const results = measured(1);
      const saved = await saveResults(results, `${folder}/new/pass.${format}`);
      for (const path of [`${folder}/new/pass`, ...Object.values(saved)]) {
        assertEquals(await openResults(path), results);
      }
      const left = [...Deno.readDirSync(`${folder}/new`)].map((entry) => entry.name).sort();
      assertEquals(left, ["pass.json", `pass.samples.${format}`, `pass.trials.${format}`]);
    }));
}

Deno.test("results saved into a folder are named results, and what was there is replaced", () =>
  inFolder(async (folder) => {
    await saveResults(measured(1), folder);
    const later = measured(2);
    const saved = await saveResults(later, `${folder}/`);
    assertEquals(await openResults(folder), later);
    assertStringIncludes(saved.samples, "results.samples.parquet");
  }));

Deno.test("the tables are plain ones: Polars reads them, with the units in their names", () =>
  inFolder(async (folder) => {
    const results = measured(1);
    const saved = await saveResults(results, `${folder}/x`);
    const samples = pl.readParquet(saved.samples);
    const trials = pl.readParquet(saved.trials);
    assertEquals([samples.height, trials.height], [6, 6]);
    assertEquals(trials.getColumn("time_ms").toArray(), results.passes.map((t) => t.makespan));
    for (const name of ["latency_ms", "drawn_ms", "bytes"]) assert(samples.columns.includes(name));
    const { environment, experiment } = JSON.parse(await Deno.readTextFile(saved.json));
    assertEquals([environment.deno, experiment.seed, experiment.blocks], ["2", 1, 2]);
  }));

Deno.test("with .csv the tables are text, a row a trial", () =>
  inFolder(async (folder) => {
    const results = measured(1);
    const { trials } = await saveResults(results, `${folder}/x.csv`);
    const lines = (await Deno.readTextFile(trials)).trimEnd().split("\n");
    assertEquals(lines.length, 7);
    const at = lines[0].split(",").indexOf("time_ms");
    // Variants' names hold commas here; the columns before time_ms hold no other quotes.
    const cells = lines.slice(1).map((line) => line.replace(/"([^"]|"")*"/, "name").split(",")[at]);
    assertEquals(cells.map(Number), results.passes.map((trial) => trial.makespan));
  }));

test("pandas reads what was saved as text, to the last digit", () =>
  inFolder(async (folder) => {
    const results = measured(1);
    const saved = await saveResults(results, `${folder}/x.csv`);
    const args = ["-c", PANDAS, saved.samples, saved.trials];
    const { stdout, stderr } = await new Deno.Command(pathOf("pandas"), { args }).output();
    const text = new TextDecoder().decode(stdout);
    assert(text !== "", new TextDecoder().decode(stderr));
    assertEquals(JSON.parse(text), {
      makespans: results.passes.map((trial) => trial.makespan),
      variants: results.passes.map((trial) => trial.variant),
      ...{ requests: 6, unknown: 1, infinite: 3 },
    });
  }));

const PANDAS = `
import json, sys, pandas
samples, trials = (pandas.read_csv(file, float_precision="round_trip") for file in sys.argv[1:])
print(json.dumps({
    "makespans": trials["time_ms"].tolist(),
    "variants": trials["variant"].tolist(),
    "requests": len(samples),
    "unknown": int(samples["end_ms"].isna().sum()),
    "infinite": int((trials["concurrency"] == float("inf")).sum()),
}))`;

Deno.test("a writer killed at any moment leaves the old results or the new, never half of each", () =>
  inFolder(async (folder) => {
    const [before, after] = [measured(1), measured(2)];
    for (const renamed of [0, 1, 2, 3]) {
      const base = `${folder}/killed${renamed}`;
      const old = await saveResults(before, base);
      const files = [old.json, old.samples, old.trials];
      const kept = await Promise.all(files.map((file) => Deno.readFile(file)));
      await saveResults(after, base);
      // As it would be if the process had ended after so many of its three renamings.
      for (const [i, file] of files.entries()) {
        if (i < renamed) continue;
        await Deno.rename(file, `${file}.part`);
        await Deno.writeFile(file, kept[i]);
      }
      assertEquals(await openResults(base), renamed === 0 ? before : after, `${renamed} renamed`);
    }
  }));

Deno.test("a file that is missing, truncated, changed or foreign is named, with what is wrong", () =>
  inFolder(async (folder) => {
    const saved = await saveResults(measured(1), `${folder}/x`);
    const fails = async (words: string, spoil: () => Promise<unknown>, file: string) => {
      const whole = await Deno.readFile(file);
      await spoil();
      const error = await assertRejects(() => openResults(`${folder}/x`), Error, words);
      assertStringIncludes(error.message, file);
      await Deno.writeFile(file, whole);
    };
    for (const file of [saved.samples, saved.trials]) {
      await fails("is truncated: it has 300 bytes of", () => Deno.truncate(file, 300), file);
      await fails("is truncated: it has 0 bytes", () => Deno.truncate(file, 0), file);
      await fails("is missing", () => Deno.remove(file), file);
    }
    const swap = async () => {
      const size = (await Deno.stat(saved.trials)).size;
      await Deno.writeFile(saved.trials, new Uint8Array(size));
    };
    await fails("is not the file that was saved", swap, saved.trials);
    const { json } = saved;
    await fails("is truncated or not JSON", () => Deno.truncate(json, 100), json);
    await fails("does not hold results", () => Deno.writeTextFile(json, "[1]"), json);
    await fails("does not hold results", () => Deno.writeTextFile(json, "null"), json);
    for (const version of [1, 9]) {
      const other = JSON.stringify({ format: "await-lab results", version });
      const words = `is of format version ${version}, and this lab reads version 4`;
      await fails(words, () => Deno.writeTextFile(json, other), json);
    }
    await fails("is missing", () => Deno.remove(json), json);
    await assertRejects(() => openResults(""), TypeError, "path");
    await assertRejects(() => saveResults(measured(1), ""), TypeError, "path");
  }));

Deno.test("what cannot be written as JSON is refused before anything is written", () =>
  inFolder(async (folder) => {
    const results = measured(1);
    const [first, ...others] = results.passes;
    const bad = { ...results, passes: [{ ...first, results: [1n] }, ...others] };
    await assertRejects(() => saveResults(bad, `${folder}/x`), TypeError, `"slow" returned`);
    assertEquals([...Deno.readDirSync(folder)], []);
  }));
