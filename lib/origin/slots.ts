import type { Deadline } from "../ground/deadline.ts";

/** A number of places, taken first come, first served. */
export class Slots {
  #free: number;
  /** In order of arrival; a Set, so that whoever gives up is taken out at once. */
  readonly #waiting = new Set<(now: number) => void>();

  /** @param capacity 1 or more; Infinity: nobody waits */
  constructor(capacity: number) {
    this.#free = capacity;
  }

  /**
   * Calls back with the time when a slot is had: at once where one is free (`now` is passed on),
   * else when one before it is given back. Cancelling before that gives up the place in the queue.
   */
  take(now: number, then: (now: number) => void): Deadline {
    if (this.#free > 0) {
      this.#free--;
      then(now);
    } else this.#waiting.add(then);
    return { cancel: () => this.#waiting.delete(then) };
  }

  /** Whether one more would have to wait where `most` are waiting already. */
  full(most: number): boolean {
    return this.#free <= 0 && this.#waiting.size >= most;
  }

  /** Gives a slot back: the one that has waited longest has it from `now`. */
  give(now: number): void {
    for (const then of this.#waiting) {
      this.#waiting.delete(then);
      then(now);
      return;
    }
    this.#free++;
  }
}
