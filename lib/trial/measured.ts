import type { Method } from "./plan.ts";
import type { Trial } from "./trial.ts";

/** What a result was measured with and on; stored beside it. */
export interface Environment {
  readonly deno: string;
  readonly v8: string;
  readonly typescript: string;
  /** The packages that the lab runs on and their versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  /** Memory of the machine, bytes. */
  readonly memory: number;
  /** Processes running or waiting, mean of the last minute, at the start; 0 on Windows. */
  readonly load: number;
  /** When the run began, ISO 8601, UTC. */
  readonly date: string;
}

/** One pass of one variant in one block, and how long it took. */
export interface Pass {
  readonly variant: string;
  /** From 1. */
  readonly block: number;
  /** ms; of a load, which lasts as long as it is told, the ms that each answer took. */
  readonly makespan: number;
}

/** Variants run in randomised blocks: whole blocks only, the warm-up left out. */
export interface Blocks<P extends Pass> {
  /** In the order run. */
  readonly passes: readonly P[];
  /** The variants' names as given, without the twin. */
  readonly variants: readonly string[];
  readonly baseline: string;
  /** Which variant rode along twice, and the name of its second self. */
  readonly twin: { readonly of: string; readonly name: string };
  /** Blocks measured. */
  readonly blocks: number;
  /** Blocks asked for; more than `blocks` where it was interrupted. */
  readonly planned: number;
  /** Determines the order within blocks and the seeds of their passes. */
  readonly seed: number;
  /** The smallest difference that anyone should care about, as said beforehand: 0.05 is 5 %. */
  readonly margin: number;
  /** What the instrument found wrong with itself, a sentence each. */
  readonly faults: readonly string[];
  readonly environment: Environment;
}

/** What an experiment measured. */
export interface Measured extends Blocks<Trial> {
  readonly paths: readonly string[];
  readonly method: Method;
}
