import TinyQueue from "tinyqueue";
import type { Connections } from "../trial/plan.ts";
import { check, COUNT } from "../ground/options.ts";

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
 * It is the ideal of this order, not of every order: what no order can beat is `lowerBound`. 0 where
 * there is no work.
 *
 * Throws a RangeError for a concurrency or a capacity below 1, with which no work would ever end.
 */
export function idealTime({ times, concurrency, connections, handshake, capacity }: Work): number {
  check("idealTime", "concurrency", concurrency, COUNT);
  check("idealTime", "capacity", capacity, COUNT);
  // What happens next; of two things at one time, the one added first.
  const events = new TinyQueue<Event>([], (a, b) => a.at - b.at || a.nth - b.nth);
  const add = (at: number, arriving: number | null) => events.push({ at, nth: nth++, arriving });
  const queue: number[] = [];
  const slots = Math.min(concurrency, times.length);
  let [nth, next, waiting, busy, now] = [0, slots, 0, 0, 0];
  for (const time of times.slice(0, slots)) add(handshake, time);
  const again = connections === "new" ? handshake : 0;
  for (let event = events.pop(); event; event = events.pop()) {
    now = event.at;
    if (event.arriving !== null) {
      queue.push(event.arriving);
    } else {
      busy--;
      if (next < times.length) add(now + again, times[next++]);
    }
    while (busy < capacity && waiting < queue.length) {
      busy++;
      add(now + queue[waiting++], null);
    }
  }
  return now;
}

/** A request that arrives with so much work, or (`null`) one that has been served. */
interface Event {
  readonly at: number;
  readonly nth: number;
  readonly arriving: number | null;
}
