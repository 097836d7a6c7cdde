import type { Connections } from "../trial/plan.ts";
import { check, COUNT } from "../ground/options.ts";
import { EventQueue } from "./event_queue.ts";

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
  const events = new EventQueue<{ arrives: boolean; time: number }>();
  const queue: number[] = [];
  const slots = Math.min(concurrency, times.length);
  for (const time of times.slice(0, slots)) events.add(handshake, { arrives: true, time });
  const again = connections === "new" ? handshake : 0;
  let [next, waiting, busy, now] = [slots, 0, 0, 0];
  for (let event = events.take(); event; event = events.take()) {
    now = event.at;
    if (event.what.arrives) {
      queue.push(event.what.time);
    } else {
      busy--;
      if (next < times.length) events.add(now + again, { arrives: true, time: times[next++] });
    }
    while (busy < capacity && waiting < queue.length) {
      busy++;
      events.add(now + queue[waiting++], { arrives: false, time: 0 });
    }
  }
  return now;
}
