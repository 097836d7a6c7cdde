import { emptySamples, type SampleColumns } from "../trial/samples.ts";
import type { Trial } from "../trial/trial.ts";
import type { StoredColumns } from "./stored_files.ts";

/** A pass without its samples, which have a table, and without what it returned. */
export interface StoredPass extends Omit<Trial, "samples" | "results"> {
  /** Rows that it has in the table of samples. */
  readonly requests: number;
}

/** Passes as JSON can hold them: of NaN and Infinity it has no numbers, so they are named. */
export function storedPasses(passes: readonly Trial[]): StoredPass[] {
  const bare = passes.map(({ samples, results: _, ...rest }) => (
    { ...rest, requests: samples.path.length }
  ));
  const named = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
  return JSON.parse(JSON.stringify(bare, named));
}

/** The passes as they were, each with its rows of the table and with what it returned. */
export function restoredPasses(
  stored: readonly StoredPass[],
  table: StoredColumns,
  returned: (pass: number) => readonly unknown[],
): Trial[] {
  const numbers = (_: string, value: unknown) =>
    Object.keys(value ?? {}).join() === "number"
      ? Number((value as { number: string }).number)
      : value;
  const passes = JSON.parse(JSON.stringify(stored), numbers) as StoredPass[];
  let from = 0;
  return passes.map(({ requests, ...pass }, i) => {
    const samples = restoredSamples(table, from, from += requests, pass.opened);
    return { ...pass, samples, results: returned(i) };
  });
}

/** The samples in rows `from` to `to` (exclusive), their times since the epoch again. */
function restoredSamples(table: StoredColumns, from: number, to: number, opened: number) {
  const columns = Object.keys(emptySamples()).map((name) => {
    const values = (table[`${name}_ms`] ?? table[name]).slice(from, to);
    const since = ["planned", "start", "end"].includes(name);
    // Both are of one magnitude, so that neither the difference nor this sum was rounded.
    return [name, since ? values.map((value) => opened + (value as number)) : values];
  });
  return Object.fromEntries(columns) as SampleColumns;
}
