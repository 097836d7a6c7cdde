import { blocking } from "../../client/blocking.ts";
import { fresh, keptAlive } from "../../client/library_clients.ts";
import type { Bounded } from "../../strategies/library_strategy.ts";
import { chunked, concurrent, naiveAwaitInLoop, pool, sequential } from "../../strategies/mod.ts";
import type { Plan, Schedule } from "../../trial/plan.ts";
import type { BlockingStrategy, Strategy } from "../../trial/strategy.ts";

/** The library's strategies by the schedules that plans name. */
const STRATEGIES: Readonly<
  Record<Schedule, (bound: number) => (Strategy | BlockingStrategy) & Bounded>
> = {
  sequential: () => sequential,
  "naive-await-in-loop": () => naiveAwaitInLoop,
  concurrent: () => concurrent,
  pool,
  chunked,
};

/**
 * The means by which a plan is carried out, where it arrived: a strategy, its concurrency, a client.
 * @throws {RangeError} for a schedule that has no name here, or a bound that is not one
 */
export function meansOf(plan: Pick<Plan, "schedule" | "concurrency" | "connections">) {
  const { schedule, connections } = plan;
  if (!Object.hasOwn(STRATEGIES, schedule)) {
    throw new RangeError(`a plan's schedule cannot be "${schedule}"`);
  }
  const strategy = STRATEGIES[schedule](plan.concurrency ?? Infinity);
  const { concurrency } = strategy;
  const client = connections === "new" ? fresh : keptAlive;
  return { strategy, client: schedule === "sequential" ? blocking(client) : client, concurrency };
}

/**
 * The schedule of one of the library's strategies, which a plan can name.
 * @throws {TypeError} for any other: a function does not leave its process
 */
export function scheduleOf(strategy: Strategy | BlockingStrategy): Schedule {
  const { schedule } = (strategy ?? {}) as Partial<Bounded>;
  if (schedule !== undefined) return schedule;
  throw new TypeError(
    `only a strategy of the library can run elsewhere (${Object.keys(STRATEGIES).join(", ")}); "${
      strategy?.name || typeof strategy
    }" is a function of this process`,
  );
}
