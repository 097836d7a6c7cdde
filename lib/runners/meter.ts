/** What a run in this process costs. */
import process from "node:process";
import type { ClientState } from "../client/client.ts";
import type { Costs } from "../trial/trial.ts";

/** The longest time the event loop could not run anything else, ms; highest resident memory, bytes. */
type Watched = Pick<Costs, "stall" | "peakMemory">;

/**
 * Starts counting. The function returned says what it came to, and stops the watch: how long from
 * `opened` to the client's last finish, and the costs.
 */
export function startMeter(unwatch: () => Watched) {
  const before = process.cpuUsage();
  return (opened: number, client: ClientState): { makespan: number; costs: Costs } => {
    const watched = unwatch();
    const { user, system } = process.cpuUsage(before);
    const { sockets, peakInFlight, lastFinish } = client;
    const costs: Costs = {
      cpuUser: user / 1000,
      cpuSystem: system / 1000,
      sockets,
      peakInFlight,
      ...watched,
      measuredIn: "caller's process",
    };
    return { makespan: Number.isNaN(lastFinish) ? 0 : lastFinish - opened, costs };
  };
}

/** ms between two ticks. */
const TICK = 5;

/**
 * Watches the event loop from now until the function returned is called: a ticker that comes late
 * by so much could not run for so long. A loop that has not come round since the last tick is seen
 * at the end. (`perf_hooks.monitorEventLoopDelay` misses stalls under Deno.)
 */
export function watchLoop(): () => Watched {
  let last = performance.now(), stall = 0, peakMemory = 0, ticks = 0;
  const look = () => {
    const now = performance.now();
    stall = Math.max(stall, now - last - TICK);
    last = now;
  };
  const weigh = () => peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
  weigh();
  const timer = setInterval(() => {
    look();
    // Asking for memory costs more than a tick.
    if (++ticks % 10 === 0) weigh();
  }, TICK);
  return () => {
    clearInterval(timer);
    look();
    weigh();
    return { stall, peakMemory };
  };
}

/**
 * The same for a strategy that holds the thread from first to last: all of it is stall, and nothing
 * would tick.
 */
export function watchBlocking(): () => Watched {
  const start = performance.now();
  const before = process.memoryUsage.rss();
  return () => ({
    stall: performance.now() - start,
    peakMemory: Math.max(before, process.memoryUsage.rss()),
  });
}
