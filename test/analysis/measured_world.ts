import type { World } from "./simulate.ts";

/** The world of residuals.csv: a machine as it was measured, without spikes or drift of its own. */
export async function measuredWorld(): Promise<World> {
  const text = await Deno.readTextFile(new URL("./residuals.csv", import.meta.url));
  const rows = text.trim().split("\n").slice(1).map((line) => line.split(","));
  const names = [...new Set(rows.map(([, variant]) => variant))].sort();
  const blocks = [...new Set(rows.map(([block]) => block))];
  const log = (block: string, variant: string, column: number): number =>
    Math.log(Number(rows.find((row) => row[0] === block && row[1] === variant)![column]));
  return {
    limits: blocks.map((block) => names.map((name) => log(block, name, 3))),
    residuals: names.map((name) => blocks.map((b) => log(b, name, 2) - log(b, name, 3))),
    ...{ spikes: { chance: 0, size: 0 }, drift: { slope: 0, sway: 0 } },
  };
}
