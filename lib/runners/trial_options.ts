import { LONGEST_TIMER } from "../ground/deadline.ts";
import { checkKnown } from "../ground/known_options.ts";
import type { Origin } from "../origin/report.ts";
import type { Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";

/** What a trial may be told. */
export interface TrialOptions {
  readonly origin: Origin;
  /** As in the request line, e.g. "/api/v2/pokemon/1". */
  readonly paths: readonly string[];
  /** Of the origin's draws: whole, 0 or more. */
  readonly seed: number;
  /** Which block it belongs to; 0 by default: none. */
  readonly block?: number;
  /** "GET" by default. */
  readonly method?: Method;
  /** For each request, ms; 30,000 by default. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  /** Called as each request finishes, with its row. */
  readonly onSample?: (columns: SampleColumns, row: number) => void;
}

const known: readonly (keyof TrialOptions)[] = [
  ...["origin", "paths", "seed", "block", "method", "deadline", "signal", "onSample"] as const,
];

/**
 * Fills in what is left out.
 * @throws {TypeError | RangeError} naming an option that is wrong, and its value
 */
export function resolveTrial(options: TrialOptions): Required<TrialOptions> {
  checkKnown("trial", options, known);
  const { origin, paths, seed, block = 0, method = "GET", deadline = 30_000 } = options;
  const { signal = new AbortController().signal, onSample = () => {} } = options;
  const type = (option: string, holds: boolean, what: string, value: unknown) => {
    if (!holds) throw new TypeError(`trial: ${option} must be ${what}: ${Deno.inspect(value)}`);
  };
  const range = (option: string, holds: boolean, what: string, value: number) => {
    type(option, typeof value === "number", "a number", value);
    if (!holds) throw new RangeError(`trial: ${option} must be ${what}: ${value}`);
  };
  type("origin", isOrigin(origin), "what startOrigin resolves to", origin);
  type("paths", Array.isArray(paths), "a list", paths);
  paths.forEach((path, i) =>
    type(`paths[${i}]`, isPath(path), 'a text that begins with "/"', path)
  );
  range("seed", Number.isSafeInteger(seed) && seed >= 0, "whole and 0 or more", seed);
  range("block", Number.isSafeInteger(block) && block >= 0, "whole and 0 or more", block);
  type("method", method === "GET" || method === "HEAD", '"GET" or "HEAD"', method);
  range(
    "deadline",
    deadline > 0 && deadline <= LONGEST_TIMER,
    `in ms, from 1 to ${LONGEST_TIMER}`,
    deadline,
  );
  type("signal", signal instanceof AbortSignal, "an AbortSignal", signal);
  type("onSample", typeof onSample === "function", "a function", onSample);
  return { origin, paths, seed, block, method, deadline, signal, onSample };
}

const isPath = (path: unknown): boolean => typeof path === "string" && path.startsWith("/");

const isOrigin = (origin: Origin | undefined): boolean =>
  typeof origin?.begin === "function" && typeof origin.end === "function";
