import process from "node:process";

/** What the watch saw. */
export interface Watched {
  /** The longest time the event loop could not run anything else, ms. */
  readonly stall: number;
  /** Highest resident memory seen, bytes. */
  readonly peakMemory: number;
}

/** ms between two ticks. */
const TICK = 5;

/**
 * Watches the event loop from now until the function returned is called: a ticker that comes late
 * by so much could not run for so long. A loop that has not come round since the last tick is seen
 * at the end. (`perf_hooks.monitorEventLoopDelay` misses stalls under Deno.)
 */
export function watchLoop(): () => Watched {
  let last = performance.now();
  let stall = 0;
  let peakMemory = 0;
  const look = () => {
    const now = performance.now();
    stall = Math.max(stall, now - last - TICK);
    last = now;
  };
  const weigh = () => peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
  weigh();
  let ticks = 0;
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
