import { rateBound } from "../ideal/bounds.ts";
import { idealTime } from "../ideal/schedule.ts";
import type { Trial } from "../trial/trial.ts";

/** How fast the trial's schedule could have gone with its service times as served, ms. */
export const idealOf = (trial: Trial): number => idealWith(trial, trial.samples.served);

/** The same with its service times as drawn: known before the run, and untouched by it. */
export const drawnIdealOf = (trial: Trial): number => idealWith(trial, trial.samples.drawn);

function idealWith(trial: Trial, all: readonly number[]): number {
  const { connections, origin } = trial;
  // A strategy written in a cell may say nothing of its concurrency: then it is what was seen.
  const concurrency = trial.concurrency < Infinity
    ? trial.concurrency
    : Math.max(1, trial.costs.peakInFlight);
  // A request without an answer has no service time that anyone knows.
  const times = all.filter((time) => !Number.isNaN(time));
  const { handshake, capacity } = origin.config;
  const work = { times, concurrency, connections, handshake, capacity };
  return Math.max(idealTime(work), rateBound(work, origin.config));
}

/** Geometric mean over trials. */
export const geometric = (trials: readonly Trial[], of: (trial: Trial) => number): number =>
  Math.exp(trials.reduce((sum, trial) => sum + Math.log(of(trial)), 0) / trials.length);
