/**
 * What the rule is worth, by simulation: experiments of known truth, judged by `compare` itself.
 *
 * `deno run -A test/analysis/simulate.ts [EXPERIMENTS]` runs every cell, 4,000 experiments in each,
 * and prints a row a cell; it takes a few minutes. The suite runs those that decide.
 */
import { compare, type Comparison } from "../../lib/analysis/compare.ts";
import { blocksOf } from "../../lib/experiment/run_blocks.ts";
import { deviation, mean } from "../../lib/ground/quantile.ts";
import { random } from "../../lib/ground/random.ts";
import type { Pass } from "../../lib/trial/measured.ts";

/** How the time of a trial strays from its own. */
export type Noise = "normal" | "t3" | "resampled";

/** A kind of experiment: every variant truly takes `ratio` of the baseline's time. */
export interface Cell {
  readonly noise: Noise;
  /** Standard deviation of the log of a within-block ratio. */
  readonly spread: number;
  readonly blocks: number;
  /** Compared with the baseline; the twin comes on top. */
  readonly variants: number;
}

export const CELLS: readonly Cell[] = (["normal", "t3", "resampled"] as const).flatMap((noise) =>
  [0.01, 0.035, 0.1].flatMap((spread) =>
    [4, 8, 12, 20].flatMap((blocks) =>
      [1, 6].map((variants) => ({ noise, spread, blocks, variants }))
    )
  )
);

/** What comes of experiments of which all variants are as fast as the baseline; shares of them. */
export interface Equals {
  /** Some variant is "faster" or "slower". */
  readonly falseWinner: number;
  /** Of the variants' intervals: that hold the truth. */
  readonly coverage: number;
  /** All intervals of an experiment hold the truth. */
  readonly simultaneous: number;
  /** The twin is "faster" or "slower" than itself. */
  readonly alarm: number;
  /** Of the variants: called "same". */
  readonly same: number;
}

/** What comes of experiments of which all variants truly take another time than the baseline. */
export interface Apart {
  /** Shares of experiments: some variant is "same". */
  readonly same: number;
  /** Of the variants: called "slower". */
  readonly slower: number;
}

const MARGIN = 0.05;

const isRanked = ({ verdict }: Comparison) => verdict === "faster" || verdict === "slower";

/** So many experiments of a kind; `bias`: the ratio that the twin truly takes of its own time. */
export function equals(cell: Cell, experiments: number, seed: number, bias = 1): Equals {
  const [counts, of] = [{ winner: 0, held: 0, all: 0, alarm: 0, same: 0 }, experiments];
  const { variants } = cell;
  for (const [ours, twin] of judged(cell, 1, experiments, seed, bias)) {
    const held = ours.filter(({ low, high }) => low <= 1 && 1 <= high).length;
    counts.winner += Number(ours.some(isRanked));
    counts.held += held;
    counts.all += Number(held === variants);
    counts.alarm += Number(isRanked(twin));
    counts.same += ours.filter(({ verdict }) => verdict === "same").length;
  }
  return {
    falseWinner: counts.winner / of,
    coverage: counts.held / of / variants,
    simultaneous: counts.all / of,
    alarm: counts.alarm / of,
    same: counts.same / of / variants,
  };
}

/** The same experiments, of variants that truly take `ratio` of the baseline's time. */
export function apart(cell: Cell, ratio: number, experiments: number, seed: number): Apart {
  const counts = { same: 0, slower: 0 };
  for (const [ours] of judged(cell, ratio, experiments, seed, 1)) {
    counts.same += Number(ours.some(({ verdict }) => verdict === "same"));
    counts.slower += ours.filter(({ verdict }) => verdict === "slower").length;
  }
  return { same: counts.same / experiments, slower: counts.slower / experiments / cell.variants };
}

