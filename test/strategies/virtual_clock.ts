import { setImmediate } from "node:timers";

/**
 * Time that passes only when everything waits: `run` settles what can be settled, then jumps to
 * the earliest sleeper. Deterministic, and as fast as the code under test.
 */
export class VirtualClock {
  #now = 0;
  #sleepers: { at: number; wake: () => void }[] = [];

  get now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#sleepers.push({ at: this.#now + ms, wake }));
  }

  /** Lets time pass until nothing sleeps any more, and resolves to what `work` came to. */
  async run<T>(work: Promise<T>): Promise<T> {
    work.catch(() => {}); // it is returned below, once time has passed
    await settled();
    while (this.#sleepers.length > 0) {
      let first = 0; // the earliest; of equals, the one that lay down first
      this.#sleepers.forEach(({ at }, i) => first = at < this.#sleepers[first].at ? i : first);
      const [{ at, wake }] = this.#sleepers.splice(first, 1);
      this.#now = at;
      wake();
      await settled();
    }
    return work;
  }
}

/** Resolves when every microtask there is has run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
