import process from "node:process";

/** What the ticker saw. */
export interface Watched {
  /** The longest time the event loop could not run anything else, ms. */
  readonly stall: number;
  /** Highest resident memory seen, bytes. */
  readonly peakMemory: number;
}

/** ms between two looks. */
const TICK = 5;

/**
 * Watches the event loop from now until the function returned is called: a ticker that comes late
 * by so much could not run for so long. A thread that never comes back to its loop is seen at the
 * end. (`perf_hooks.monitorEventLoopDelay` misses stalls under Deno.)
 */
export function watchLoop(): () => Watched {
  let last = performance.now();
  let stall = 0;
  let peakMemory = process.memoryUsage.rss();
  const look = () => {
    const now = performance.now();
    stall = Math.max(stall, now - last - TICK);
    last = now;
  };
  let ticks = 0;
  const timer = setInterval(() => {
    look();
    // Asking for memory costs more than a tick.
    if (++ticks % 10 === 0) peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
  }, TICK);
  return () => {
    clearInterval(timer);
    look();
    peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
    return { stall: Math.max(0, stall), peakMemory };
  };
}
