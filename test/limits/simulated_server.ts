import { random } from "../../lib/ground/random.ts";
import type { Get } from "../../lib/trial/strategy.ts";
import type { VirtualClock } from "../strategies/virtual_clock.ts";

/** A server in virtual time: a way there of `delay` ms, then one of `places`, for `service` ms. */
export interface Server {
  readonly places: number;
  readonly delay: number;
  readonly service: number;
  /** σ of the log of the service time; its mean is `service`. */
  readonly sigma: number;
  /** The share of attempts that fail. */
  readonly failing: number;
}

/** Its `get`, which fails attempts and makes them again at once, as a client that retries would. */
export function simulatedServer(clock: VirtualClock, server: Server, seed: number): Get {
  const { places, delay, service, sigma, failing } = server;
  const next = random(seed);
  const waiting: (() => void)[] = [];
  let free = places;
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const serve = async () => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    await clock.sleep(service * Math.exp(sigma * normal() - sigma ** 2 / 2));
    const other = waiting.shift();
    if (other) other();
    else free++;
  };
  return async (path, { take, retried } = {}) => {
    await clock.sleep(delay);
    await serve();
    while (next() < failing) {
      retried?.(new Error("failed"));
      await serve();
    }
    return take?.({ name: path }, path);
  };
}
