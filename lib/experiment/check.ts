import { lowerBound } from "../limits/mod.ts";
import type { Trial } from "../trial/trial.ts";

/**
 * What the instrument finds wrong with its own trial, a sentence each; empty where all is well.
 * The client and the origin watch the same requests from two sides, and physics watches both.
 */
export function selfCheck(trial: Trial, paths: readonly string[]): string[] {
  const { samples, costs, origin, concurrency, connections, makespan } = trial;
  const { handshake, capacity } = origin.config;
  const wrong: string[] = [];
  const failed = samples.error.filter((error) => error !== "").length;
  if (failed > 0) wrong.push(`${failed} of ${samples.error.length} requests failed`);
  const missing = unanswered(paths, samples.path.filter((_, i) => samples.error[i] === ""));
  if (missing) wrong.push(missing);
  const work = { times: samples.served, concurrency, connections, handshake, capacity };
  const bound = lowerBound(work);
  // 1 % for the clocks of two processes; a NaN fails as well.
  if (!(makespan >= 0.99 * bound)) {
    wrong.push(`it took ${makespan.toFixed(1)} ms, where nothing can beat ${bound.toFixed(1)} ms`);
  }
  if (costs.sockets !== origin.sockets) {
    wrong.push(
      `the client opened ${costs.sockets} sockets and the origin accepted ${origin.sockets}`,
    );
  }
  const peak = Math.max(costs.peakInFlight, origin.peakInFlight);
  if (peak > concurrency) wrong.push(`${peak} requests were in flight where ${concurrency} may be`);
  return wrong.map((sentence) => `${trial.variant}, block ${trial.block}: ${sentence}`);
}

/** Each path is to be answered as often as it was asked for. */
function unanswered(asked: readonly string[], answered: readonly string[]): string | null {
  const owed = new Map<string, number>();
  for (const path of asked) owed.set(path, (owed.get(path) ?? 0) + 1);
  for (const path of answered) owed.set(path, (owed.get(path) ?? 0) - 1);
  for (const [path, n] of owed) {
    if (n > 0) return `${path} was answered ${n} time${n > 1 ? "s" : ""} too few`;
    if (n < 0) return `${path} was answered ${-n} time${n < -1 ? "s" : ""} too often`;
  }
  return null;
}
