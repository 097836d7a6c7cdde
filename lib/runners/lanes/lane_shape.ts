import type { Connections } from "../../trial/plan.ts";

/** What a variant of lanes is, whatever they are; nothing left open. */
export interface LaneShape {
  /** The variant's, e.g. "workers(5)/kept". */
  readonly name: string;
  readonly n: number;
  readonly connections: Connections;
  readonly startInside: boolean;
}

/** Told of a run when all its lanes are ready: how to make each crash, by its place from 0. */
export type OnReady = (crashes: readonly (() => void)[]) => void;
