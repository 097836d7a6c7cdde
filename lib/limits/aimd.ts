import { quantile } from "../ground/quantile.ts";

/** What a limit changes by where nothing is wrong: requests. */
const STEP = 1;
/** What is left of it where something is. */
const RETREAT = 0.75;
/** From how many times its usual value on a latency says that there is a queue. */
const TOLERANCE = 1.25;
/** Answers that are looked at together, at least: of fewer the median would be luck. */
const WINDOW = 30;
/** Windows without a queue that are kept in mind. */
const MEMORY = 5;

/**
 * A limit found while working: additive increase, multiplicative decrease (D.-M. Chiu and R. Jain,
 * 1989, Computer Networks and ISDN Systems 17, 1–14), on latency and on failures. It looks at a window
 * of answers, about one a request in flight. Where their median is more than 1.25 times what it is
 * without a queue, or where a request failed, the limit falls to three quarters; else it grows by one.
 * Until something was wrong for the first time it doubles instead, and then halves.
 *
 * 0.75 · 1.25 < 1: a step down from where a queue is noticed takes the queue away. So the window after
 * it shows what latency is without one, which a step up from there is held against. In the long run
 * the limit swings between 0.94 and 1.25 times the knee.
 *
 * Answers to requests that were sent under an earlier limit say nothing of this one.
 */
export class Aimd {
  limit: number;
  /** Changes whenever the limit does. */
  epoch = 0;
  readonly #most: number;
  #doubling = true;
  /** Whether nothing of this window can have met a queue of our making. */
  #calm = true;
  #window: number[] = [];
  readonly #usual: number[][] = [];

  constructor(start: number, most: number) {
    this.limit = Math.min(start, most);
    this.#most = most;
  }

  /** A request that was sent in `epoch` was answered in so many ms. */
  answered(latency: number, epoch: number): void {
    if (epoch !== this.epoch) return;
    this.#window.push(latency);
    if (this.#window.length < Math.max(WINDOW, this.limit)) return;
    if (this.#calm) {
      this.#usual.push(this.#window);
      if (this.#usual.length > MEMORY) this.#usual.shift();
    }
    const median = quantile(this.#window, 0.5);
    if (median > TOLERANCE * quantile(this.#usual.flat(), 0.5)) this.#retreat();
    else this.#set(this.limit + (this.#doubling ? this.limit : STEP), false);
  }

  /** A request that was sent in `epoch` failed. */
  failed(epoch: number): void {
    if (epoch === this.epoch) this.#retreat();
  }

  #retreat(): void {
    this.#set(Math.floor(this.limit * (this.#doubling ? 0.5 : RETREAT)), true);
    this.#doubling = false;
  }

  #set(limit: number, calm: boolean): void {
    this.limit = Math.min(this.#most, Math.max(1, limit));
    this.epoch++;
    this.#calm = calm;
    this.#window = [];
  }
}
