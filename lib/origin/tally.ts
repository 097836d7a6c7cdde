import type { Fault } from "./faults.ts";
import type { OriginConfig, OriginReport } from "./origin.ts";

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
  #lateness = { sum: 0, max: 0 };
  readonly #seen = {
    requests: 0,
    sockets: 0,
    peakInFlight: 0,
    queueWait: 0,
    statuses: {} as Record<string, number>,
    refused: { rate: 0, queue: 0 },
    faults: {} as Record<string, number>,
    bytes: 0,
  };

  constructor(seed: number) {
    this.seed = seed;
  }

  connected(): void {
    this.#seen.sockets++;
  }

  /**
   * Counts an arrival, with which `inFlight` requests are at the origin.
   * @returns which arrival of this path it is, from 1
   */
  arrived(path: string, inFlight: number): number {
    this.#seen.peakInFlight = Math.max(this.#seen.peakInFlight, inFlight);
    const k = (this.#arrivals.get(path) ?? 0) + 1;
    this.#arrivals.set(path, k);
    return k;
  }

  /**
   * Counts a request that was refused. It was no arrival of its path: that the draws of those let in
   * are the same, whoever was refused before.
   */
  refused(path: string, why: "rate" | "queue", status: number, bytes: number): void {
    this.#seen.refused[why]++;
    this.#sent(status, bytes);
    this.#arrivals.set(path, this.#arrivals.get(path)! - 1);
  }

  faulty(fault: Fault): void {
    const { faults } = this.#seen;
    faults[fault] = (faults[fault] ?? 0) + 1;
  }

  answered(status: number, bytes: number, timing: Timing): void {
    this.#sent(status, bytes);
    this.#seen.queueWait += timing.queue;
    const late = timing.served - timing.drawn;
    const { sum, max } = this.#lateness;
    this.#lateness = { sum: sum + late, max: Math.max(max, late) };
  }

  #sent(status: number, bytes: number): void {
    const seen = this.#seen;
    seen.requests++;
    seen.bytes += bytes;
    seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
  }

  report(config: OriginConfig, backlog: number): OriginReport {
    const { sum, max } = this.#lateness;
    const lateness = { mean: sum / Math.max(1, this.#seen.requests), max };
    return { config, seed: this.seed, ...structuredClone(this.#seen), lateness, backlog };
  }
}
