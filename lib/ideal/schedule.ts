import type { Connections } from "../trial/plan.ts";
import { Agenda } from "./agenda.ts";

/** Work whose fastest possible pass is asked for; every option resolved. */
export interface Work {
  /** Service times in the order dispatched, ms. */
  readonly times: readonly number[];
  /** Requests that may overlap; Infinity: all. */
  readonly concurrency: number;
  readonly connections: Connections;
  /** What a new connection pays, ms. */
  readonly handshake: number;
  /** Requests the origin serves at once; the rest queue, first come first served. */
  readonly capacity: number;
}

/**
 * How fast this order of dispatch could have gone, in ms, if nothing but set-up, queueing and
 * service took time: list scheduling (R. L. Graham, 1966, Bell System Technical Journal 45,
 * 1563–1581) on `concurrency` slots. A slot takes the next request as soon as it is free; a kept
 * connection is set up once a slot, a new one for every request; set-up takes no place at the
 * origin, service does.
 *
 * It is the limit of this order, not of every order: that is `lowerBound`. 0 where there is no work.
 *
 * Throws a RangeError for a concurrency or a capacity below 1, with which no work would ever end.
 */
export function limit({ times, concurrency, connections, handshake, capacity }: Work): number {
  checkPlaces("concurrency", concurrency);
  checkPlaces("capacity", capacity);
  const agenda = new Agenda<{ arrives: boolean; time: number }>();
  const queue: number[] = [];
  const slots = Math.min(concurrency, times.length);
  for (const time of times.slice(0, slots)) agenda.add(handshake, { arrives: true, time });
  const again = connections === "new" ? handshake : 0;
  let [next, waiting, busy, now] = [slots, 0, 0, 0];
  for (let event = agenda.take(); event; event = agenda.take()) {
    now = event.at;
    if (event.what.arrives) {
      queue.push(event.what.time);
    } else {
      busy--;
      if (next < times.length) agenda.add(now + again, { arrives: true, time: times[next++] });
    }
    while (busy < capacity && waiting < queue.length) {
      busy++;
      agenda.add(now + queue[waiting++], { arrives: false, time: 0 });
    }
  }
  return now;
}

/**
 * How fast batches of `concurrency` could have gone, each waiting for the slowest of the one before
 * (`Promise.all` over slices), in ms: the sum over batches of their longest. Throws as `limit` does.
 */
export function chunkedLimit(work: Work): number {
  checkPlaces("concurrency", work.concurrency);
  const size = Math.min(work.concurrency, Math.max(1, work.times.length));
  let total = 0;
  for (let from = 0; from < work.times.length; from += size) {
    // Connections that the first batch opened serve all later ones.
    const handshake = work.connections === "new" || from === 0 ? work.handshake : 0;
    total += limit({ ...work, times: work.times.slice(from, from + size), handshake });
  }
  return total;
}

function checkPlaces(option: string, places: number): void {
  if (!(places === Infinity || (Number.isInteger(places) && places >= 1))) {
    throw new RangeError(
      `limits: ${option} must be a whole number from 1 up, or Infinity; got ${places}`,
    );
  }
}
