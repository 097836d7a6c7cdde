import { finishSample } from "../../client/finish_sample.ts";
import type { Task } from "../../runners/task.ts";
import { Arrivals } from "../../trial/arrivals.ts";
import { peakInFlight } from "../../trial/overlap.ts";
import { dispatchSample, emptySamples } from "../../trial/samples.ts";
import type { Run } from "../../trial/trial.ts";
import { RUN, type SaidRun, type SaidSample, SAMPLE } from "./said.ts";

/** What only a program of another language can say of its run. */
export interface Account extends Pick<Required<SaidRun>, "versions" | "settings" | "complaints"> {
  /** Responses by the encoding in which they came over the wire. */
  readonly encodings: Readonly<Record<string, number>>;
}

/** Puts together what a program says of a task. */
export class Listener {
  readonly #samples = emptySamples();
  readonly #arrivals = new Arrivals();
  readonly #encodings: Record<string, number> = {};
  #heard = 0;

  /**
   * @param spawned when the program was started, ms since the epoch
   * @param failure an error that names the program and says what it did
   */
  constructor(
    readonly task: Task,
    readonly spawned: number,
    readonly failure: (what: string) => Error,
  ) {}

  /**
   * Takes in a sample and tells the task's hook of it.
   * @throws {Error} naming the program and what of it is not as it should be
   */
  sample(said: SaidSample): void {
    this.#check("sample", said, SAMPLE);
    const { paths, onSample } = this.task;
    const { row, status, encoding } = said;
    if (!(row in paths)) throw this.failure(`printed a sample in row ${row} of ${paths.length}`);
    const samples = this.#samples;
    // Lanes end in another order than they began.
    for (let next = samples.path.length; next <= row; next++) {
      const path = next === row ? said.path : paths[next];
      const k = this.#arrivals.next(path);
      dispatchSample(samples, { path, k, planned: NaN, start: NaN, attempt: 1 });
    }
    samples.planned[row] = said.planned;
    samples.start[row] = said.start;
    finishSample(samples, row, said.end, said, said.error);
    if (status > 0) this.#encodings[encoding] = (this.#encodings[encoding] ?? 0) + 1;
    this.#heard++;
    onSample(samples, row);
  }

  /**
   * The whole pass, once every sample is here.
   * @throws {Error} naming the program and what of it is not as it should be
   */
  run(said: SaidRun): { run: Run; account: Account } {
    this.#check("run", said, RUN);
    const { opened, makespan, sockets, results, stall = NaN } = said;
    const requests = this.task.paths.length;
    for (const [name, n] of [["samples", this.#heard], ["results", results.length]] as const) {
      if (n !== requests) throw this.failure(`printed a run with ${n} ${name}, not ${requests}`);
    }
    const samples = this.#samples;
    const known = (cost: number) => cost < 0 ? NaN : cost;
    const costs = {
      cpuUser: known(said.cpuUser),
      cpuSystem: known(said.cpuSystem),
      peakMemory: known(said.peakMemory),
      sockets,
      peakInFlight: peakInFlight(samples.start, samples.end),
      stall,
      measuredIn: "own process" as const,
    };
    const { startUp = opened - this.spawned, versions = {}, settings = {}, complaints = [] } = said;
    return {
      run: { opened, startUp, makespan, samples, results, costs },
      account: { versions, settings, complaints, encodings: this.#encodings },
    };
  }

  #check(what: string, said: object | null, types: Readonly<Record<string, string>>): void {
    for (const [name, type] of Object.entries(types)) {
      const value = (said as Record<string, unknown> | null)?.[name];
      if (typeof value === type && value !== null) continue;
      throw this.failure(
        `printed a ${what} whose ${name} is ${JSON.stringify(value)}, not a ${type}`,
      );
    }
  }
}
