import { Arrivals } from "../../client/arrivals.ts";
import { dispatchSample, emptySamples, type SampleColumns } from "../../trial/samples.ts";
import type { Answer } from "./lane.ts";

/** The answers of all lanes, put together. */
export interface Gathered {
  /** Row i is the i-th path, for so they are taken; that of one without an answer yet has no times. */
  readonly samples: SampleColumns;
  readonly results: readonly unknown[];
  add(answer: Answer): void;
}

/** Nothing yet; `onSample` hears of each answer when its row is there. */
export function gather(
  paths: readonly string[],
  onSample: (columns: SampleColumns, row: number) => void,
): Gathered {
  const samples = emptySamples();
  const results: unknown[] = new Array(paths.length).fill(null);
  const arrivals = new Arrivals();
  return {
    samples,
    results,
    add({ index, sample, result }) {
      for (let row = samples.path.length; row <= index; row++) {
        const path = paths[row];
        const k = arrivals.next(path);
        dispatchSample(samples, { path, k, planned: NaN, start: NaN, attempt: 1 });
      }
      // A lane knows only its own arrivals: without the origin's count it is the order taken.
      const k = Number.isNaN(sample.socket) ? samples.k[index] : sample.k;
      for (const [column, value] of Object.entries({ ...sample, k })) {
        (samples[column as keyof SampleColumns] as unknown[])[index] = value;
      }
      results[index] = result;
      onSample(samples, index);
    },
  };
}
