import { apart, CELLS, equals } from "../analysis/simulate.ts";
import type { Row } from "./table.ts";

const EXPERIMENTS = 4_000;

/** The verdicts' rule over every cell of the simulation: the worst that came of each promise. */
export function rule(): Promise<Row[]> {
  const all = CELLS.map((cell, i) => equals(cell, EXPERIMENTS, 1000 + i));
  const alone = all.filter((_, i) => CELLS[i].variants === 1).map(({ coverage }) => coverage);
  const same = [1.05, 1 / 1.05].flatMap((ratio) =>
    CELLS.map((cell, i) => apart(cell, ratio, EXPERIMENTS, 1000 + i).same)
  );
  const biased = { noise: "normal", spread: 0.035, blocks: 8, variants: 1 } as const;
  const most = (what: string, shares: number[], bound: number) =>
    row(what, Math.max(...shares), `≤ ${bound}`, Math.max(...shares) <= bound);
  const least = (what: string, shares: number[], bound: number) =>
    row(what, Math.min(...shares), `≥ ${bound}`, Math.min(...shares) >= bound);
  return Promise.resolve([
    most("a winner among equals", all.map((each) => each.falseWinner), 0.057),
    most("same at the margin's end", same, 0.057),
    least("an interval holds the truth", alone, 0.93),
    least("all intervals of an experiment do", all.map((each) => each.simultaneous), 0.94),
    most("the twin raises an alarm", all.map((each) => each.alarm), 0.02),
    least("it does at a bias of 5 %", [equals(biased, EXPERIMENTS, 29, 1.05).alarm], 0.6),
  ]);
}

function row(what: string, figure: number, goal: string, reached: boolean): Row {
  // The interval is the simulation's own.
  const error = 1.96 * Math.sqrt(figure * (1 - figure) / EXPERIMENTS);
  return {
    ...{ what, figure, low: figure - error, high: figure + error, goal, reached },
    beside: `the worst of ${CELLS.length} cells, ${EXPERIMENTS} experiments each`,
  };
}
