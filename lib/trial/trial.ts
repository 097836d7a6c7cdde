import type { OriginReport } from "../origin/origin.ts";
import type { Connections, Method } from "./plan.ts";
import type { SampleColumns } from "./samples.ts";

/** What a trial used up besides time. */
export interface Costs {
  /** CPU time in user mode, ms. */
  readonly cpuUser: number;
  /** CPU time in the kernel, ms. */
  readonly cpuSystem: number;
  /** Peak resident memory, bytes, summed over the processes that did the work. */
  readonly peakMemory: number;
  /** Connections the client opened; where it cannot see them, those the origin accepted. */
  readonly sockets: number;
  /** Most requests out at once, seen from the client. */
  readonly peakInFlight: number;
  /** Longest time the event loop could not run anything else, ms; NaN where there is none to watch. */
  readonly stall: number;
  /** Where CPU and memory were taken: the process that also holds the caller, or one of its own. */
  readonly measuredIn: "own process" | "caller's process";
}

/** One pass of one variant, before the origin's side is added. */
export interface Run {
  /** When the client was opened, ms since the epoch. */
  readonly opened: number;
  /** From opening the client to the last finish, ms. */
  readonly makespan: number;
  /** Start-up of lanes and processes before `opened`, ms. */
  readonly startUp: number;
  readonly samples: SampleColumns;
  readonly costs: Costs;
  /** What the strategy returned, in input order. */
  readonly results: readonly unknown[];
}

/** One pass of one variant, from both sides. */
export interface Trial extends Run {
  readonly variant: string;
  /** Which block it belongs to, from 1; 0 outside an experiment. */
  readonly block: number;
  readonly seed: number;
  readonly method: Method;
  /** Overlap the variant allows; Infinity where nothing bounds it. */
  readonly concurrency: number;
  readonly connections: Connections;
  readonly origin: OriginReport;
}
