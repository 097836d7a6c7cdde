import { TokenBucket } from "../ground/token_bucket.ts";
import type { Answer } from "./answer.ts";
import type { OriginConfig } from "./origin.ts";

/** Requests that an origin lets in: so many a second, and a few more at first. */
export class RateLimit {
  readonly #rate: number;
  readonly #policy: string;
  readonly #bucket: TokenBucket;

  constructor({ rate, burst }: Pick<OriginConfig, "rate" | "burst">) {
    this.#rate = rate;
    this.#bucket = new TokenBucket(rate, burst);
    // A window of whole seconds in which there is at least one.
    const window = Math.ceil(1 / rate);
    this.#policy = `"default";q=${Math.floor(rate * window)};w=${window};lab-burst=${burst}`;
  }

  /** Whether one more is let in, at `now` ms. */
  admits(now: number): boolean {
    return this.#bucket.take(now);
  }

  /** What the client is told of it: draft-ietf-httpapi-ratelimit-headers-10, times in whole seconds. */
  headers(now: number): Answer["headers"] {
    const left = this.#bucket.left(now);
    // When the next one is there.
    const reset = Math.ceil((left > 0 ? 1000 / this.#rate : this.#bucket.due(now) - now) / 1000);
    return { "RateLimit-Policy": this.#policy, RateLimit: `"default";r=${left};t=${reset}` };
  }

  /** How long one that was refused is to wait, whole seconds, 1 or more. */
  retryAfter(now: number): number {
    return Math.max(1, Math.ceil((this.#bucket.due(now) - now) / 1000));
  }
}
