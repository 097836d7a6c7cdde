/** What is measured on a replay: the same draws for all, ideals known beforehand, results that last. */
import { assert, assertEquals } from "@std/assert";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { environmentLine } from "../../lib/experiment/environment.ts";
import { experiment } from "../../lib/experiment/experiment.ts";
import { expected } from "../../lib/ideal/expected.ts";
import { draw } from "../../lib/origin/draw.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { openResults, saveResults } from "../../lib/record/mod.ts";
import { openRecording } from "../../lib/recording/recording.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent, naiveAwaitInLoop } from "../../lib/strategies/mod.ts";
import { recordingFile, recordingOf } from "../origin/recording.ts";
import { folder } from "./live_host.ts";

const times = { "/a": [4, 9, 30], "/b": [1, 2, 60], "/c": [5, 5, 6] };

Deno.test("replay: an experiment draws what was recorded, the same for all its variants", async () => {
  using at = folder();
  using file = recordingFile(recordingOf(Object.fromEntries(
    Object.entries(times).map(([path, each]) => [path, each.map((ms) => [200, 30, ms] as const)]),
  )));
  const recording = openRecording(file.file);
  assertEquals(recording.paths, ["/a", "/b", "/c"]);
  await using origin = await startOrigin({ replay: recording });
  const variants = [variant(naiveAwaitInLoop, keptAlive), variant(concurrent, keptAlive)];
  const paths = [...recording.paths, ...recording.paths];
  const results = await experiment({ origin, variants, paths, blocks: 2, progress: () => {} });
  for (const { seed, samples, concurrency, connections, makespan } of results.passes) {
    for (const [row, path] of samples.path.entries()) {
      const [drawn, k] = [samples.drawn[row], samples.k[row]];
      assertEquals(drawn, draw(seed, path, k, origin.config));
      assert(times[path as keyof typeof times].includes(drawn), `${path}: ${drawn}`);
    }
    // What was known before it ran, a timer that is early aside.
    const ideal = expected({ concurrency, connections }, paths, seed, origin.config);
    assert(makespan >= ideal - 2 * paths.length, `${makespan} ms, and ${ideal} is the ideal`);
  }
  assert(
    environmentLine(results).includes("replay of https://api.example.com as it was on 2026-11-26"),
  );
  await saveResults(results, `${at.path}/results`);
  const opened = await openResults(`${at.path}/results`);
  assertEquals(opened.summary.toRecords(), results.summary.toRecords());
  assertEquals(environmentLine(opened), environmentLine(results));
});
