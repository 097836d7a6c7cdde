import type { BlockingClient } from "../client/blocking.ts";
import { blocking } from "../client/blocking.ts";
import type { Client } from "../client/client.ts";
import { fresh } from "../client/fresh.ts";
import { keptAlive } from "../client/kept_alive.ts";
import { chunked, concurrent, naiveAwaitInLoop, pool, sequential } from "../strategies/mod.ts";
import type { Plan, Schedule } from "../trial/plan.ts";
import type { BlockingStrategy, Strategy } from "../trial/strategy.ts";

/** A strategy and a client that do what a plan says, where the plan arrived. */
export interface Means {
  readonly strategy: Strategy | BlockingStrategy;
  readonly client: Client | BlockingClient;
  readonly concurrency: number;
}

/**
 * The means by which a plan is carried out.
 * @throws {RangeError} for a schedule that has no name here, or a bound that is none
 */
export function meansOf(plan: Pick<Plan, "schedule" | "concurrency" | "connections">): Means {
  const { schedule, connections } = plan;
  const bound = plan.concurrency ?? Infinity;
  const client = connections === "new" ? fresh : keptAlive;
  switch (schedule) {
    case "sequential":
      return { strategy: sequential, client: blocking(client), concurrency: 1 };
    case "naive-await-in-loop":
      return { strategy: naiveAwaitInLoop, client, concurrency: 1 };
    case "concurrent":
      return { strategy: concurrent, client, concurrency: bound };
    case "pool":
      return { strategy: pool(bound), client, concurrency: bound };
    case "chunked":
      return { strategy: chunked(bound), client, concurrency: bound };
    default:
      throw new RangeError(`a plan's schedule cannot be "${schedule}"`);
  }
}

/**
 * The schedule of one of the library's strategies, which has a name and so can be sent elsewhere.
 * @throws {TypeError} for any other: a function does not leave its process
 */
export function scheduleOf(strategy: Strategy | BlockingStrategy): Schedule {
  const name = /^[a-z-]+/.exec(strategy?.name ?? "")?.[0];
  const known = NAMES.find((each) => each === name);
  if (known && Object.hasOwn(strategy, "concurrency")) return known;
  throw new TypeError(
    `only a strategy of the library can run elsewhere (${NAMES.join(", ")}); "${
      strategy?.name || typeof strategy
    }" is a function of this process`,
  );
}

const NAMES: readonly Schedule[] = [
  "sequential",
  "naive-await-in-loop",
  "concurrent",
  "pool",
  "chunked",
];
