// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import pl from "nodejs-polars";
import { openResults, saveResults } from "../../lib/record/results_file.ts";
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

Deno.test("results saved under a name that is taken replace what was there", () =>
  inFolder(async (folder) => {
    await saveResults(measured(1), `${folder}/x`);
    const later = measured(2);
    await saveResults(later, `${folder}/x`);
    assertEquals(await openResults(`${folder}/x`), later);
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
    const { environment, seed, blocks } = JSON.parse(await Deno.readTextFile(saved.json));
    assertEquals([environment.deno, seed, blocks], ["2", 1, 2]);
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

Deno.test("where a table cannot be written, the results stay as they were, and nothing lies about", () =>
  inFolder(async (folder) => {
    const before = measured(1);
    const { trials } = await saveResults(before, `${folder}/x`);
    // Nothing can be put in its place.
    await Deno.remove(trials);
    await Deno.mkdir(`${trials}/taken`, { recursive: true });
    await Deno.writeTextFile(`${folder}/.x.json.1.partial`, "of a writer that was killed");
    await assertRejects(() => saveResults(measured(2), `${folder}/x`));
    assertEquals(await openResults(`${folder}/x`), before);
    await Deno.remove(trials, { recursive: true });
    await saveResults(measured(2), `${folder}/x`);
    assertEquals(await openResults(`${folder}/x`), measured(2));
    assertEquals([...Deno.readDirSync(folder)].length, 3);
  }));

Deno.test("a file that is missing, truncated or foreign is named, with what is wrong", () =>
  inFolder(async (folder) => {
    const { json } = await saveResults(measured(1), `${folder}/x`);
    const whole = await Deno.readFile(json);
    const fails = async (words: string, content: string | null) => {
      if (content === null) await Deno.remove(json);
      else await Deno.writeTextFile(json, content);
      const error = await assertRejects(() => openResults(`${folder}/x.samples.parquet`), Error);
      assertStringIncludes(error.message, `${json} ${words}`);
    };
    await fails("is truncated or not JSON", new TextDecoder().decode(whole.subarray(0, 100)));
    await fails("is truncated or not JSON", "");
    for (const foreign of ["[1]", "null", "3", "{}"]) await fails("does not hold results", foreign);
    for (const version of [4, 9]) {
      const other = JSON.stringify({ format: "await-lab results", version });
      await fails(`is of format version ${version}, and this lab reads version 5`, other);
    }
    await fails("is missing", null);
    for (const path of ["", "folder/"]) {
      await assertRejects(() => openResults(path), RangeError, "path must be the name of a file");
      await assertRejects(() => saveResults(measured(1), path), RangeError, "path must be");
    }
  }));

Deno.test("what cannot be written as JSON is refused before anything is written", () =>
  inFolder(async (folder) => {
    const results = measured(1);
    const [first, ...others] = results.passes;
    const bad = { ...results, passes: [{ ...first, results: [1n] }, ...others] };
    await assertRejects(() => saveResults(bad, `${folder}/x`), TypeError, "has no JSON");
    await assertRejects(() => saveResults({ ...results, passes: [] }, `${folder}/x`), RangeError);
    assertEquals([...Deno.readDirSync(folder)], []);
  }));
