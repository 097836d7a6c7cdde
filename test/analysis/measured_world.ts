import { random } from "../../lib/experiment/random.ts";
import type { World } from "./simulate.ts";

export async function measuredWorld(): Promise<World> {
  const next = random(9);
  const skew = (n: number, s: number) => Array.from({ length: n }, () => -s * Math.log(1 - next()));
  await Promise.resolve();
  return {
    limits: Array.from(
      { length: 40 },
      () => [7 + 0.1 * next(), 6 + 0.1 * next(), 4 + 0.3 * next()],
    ),
    residuals: [skew(40, 0.01), skew(40, 0.02), skew(40, 0.06)],
    ...{ spikes: { chance: 0, size: 0 }, drift: { slope: 0, sway: 0 } },
  };
}
