import { lowerBound } from "../ideal/bounds.ts";
import { failures } from "../trial/failures.ts";
import type { Trial } from "../trial/trial.ts";

/**
 * What the instrument finds wrong with its own trial, a sentence each; empty where all is well.
 * The client and the origin watch the same requests from two sides, and physics watches both.
 */
export function selfCheck(trial: Trial, paths: readonly string[]): string[] {
  const { samples, costs, origin, concurrency, makespan } = trial;
  const wrong: string[] = [];
  const missing = unanswered(paths, samples.path.filter((_, i) => samples.error[i] === ""));
  if (missing) wrong.push(missing + reasons(trial));
  const bound = boundOf(trial);
  // 1 % for the clocks of two processes; a NaN fails as well.
  if (!(makespan >= 0.99 * bound)) {
    wrong.push(`it took ${makespan.toFixed(1)} ms, where nothing can beat ${bound.toFixed(1)} ms`);
  }
  // Of a request that was given up, one side alone may have seen the connection; it may still be at
  // the origin when the next one, or its retry, comes; and the origin may still have sent the answer.
  const failed = failures(samples);
  const givenUp = (failed.get("timeout") ?? 0) + (failed.get("abort") ?? 0);
  if (!(Math.abs(costs.sockets - origin.sockets) <= givenUp)) {
    wrong.push(
      `the client opened ${costs.sockets} sockets and the origin accepted ${origin.sockets}`,
    );
  }
  const peak = Math.max(costs.peakInFlight, origin.peakInFlight - givenUp);
  if (!(peak <= concurrency)) {
    wrong.push(`${peak} requests were in flight where ${concurrency} may be`);
  }
  const answers = samples.status.filter((status) => status !== 0).length;
  const exact = failed.size === 0;
  if (exact ? answers !== origin.requests : answers > origin.requests) {
    wrong.push(`the client has ${answers} answers and the origin sent ${origin.requests}`);
  }
  return wrong.map((sentence) => `${trial.variant}, block ${trial.block}: ${sentence}`);
}

/** What nothing can beat, ms, from the service times that are known. */
function boundOf({ samples, concurrency, connections, origin }: Trial): number {
  // A request without an answer has none; leaving it out can only lower the bound.
  const times = samples.served.filter((time, i) => samples.error[i] === "" || !Number.isNaN(time));
  const { handshake, capacity } = origin.config;
  return lowerBound({ times, concurrency, connections, handshake, capacity });
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

/** " (2 requests failed: 1 timeout, 1 network)" where any did. */
function reasons({ samples }: Trial): string {
  const counts = [...failures(samples)];
  if (counts.length === 0) return "";
  const all = counts.reduce((sum, [, n]) => sum + n, 0);
  const kinds = counts.map(([kind, n]) => `${n} ${kind}`).join(", ");
  return ` (${all} request${all > 1 ? "s" : ""} failed: ${kinds})`;
}