/** Of each experiment: how its variants compare, and its twin with itself. */
function* judged(
  cell: Cell,
  ratio: number,
  experiments: number,
  seed: number,
  bias: number,
): Generator<[ours: Comparison[], twin: Comparison]> {
  const { blocks, variants } = cell;
  const noise = sampler(cell, random(seed));
  const names = Array.from({ length: variants }, (_, i) => `v${i}`);
  const all = ["base", ...names, "twin"];
  // The twin is of a variant, and strays from that one's own time.
  const truth = [1, ...names.map(() => ratio), bias];
  const shell = {
    ...{ variants: ["base", ...names], baseline: "base", twin: { of: "base", name: "twin" } },
    ...{ blocks, planned: blocks, seed, margin: MARGIN, faults: [], environment: {} as never },
  };
  for (let i = 0; i < experiments; i++) {
    const passes = noise().flatMap((block, b): Pass[] =>
      all.map((variant, v) => ({ variant, block: b + 1, makespan: truth[v] * Math.exp(block[v]) }))
    );
    const ours = compare("simulate", { ...shell, passes }, {});
    yield [ours, ours.pop()!];
  }
}

/** One experiment's noise on the log scale: a list a block, of baseline, variants and twin. */
type Sampler = () => number[][];

function sampler({ noise, spread, blocks, variants }: Cell, next: () => number): Sampler {
  const trials = variants + 2;
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const each = (one: () => number): Sampler => () =>
    Array.from({ length: blocks }, () => Array.from({ length: trials }, one));
  // A ratio strays by what two trials stray.
  const own = spread / Math.SQRT2;
  if (noise === "normal") return each(() => own * normal());
  // Student's t of three degrees of freedom has a variance of 3.
  const t3 = () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3);
  if (noise === "t3") return each(() => own / Math.sqrt(3) * t3());
  const scale = spread / rough(blocks, trials, random(1));
  return () => troubled(blocks, trials, next).map((block) => block.map((log) => scale * log));
}

/** How far a ratio strays on the troubled machine, in the units of {@link troubled}. */
function rough(blocks: number, trials: number, next: () => number): number {
  const runs = Array.from({ length: 2000 }, () => troubled(blocks, trials, next));
  return deviation(runs.flatMap((run) => run.map((block) => block[1] - block[0])));
}

/**
 * What was measured on a real machine (residuals.csv, by measure_residuals.ts), drawn anew, and worse:
 * one trial in twenty meets a spike, and the machine slows and sways over the experiment, in the
 * lab's own random order of trials.
 */
function troubled(blocks: number, trials: number, next: () => number): number[][] {
  const phase = 2 * Math.PI * next();
  const plan = blocksOf(Math.floor(next() * 2 ** 31), blocks, trials, false);
  return plan.map(({ order }, b) => {
    const strays = new Array<number>(trials);
    order.forEach((variant, place) => {
      const at = (b * trials + place) / (blocks * trials);
      const drift = 4 * at + Math.sin(phase + 6 * Math.PI * at);
      const spike = next() < 0.05 ? -6 * Math.log(1 - next()) : 0;
      strays[variant] = RESIDUALS[Math.floor(next() * RESIDUALS.length)] + drift + spike;
    });
    return strays;
  });
}

/** ln(time ÷ ideal) of the measured trials of one variant, with mean 0 and standard deviation 1. */
const RESIDUALS = await (async () => {
  const text = await Deno.readTextFile(new URL("./residuals.csv", import.meta.url));
  const logs = text.trim().split("\n").slice(1).map((line) => line.split(","))
    .filter(([, variant]) => variant === "pool(5)/kept")
    .map(([, , time, ideal]) => Math.log(Number(time) / Number(ideal)));
  const [center, spread] = [mean(logs), deviation(logs)];
  return logs.map((log) => (log - center) / spread);
})();

if (import.meta.main) {
  const experiments = Number(Deno.args[0] ?? 4000);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);
  const words =
    "  winner  same at 1.05, 1/1.05  coverage     all   alarm  same at 1  slower at 1.1";
  console.log("noise      spread  blocks  variants" + words);
  for (const [i, cell] of CELLS.entries()) {
    const { noise, spread, blocks, variants } = cell;
    const ours = equals(cell, experiments, 1000 + i);
    const [over, under, slower] = [1 + MARGIN, 1 / (1 + MARGIN), 1.1]
      .map((ratio) => apart(cell, ratio, experiments, 1000 + i));
    console.log(
      noise.padEnd(10),
      ...[spread, blocks, variants].map((each) => String(each).padStart(7)),
      ...[ours.falseWinner, over.same, under.same, ours.coverage, ours.simultaneous].map(percent),
      ...[ours.alarm, ours.same, slower.slower].map(percent),
    );
  }
}
