// deno-fmt-ignore-file: a slip a line or two, so that they can be compared
import { mean } from "../ground/quantile.ts";
import { answer } from "./answer.ts";

/** A row of a frame that is asked. */
type Row = Readonly<Record<string, string | number>>;
type Column = (name: string) => number[];
type Slip = readonly [mistake: string, words: string, answer: (rows: Row[]) => Row[]];

/** For each variant, in the order of their names, what is made of the columns of its rows. */
const each = (make: (column: Column) => Row) => (rows: Row[]) =>
  [...Map.groupBy(rows, (row) => String(row.variant))].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([variant, own]) => ({ variant, ...make((name) => own.map((row) => Number(row[name]))) }));
const least = (all: number[]) => Math.min(...all);
const most = (all: number[]) => Math.max(...all);
const over = (these: number[], those: number[]) => these.map((one, i) => one / those[i]);

/** A few trials, as a frame would hold them. */
const TRIALS: Row[] = [
  ["pool", 1, 310, 248, 10, 4], ["pool", 2, 260, 247, 10, 5], ["pool", 3, 265, 240, 20, 6],
  ["loop", 1, 990, 960, 1, 0], ["loop", 2, 900, 890, 1, 0], ["loop", 3, 1400, 700, 1, 0],
  ["all", 1, 180, 90, 30, 45], ["all", 2, 150, 100, 30, 60], ["all", 3, 210, 84, 30, 93],
].map(([variant, block, time_ms, ideal_ms, concurrency, start_up_ms]) => (
  { variant, block, time_ms, ideal_ms, concurrency, start_up_ms }
));
const FRAME = { inputs: [[TRIALS]] as [Row[]][], frame: true };
const laneStarts = (column: Column) => over(column("start_up_ms"), column("concurrency"));
const shares = (column: Column) => over(column("ideal_ms"), column("time_ms"));

/** Some answers of a recording, as a frame would hold them. */
const RECORDED: Row[] = [
  ["/a", 1, 130], ["/b", 1, 57], ["/c", 1, 90], ["/a", 2, 50], ["/b", 2, 61], ["/c", 2, 240],
  ["/a", 3, 52], ["/b", 3, 58], ["/c", 3, 88],
].map(([path, pass, ms]) => ({ path, pass, ms }));
const eachPath = (extra: (first: number, all: number[]) => number) => (rows: Row[]) =>
  [...Map.groupBy(rows, (row) => String(row.path))].map(([path, own]) => ({
    path, extra_ms: extra(Number(own.find((row) => row.pass === 1)!.ms), own.map((row) => Number(row.ms))),
  }));

/** What chapters ask of a frame, in Polars. */
export const FRAME_QUESTIONS = {
  /** Chapter 2: the quickest pass of each variant. */
  quickest: answer({
    ...FRAME,
    right: each((column) => ({ time_ms: least(column("time_ms")) })),
    slips: [
      ["mean", "That’s the mean. What disturbs a run only makes it slower: take the least.",
        each((column) => ({ time_ms: mean(column("time_ms")) }))],
      ["slowest", "That’s the slowest one.", each((column) => ({ time_ms: most(column("time_ms")) }))],
    ],
  }),
  /** Chapter 5: what starting one lane takes, at the least. */
  startOfALane: answer({
    ...FRAME,
    right: each((column) => ({ lane_ms: least(laneStarts(column)) })),
    slips: [
      ["of all lanes", "That’s the start of all lanes together: divide by how many there are.",
        each((column) => ({ lane_ms: least(column("start_up_ms")) }))],
      ["mean", "That’s the mean: take the least.",
        each((column) => ({ lane_ms: mean(laneStarts(column)) }))],
      ["other rows", "The least start need not be that of the fewest lanes: divide row by row first.",
        each((column) => ({ lane_ms: least(column("start_up_ms")) / least(column("concurrency")) }))],
    ],
  }),
  /** Chapter 6: how much of each program's time had to be. */
  waitingShare: answer({
    ...FRAME,
    right: each((column) => ({ share: most(shares(column)) })),
    slips: [
      ["upside down", "A share is at most 1: the ideal, divided by the time.",
        each((column) => ({ share: least(over(column("time_ms"), column("ideal_ms"))) }))],
      ["mean", "That’s the mean: take the largest share, that of the least disturbed run.",
        each((column) => ({ share: mean(shares(column)) }))],
      ["smallest", "That’s the share of the most disturbed run: take the largest.",
        each((column) => ({ share: least(shares(column)) }))],
      ...[least, most].map((end): Slip => [
        "other rows", "One run’s ideal isn’t another’s: divide row by row, and then aggregate.",
        each((column) => ({ share: end(column("ideal_ms")) / end(column("time_ms")) })),
      ]),
    ],
  }),
  /** Chapter 8: how far the programs with one loop are from each other. */
  spreadOf: answer({
    ...FRAME,
    right: each((column) => ({ spread: most(column("time_ms")) / least(column("time_ms")) })),
    slips: [
      ["upside down", "The slowest, divided by the fastest: it’s 1 or more.",
        each((column) => ({ spread: least(column("time_ms")) / most(column("time_ms")) }))],
      ["difference", "That’s a difference in ms. A ratio can be compared from loop to loop.",
        each((column) => ({ spread: most(column("time_ms")) - least(column("time_ms")) }))],
    ],
  }),
  /** Chapter 10: how much longer each path took when it was asked for the first time. */
  firstExtra: answer({
    inputs: [[RECORDED]] as [Row[]][],
    frame: true,
    right: eachPath((first, all) => first - least(all)),
    slips: [
      ["mean", "You took away the mean of its times, and the first time is part of that: take away the least.",
        eachPath((first, all) => first - mean(all))],
      ["slowest", "That’s by how much the slowest was longer, and the slowest need not be the first.",
        eachPath((_, all) => most(all) - least(all))],
      ["upside down", "It’s the first time minus the least, not the other way round.",
        eachPath((first, all) => least(all) - first)],
    ],
  }),
};
