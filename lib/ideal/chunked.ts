import { check, COUNT } from "../ground/options.ts";
import { idealTime, type Work } from "./schedule.ts";

/**
 * How fast batches of `concurrency` could have gone, each waiting for the slowest of the one before
 * (`Promise.all` over slices), in ms: the sum over batches of their longest. Throws as `idealTime` does.
 */
export function chunkedIdeal(work: Work): number {
  check("chunkedIdeal", "concurrency", work.concurrency, COUNT);
  const size = Math.min(work.concurrency, Math.max(1, work.times.length));
  let total = 0;
  for (let from = 0; from < work.times.length; from += size) {
    // Connections that the first batch opened serve all later ones.
    const handshake = work.connections === "new" || from === 0 ? work.handshake : 0;
    total += idealTime({ ...work, times: work.times.slice(from, from + size), handshake });
  }
  return total;
}
