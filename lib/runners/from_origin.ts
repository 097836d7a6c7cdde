import { draw } from "../origin/draw.ts";
import type { OriginReport } from "../origin/report.ts";
import type { Run } from "../trial/trial.ts";

/**
 * A run with what its client could not see taken from the origin: how many connections there were,
 * and, of answers that came without their headers, the service time that was drawn. It stands for
 * the one served, too; the origin's lateness is not in it.
 */
export function fromOrigin(run: Run, { sockets, seed, config }: OriginReport): Run {
  const { samples, costs } = run;
  samples.drawn.forEach((drawn, row) => {
    if (!Number.isNaN(drawn) || samples.error[row] !== "") return;
    samples.drawn[row] = draw(seed, samples.path[row], samples.k[row], config);
    samples.served[row] = samples.drawn[row];
  });
  return Number.isNaN(costs.sockets) ? { ...run, costs: { ...costs, sockets } } : run;
}
