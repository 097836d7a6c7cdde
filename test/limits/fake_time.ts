import { VirtualClock } from "../strategies/virtual_clock.ts";

/** Runs work whose timers and clock are virtual: `performance.now`, `setTimeout`, `clearTimeout`. */
export async function inVirtualTime<T>(work: (clock: VirtualClock) => Promise<T>): Promise<T> {
  const clock = new VirtualClock();
  const { setTimeout, clearTimeout } = globalThis;
  const now = performance.now;
  const gone = new Set<number>();
  let timers = 0;
  globalThis.setTimeout = ((call: () => void, ms = 0) => {
    const id = ++timers;
    // A timer fires after no less than 1 ms, as real ones do.
    clock.sleep(Math.max(1, ms)).then(() => gone.delete(id) || call());
    return id;
  }) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((id: number) => gone.add(id)) as unknown as typeof clearTimeout;
  performance.now = () => clock.now;
  try {
    return await clock.run(work(clock));
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    performance.now = now;
  }
}
