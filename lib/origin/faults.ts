import { Kind } from "../ground/options.ts";
import { list } from "../ground/words.ts";
import { uniform } from "./draw.ts";

/** What can go wrong with an answer on purpose, once its service time is over. */
export const FAULTS = [
  /** The status 500, or 503. */
  "500",
  "503",
  /** The connection breaks; no answer. */
  "reset",
  /** Nothing comes, and nothing goes, until the client hangs up. */
  "stall",
  /** Half of the body comes, then the connection breaks. */
  "truncated",
  /** The body ends in the middle, and says that it is whole. */
  "malformed",
  /** The second half of the body takes ten times the service time. */
  "slow-body",
] as const;

export type Fault = (typeof FAULTS)[number];

/** Those that spoil a body. */
export const OF_BODY: readonly (Fault | null)[] = ["truncated", "malformed", "slow-body"];

/** The share of requests that each fault meets, from 0 to 1; what is left out meets none. */
export type Faults = Readonly<Partial<Record<Fault, number>>>;

/** Shares that are known, each from 0 to 1, and together at most 1. */
export const FAULT_SHARES = new Kind<Faults>(
  `shares from 0 to 1, together at most 1, of ${list(FAULTS.map((name) => `"${name}"`))}`,
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  (faults: Faults) => {
    const shares = Object.values<unknown>(faults);
    return Object.keys(faults).every((name) => FAULTS.includes(name as Fault)) &&
      shares.every((share) => typeof share === "number" && share >= 0) &&
      (shares as number[]).reduce((sum, share) => sum + share, 0) <= 1;
  },
);

/**
 * The fault that belongs to the k-th arrival of a path in the trial of a seed, if any: whatever the
 * client, and independent of its service time.
 */
export function drawFault(faults: Faults, seed: number, path: string, k: number): Fault | null {
  let left = uniform(seed, path, k, 2);
  for (const name of FAULTS) {
    left -= faults[name] ?? 0;
    if (left < 0) return name;
  }
  return null;
}
