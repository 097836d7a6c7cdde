import type { Method } from "../trial/plan.ts";
import type { Trial } from "../trial/trial.ts";
import type { Environment } from "./environment.ts";

/** What an experiment measured: whole blocks only, the warm-up left out. */
export interface Results {
  /** In the order run; each carries its variant and block. */
  readonly trials: readonly Trial[];
  readonly paths: readonly string[];
  readonly method: Method;
  /** The variants' names as given, without the twin. */
  readonly variants: readonly string[];
  readonly baseline: string;
  /** Which variant rode along twice, and the name of its second self. */
  readonly twin: { readonly of: string; readonly name: string };
  /** Blocks measured. */
  readonly blocks: number;
  /** Blocks asked for; more than `blocks` where it was interrupted. */
  readonly planned: number;
  /** Determines the order within blocks and every trial's seed. */
  readonly seed: number;
  /** What the self-check found wrong, a sentence each. */
  readonly faults: readonly string[];
  readonly environment: Environment;
}
