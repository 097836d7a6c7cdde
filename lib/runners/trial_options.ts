import { LONGEST_TIMER } from "../ground/deadline.ts";
import {
  func,
  Kind,
  listOf,
  number,
  oneOf,
  resolve,
  SEED,
  SIGNAL,
  whole,
} from "../ground/options.ts";
import type { Origin } from "../origin/origin.ts";
import type { Method } from "../trial/plan.ts";
import type { SampleColumns } from "../trial/samples.ts";
import type { Variant } from "./task.ts";

/** What every pass of a variant may be told. */
export interface PassOptions {
  readonly origin: Origin;
  /** As in the request line, e.g. "/api/v2/pokemon/1". */
  readonly paths: readonly string[];
  /** "GET" by default. */
  readonly method?: Method;
  /** For each request, ms; 30,000 by default. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

/** What a trial may be told. */
export interface TrialOptions extends PassOptions {
  /** Of the origin's draws: whole, 0 or more. */
  readonly seed: number;
  /** Which block it belongs to; 0 by default: none. */
  readonly block?: number;
  /** Called as each request finishes, with its row. */
  readonly onSample?: (columns: SampleColumns, row: number) => void;
}

/**
 * Fills in what is left out.
 * @throws {TypeError | RangeError} naming an option that is wrong, and its value
 */
export function resolveTrial(options: TrialOptions): Required<TrialOptions> {
  return resolve("trial", options, {
    ...passKinds(0),
    seed: SEED,
    block: whole(0).or(0),
    onSample: func<Required<TrialOptions>["onSample"]>().or(() => {}),
  });
}

/** What the options of passes must be, with at least so many paths. */
export const passKinds = (paths: number) => ({
  origin: ORIGIN,
  paths: listOf(PATH, paths),
  method: oneOf("GET", "HEAD").or<Method>("GET"),
  deadline: number(1, LONGEST_TIMER, "ms").or(30_000),
  signal: SIGNAL.or(new AbortController().signal),
});

const ORIGIN = new Kind<Origin>("what startOrigin resolves to", (origin) => {
  const { begin, end } = (origin ?? {}) as Partial<Origin>;
  return typeof begin === "function" && typeof end === "function";
});

const PATH = new Kind<string>(
  'text that begins with "/"',
  (path) => typeof path === "string" && path.startsWith("/"),
);

/** A variant, wherever one is asked for. */
export const VARIANT = new Kind<Variant>(
  "a variant, such as variant(strategy, keptAlive)",
  (value) => typeof (value as Variant | null | undefined)?.run === "function",
);
