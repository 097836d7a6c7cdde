import type { Get } from "../../lib/trial/strategy.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** An origin in virtual time that notes what a schedule does to it. Path i takes `latencies[i]`. */
export class SimulatedOrigin {
  readonly clock: VirtualClock;
  readonly paths: string[];
  readonly dispatched: string[] = [];
  readonly finished: string[] = [];
  /** Answers that were handed over as they are, with nothing taken from them first. */
  whole = 0;
  inFlight = 0;
  peak = 0;
  #latency: Map<string, number>;
  #failing: Set<string>;

  constructor(
    latencies: readonly number[],
    failing: readonly number[] = [],
    clock = new VirtualClock(),
  ) {
    this.clock = clock;
    this.paths = latencies.map((_, i) => `/${i}`);
    this.#latency = new Map(latencies.map((ms, i) => [`/${i}`, ms]));
    this.#failing = new Set(failing.map((i) => `/${i}`));
  }

  readonly get: Get = async (path, { take } = {}) => {
    this.dispatched.push(path);
    this.peak = Math.max(this.peak, ++this.inFlight);
    await this.clock.sleep(this.#latency.get(path)!);
    this.inFlight--;
    this.finished.push(path);
    if (this.#failing.has(path)) throw new Error(`GET ${path}: failed`);
    const document = { name: `name of ${path}` };
    if (take) return take(document, path);
    this.whole++;
    return document;
  };
}
