// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { Results } from "../../lib/analysis/results.ts";
import { experiment, ExperimentError } from "../../lib/experiment/experiment.ts";
import { expected } from "../../lib/ideal/mod.ts";
import { fakeOrigin, fakeVariant, PATHS } from "./fakes.ts";

/** Three variants on an origin of their own. */
function bench(spoil: (run: number) => void = () => {}) {
  const origin = fakeOrigin();
  const variants = [
    fakeVariant("one", 1, origin),
    fakeVariant("two", 2, origin, spoil),
    fakeVariant("all", Infinity, origin),
  ];
  return { origin, variants, paths: PATHS };
}

/** The names in the order run, a list a block, the warm-up first. */
function orders(asked: readonly string[], perBlock: number): string[][] {
  const names = asked.filter((line) => ["one", "two", "all"].includes(line));
  return Array.from(
    { length: names.length / perBlock },
    (_, i) => names.slice(i * perBlock, (i + 1) * perBlock),
  );
}

Deno.test("each block runs every variant once and the twin, in an order of its own", async () => {
  const { origin, ...rest } = bench();
  const results = await experiment({ origin, ...rest, blocks: 8 });
  const blocks = orders(origin.asked, 4);
  assertEquals(blocks.length, 9);
  for (const block of blocks) assertEquals(block.toSorted(), ["all", "all", "one", "two"]);
  assert(new Set(blocks.map(String)).size > 3, "the order changes from block to block");
  assertEquals(results.twin, { of: "all", name: "all (twin)" });
  for (let block = 1; block <= 8; block++) {
    const names = results.passes.filter((t) => t.block === block).map((t) => t.variant);
    assertEquals(names.toSorted(), ["all", "all (twin)", "one", "two"]);
  }
});

Deno.test("an experiment's seed determines its orders and draws, and another seed others", async () => {
  const asked = async (seed: number) => {
    const { origin, ...rest } = bench();
    await experiment({ origin, ...rest, blocks: 4, seed });
    return origin.asked;
  };
  assertEquals(await asked(7), await asked(7));
  assertNotEquals(await asked(7), await asked(8));
});

Deno.test("all variants of a block meet the same draws, and each block others", async () => {
  const { passes: trials } = await experiment({ ...bench(), blocks: 5 });
  const seeds = Array.from(
    { length: 5 },
    (_, i) => new Set(trials.filter((t) => t.block === i + 1).map((t) => t.seed)),
  );
  assertEquals(seeds.map((each) => each.size), [1, 1, 1, 1, 1]);
  assertEquals(new Set(seeds.flatMap((each) => [...each])).size, 5);
});

Deno.test("the warm-up is thrown away, and what is kept passes the instrument's own check", async () => {
  const { variants, ...rest } = bench();
  const results = await experiment({ variants, ...rest, blocks: 3 });
  assertEquals(variants.map((variant) => variant.runs), [4, 4, 8]);
  assertEquals([results.blocks, results.planned, results.passes.length], [3, 3, 12]);
  assertEquals(results.passes.filter((t) => t.block < 1), []);
  assertEquals(results.faults, []);
  assertEquals(results.variants, ["one", "two", "all"]);
});

Deno.test("the warm-up can be of fewer requests than the blocks", async () => {
  const { origin, variants, paths } = bench();
  const asked: number[] = [];
  const watched = variants.map((each) => ({
    ...each,
    run: (task: Parameters<typeof each.run>[0]) => (asked.push(task.paths.length), each.run(task)),
  }));
  await experiment({ origin, variants: watched, paths, blocks: 2, warmUp: 3 });
  assertEquals(asked, [...Array(4).fill(3), ...Array(8).fill(paths.length)]);
});

Deno.test("without a warm-up, orders and draws are the same", async () => {
  const measured = async (warmUp: number) => {
    const { origin, ...rest } = bench();
    const left: number[] = [];
    const progress = (done: number, total: number) => left.push(total - done);
    const { passes: trials } = await experiment({ origin, ...rest, blocks: 2, warmUp, progress });
    assertEquals(left.at(-1), 0);
    return { trials: trials.map(({ variant, seed }) => `${variant} ${seed}`), runs: left.length };
  };
  const [warm, cold] = [await measured(1), await measured(0)];
  assertEquals(cold.trials, warm.trials);
  assertEquals(cold.runs, warm.runs - 4);
});

Deno.test("its duration is said before the first request, and it is that of the draws", async () => {
  const { origin, variants, paths } = bench();
  const said: [number, number, string, number][] = [];
  const progress = (done: number, total: number, label: string) =>
    said.push([done, total, label, origin.asked.length]);
  const results = await experiment({ origin, variants, paths, blocks: 2, seed: 3, progress });
  assertEquals(said[0].slice(0, 2), [0, 12]);
  assertEquals(said[0][3], 0);
  assertEquals(said.at(-1)!.slice(0, 2), [12, 12]);
  assertStringIncludes(said[0][2], "order seed 3");
  const warmUp = Number(origin.asked[0].slice("begin ".length));
  const seeds = [warmUp, ...new Set(results.passes.map((t) => t.seed))];
  const sum = seeds.flatMap((seed) =>
    [...variants, variants[2]].map((each) => expected(each, paths, seed, origin.config))
  ).reduce((a, b) => a + b, 0);
  assertStringIncludes(said[0][2], `at least ${(sum / 1000).toFixed(1)} s`);
});

