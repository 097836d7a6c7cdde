/**
 * What a program elsewhere says of the plan that it was told, whatever its language: a line of JSON
 * each. A sample as a request finishes, or all of them in the end; then the run, or what ended it.
 */
import type { Failure } from "../../client/request_error.ts";

/** A line. */
export type Said =
  | { readonly sample: SaidSample }
  | { readonly run: SaidRun }
  | { readonly failed: SaidFailure };

/** The values of a table that says of which type each is. */
type Values<Types> = {
  readonly [Word in keyof Types]: Types[Word] extends "number" ? number
    : Types[Word] extends "string" ? string
    : readonly unknown[];
};

/** One request: its words and of which type each is. */
export const SAMPLE = {
  /** Where it stands among all of them, in the order in which they were sent, from 0. */
  row: "number",
  path: "string",
  /** When it was meant to be sent, was sent, and had ended: ms since the epoch. */
  planned: "number",
  start: "number",
  end: "number",
  /** 0 where none came. */
  status: "number",
  /** Of the body, as they came over the wire. */
  bytes: "number",
  /** In which it came over the wire. */
  encoding: "string",
  /** "" where all went well. */
  error: "string",
  /** The Server-Timing header as it came; "" where there was none. */
  timing: "string",
} as const;

export type SaidSample = Values<typeof SAMPLE> & { readonly error: Failure | "" };

/** The whole pass: the words that every language says of it, and of which type each is. */
export const RUN = {
  /** When the client was opened, ms since the epoch. */
  opened: "number",
  /** From then to the last finish, ms. */
  makespan: "number",
  /** ms and bytes; negative where nobody knows. */
  cpuUser: "number",
  cpuSystem: "number",
  peakMemory: "number",
  sockets: "number",
  /** A result a path, in the order of the paths. */
  results: "object",
} as const;

export interface SaidRun extends Values<typeof RUN> {
  /** Start-up before `opened`, ms; where it is left out, all since the process was started is. */
  readonly startUp?: number;
  /** Longest time its event loop could not run anything else, ms; where there is one. */
  readonly stall?: number;
  /** Of the language and the library, as they say themselves. */
  readonly versions?: Readonly<Record<string, string>>;
  /** What was in force, named as the library does. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The first errors in the library's words. */
  readonly complaints?: readonly string[];
}

/** What ended a run before its time. */
export interface SaidFailure {
  readonly message: string;
  /** The request that failed; null where it was something else. */
  readonly request: { readonly kind: Failure; path: string; problem: string } | null;
}
