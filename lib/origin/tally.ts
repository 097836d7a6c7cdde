import type { OriginConfig, OriginReport } from "./report.ts";

/** How one request went, in ms. */
export interface Timing {
  readonly drawn: number;
  readonly served: number;
  readonly queue: number;
  readonly handshake: number;
}

/** What the origin sees of one trial, counted as it happens. */
export class Tally {
  readonly seed: number;
  readonly #arrivals = new Map<string, number>();
  #requests = 0;
  #sockets = 0;
  #peak = 0;
  #queueWait = 0;
  #lateness = 0;
  #latest = 0;
  #bytes = 0;
  readonly #statuses = new Map<number, number>();
  readonly #faults = new Map<string, number>();
  readonly #refused = { rate: 0, queue: 0 };

  constructor(seed: number) {
    this.seed = seed;
  }

  connected(): void {
    this.#sockets++;
  }

  /**
   * Counts an arrival, with which `inFlight` requests are at the origin.
   * @returns which arrival of this path it is, from 1
   */
  arrived(path: string, inFlight: number): number {
    if (inFlight > this.#peak) this.#peak = inFlight;
    const k = (this.#arrivals.get(path) ?? 0) + 1;
    this.#arrivals.set(path, k);
    return k;
  }

  /**
   * Counts a request that was refused. It was no arrival of its path: that the draws of those let in
   * are the same, whoever was refused before.
   */
  refused(path: string, why: "rate" | "queue", status: number, bytes: number): void {
    this.#refused[why]++;
    this.#sent(status, bytes);
    this.#arrivals.set(path, this.#arrivals.get(path)! - 1);
  }

  faulty(fault: string): void {
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + 1);
  }

  answered(status: number, bytes: number, timing: Timing): void {
    this.#sent(status, bytes);
    this.#queueWait += timing.queue;
    const late = timing.served - timing.drawn;
    this.#lateness += late;
    if (late > this.#latest) this.#latest = late;
  }

  #sent(status: number, bytes: number): void {
    this.#requests++;
    this.#bytes += bytes;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  report(config: OriginConfig, backlog: number): OriginReport {
    return {
      config,
      seed: this.seed,
      requests: this.#requests,
      sockets: this.#sockets,
      peakInFlight: this.#peak,
      queueWait: this.#queueWait,
      lateness: {
        mean: this.#requests === 0 ? 0 : this.#lateness / this.#requests,
        max: this.#latest,
      },
      statuses: Object.fromEntries(this.#statuses),
      refused: { ...this.#refused },
      faults: Object.fromEntries(this.#faults),
      bytes: this.#bytes,
      backlog,
    };
  }
}