Deno.test("interrupted, it keeps the blocks that were complete and asks for nothing more", async () => {
  const stop = new AbortController();
  const { origin, ...rest } = bench((run) => {
    if (run < 4) return;
    stop.abort();
    throw new Error("aborted");
  });
  const results = await experiment({ origin, ...rest, blocks: 8, signal: stop.signal });
  assertEquals([results.blocks, results.planned], [2, 8]);
  assertEquals(results.passes.length, 8);
  assertEquals(new Set(results.passes.map((t) => t.block)), new Set([1, 2]));
  assertEquals(origin.asked.at(-1), "end");
});

Deno.test("interrupted before it began, it measured no block", async () => {
  const { origin, ...rest } = bench();
  const results = await experiment({ origin, ...rest, signal: AbortSignal.abort() });
  assertEquals([results.blocks, results.passes.length, origin.asked.length], [0, 0, 0]);
});

Deno.test("a failing request is an error that names it, and what was measured is in it", async () => {
  const cause = new Error("GET /b: timeout after 30000 ms");
  const spoiled = bench((run) => {
    if (run === 4) throw cause;
  });
  const error = await assertRejects(
    () => experiment({ ...spoiled, blocks: 8 }),
    ExperimentError<Results>,
  );
  assertStringIncludes(error.message, "block 3, two: GET /b: timeout");
  assertStringIncludes(error.message, "results: 2)");
  assertEquals(error.cause, cause);
  assertEquals([error.results.blocks, error.results.passes.length], [2, 8]);
  const early = bench(() => {
    throw cause;
  });
  const first = await assertRejects(
    () => experiment({ ...early }),
    ExperimentError<Results>,
    "warm-up, two",
  );
  assertInstanceOf(first, ExperimentError);
  assertEquals(first.results.blocks, 0);
});

Deno.test("after each block whoever wants to save gets what is complete", async () => {
  const seen: Results[] = [];
  const onBlock = async (results: Results) => {
    await Promise.resolve();
    seen.push(results);
  };
  const results = await experiment({ ...bench(), blocks: 3, onBlock });
  assertEquals(seen.map((each) => each.blocks), [1, 2, 3]);
  assertEquals(seen.map((each) => each.passes.length), [4, 8, 12]);
  assertEquals(seen[2], results);
});

Deno.test("an option that makes no sense is named, with what it was", async () => {
  const { origin, variants, paths } = bench();
  const good = { origin, variants, paths };
  type Kind = new (message: string) => Error;
  const cases: [Record<string, unknown>, Kind, string][] = [
    [
      { blocks: 1 },
      RangeError,
      "experiment: blocks must be a whole number from 2 to 1,000,000, not 1",
    ],
    [{ blocks: 2.5 }, RangeError, "not 2.5"],
    [{ warmUp: -1 }, RangeError, "warmUp must be a whole number from 0 up, not -1"],
    [{ seed: -1 }, RangeError, "seed must be"],
    [{ seed: 2 ** 32 }, RangeError, "not 4294967296"],
    [
      { deadline: 0 },
      RangeError,
      "deadline must be a number of ms from 1 to 2,147,483,647, not 0",
    ],
    [{ deadline: NaN }, RangeError, "not NaN"],
    [{ deadline: Infinity }, RangeError, "not Infinity"],
    [{ signal: {} }, TypeError, "signal must be an AbortSignal, not {}"],
    [{ method: "POST" }, RangeError, 'method must be "GET" or "HEAD"'],
    [{ baseline: "none" }, RangeError, `baseline must be "one", "two" or "all", not "none"`],
    [{ twin: "none" }, RangeError, `twin must be "one", "two" or "all", not "none"`],
    [{ variants: [] }, RangeError, "variants"],
    [
      { variants: [variants[0], () => {}] },
      TypeError,
      "variants[1] must be a variant, such as variant(",
    ],
    [{ variants: [variants[0], variants[0]] }, RangeError, `a name of its own, not "one" twice`],
    [{ paths: [] }, RangeError, "paths"],
    [{ origin: undefined }, TypeError, "origin"],
    [
      { variants: [...variants, fakeVariant("all (twin)", 3, origin)] },
      RangeError,
      `a name of its own, not "all (twin)" twice`,
    ],
    [{ margin: 0 }, RangeError, "margin must be a number between 0 and 1, not 0"],
    [{ margin: 5 }, RangeError, "not 5"],
    [{ repeats: 3 }, TypeError, "experiment: repeats is not an option; the options are origin, "],
  ];
  for (const [change, kind, words] of cases) {
    const options = { ...good, ...change } as Parameters<typeof experiment>[0];
    await assertRejects(() => experiment(options), kind, words);
  }
  assertEquals(origin.asked, []);
});
