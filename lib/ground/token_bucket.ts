/**
 * A token bucket: `burst` tokens at first, `rate` more a second, never more than `burst` in store. So
 * in any window of w seconds at most burst + rate · w are taken. It keeps one number, the time at
 * which it will be full again (the generic cell rate algorithm: ITU-T I.371, 1993), and no clock: who
 * asks says what time it is, in ms.
 */
export class TokenBucket {
  readonly #interval: number;
  readonly #store: number;
  /** When all tokens will be there again, ms. */
  #full = -Infinity;

  /**
   * @param rate tokens a second, above 0
   * @param burst tokens it can hold: 1 or more
   */
  constructor(rate: number, burst: number) {
    this.#interval = 1000 / rate;
    this.#store = burst * this.#interval;
  }

  /** When the next token can be taken: `now`, or later. */
  due(now: number): number {
    return Math.max(now, this.#full + this.#interval - this.#store);
  }

  /** Takes one; false where there is none at `now`. */
  take(now: number): boolean {
    if (this.due(now) > now) return false;
    this.#full = Math.max(now, this.#full) + this.#interval;
    return true;
  }

  /** Whole tokens in store. */
  left(now: number): number {
    const missing = Math.max(0, this.#full - now);
    return Math.max(0, Math.floor((this.#store - missing) / this.#interval + 1e-9));
  }
}
