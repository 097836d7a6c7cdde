// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assertAlmostEquals,
  assertEquals,
  assertGreaterOrEqual,
  assertLessOrEqual,
  assertThrows,
} from "@std/assert";
import * as ideal from "../../lib/ideal/mod.ts";
import { draw } from "../../lib/origin/draw.ts";

const unbounded = { handshake: 0, capacity: Infinity, connections: "kept" as const };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Service times of some trial; the origin's own draws. */
const times = (n: number, seed: number) =>
  ideal.drawn(Array.from({ length: n }, (_, i) => `/${i}`), seed, { median: 50, sigma: 0.6 });

/** The ideal once more, in the plainest way there is: a clock that goes ms by ms. */
function tick(work: ideal.Work): number {
  const n = work.times.length;
  const state = work.times.map((time, id) => ({ id, time, setUp: 0, left: time, phase: "unsent" }));
  const slots = Math.min(work.concurrency, n);
  const queue: typeof state = [];
  let sent = 0;
  for (let now = 0;; now++) {
    for (const job of state) {
      if (job.phase === "serving" && job.left === 0) job.phase = "done";
    }
    for (const job of state) {
      const out = state.filter((j) => j.phase !== "unsent" && j.phase !== "done").length;
      if (job.phase !== "unsent" || out >= slots) continue;
      const opens = work.connections === "new" || sent < slots;
      Object.assign(job, { phase: "setting up", setUp: opens ? work.handshake : 0 });
      sent++;
    }
    for (const job of state) {
      if (job.phase !== "setting up" || job.setUp > 0) continue;
      job.phase = "queued";
      queue.push(job);
    }
    while (queue.length && state.filter((j) => j.phase === "serving").length < work.capacity) {
      queue.shift()!.phase = "serving";
    }
    if (state.every((job) => job.phase === "done")) return now;
    for (const job of state) {
      if (job.phase === "setting up") job.setUp--;
      if (job.phase === "serving") job.left--;
    }
  }
}

Deno.test("the ideal time is that of a clock going ms by ms, for every mix of slots, places and connections", () => {
  let compared = 0;
  for (const n of [1, 2, 5, 9]) {
    for (const concurrency of [1, 2, 3, Infinity]) {
      for (const capacity of [1, 2, Infinity]) {
        for (const connections of ["new", "kept"] as const) {
          for (const handshake of [0, 7]) {
            const lengths = Array.from(
              { length: n },
              (_, i) => 1 + draw(compared, `/${i}`, 1, { median: 9, sigma: 0.8 }),
            );
            const work = { times: lengths, concurrency, capacity, connections, handshake };
            assertEquals(ideal.idealTime(work), tick(work), JSON.stringify(work));
            compared++;
          }
        }
      }
    }
  }
  assertEquals(compared, 192);
});

Deno.test("one at a time the ideal is h + ΣL kept alive and Σ(L + h) on new connections", () => {
  const t = times(40, 1);
  for (const connections of ["new", "kept"] as const) {
    const work = { times: t, concurrency: 1, connections, handshake: 119, capacity: Infinity };
    assertEquals(ideal.idealTime(work), sum(t) + 119 * (connections === "kept" ? 1 : t.length));
  }
});

Deno.test("all at once the ideal is h + max L, however connections are kept", () => {
  const t = times(40, 2);
  for (const connections of ["new", "kept"] as const) {
    const work = {
      times: t,
      concurrency: Infinity,
      connections,
      handshake: 119,
      capacity: Infinity,
    };
    assertEquals(ideal.idealTime(work), 119 + Math.max(...t));
  }
});

Deno.test("a pool's ideal lies between Graham's bounds, and a pool of 1 is one at a time", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const t = times(60, seed);
    // R. L. Graham, 1969: max(ΣL/C, max L) ≤ T ≤ ΣL/C + (1 − 1/C)·max L.
    const [even, most] = [sum(t) / 7, Math.max(...t)];
    const time = ideal.idealTime({ ...unbounded, times: t, concurrency: 7 });
    assertGreaterOrEqual(time, Math.max(even, most));
    assertLessOrEqual(time, even + (1 - 1 / 7) * most);
  }
  const t = times(30, 3);
  assertEquals(ideal.idealTime({ ...unbounded, times: t, concurrency: 1 }), sum(t));
});

Deno.test("batches take the sum of their longest, and never less than a pool", () => {
  const t = times(100, 4);
  const work = { ...unbounded, times: t, concurrency: 10 };
  const slowest = Array.from({ length: 10 }, (_, i) => Math.max(...t.slice(i * 10, i * 10 + 10)));
  assertEquals(ideal.chunkedIdeal(work), slowest.reduce((a, b) => a + b, 0));
  assertGreaterOrEqual(ideal.chunkedIdeal(work), ideal.idealTime(work));
  assertEquals(
    ideal.chunkedIdeal({ ...work, concurrency: Infinity }),
    ideal.idealTime({ ...work, concurrency: Infinity }),
  );
});

Deno.test("no order of dispatch beats the lower bound", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const t = times(12, seed);
    for (const connections of ["new", "kept"] as const) {
      for (const capacity of [2, Infinity]) {
        const work = { times: t, concurrency: 3, connections, handshake: 30, capacity };
        for (const order of [t, t.toSorted((a, b) => b - a), t.toReversed()]) {
          assertGreaterOrEqual(
            ideal.idealTime({ ...work, times: order }) + 1e-9,
            ideal.lowerBound(work),
          );
        }
      }
    }
  }
});

Deno.test("more places at the origin than slots change nothing; fewer hold a pool back", () => {
  const t = times(50, 5);
  const work = { ...unbounded, times: t, concurrency: 8 };
  assertEquals(ideal.idealTime({ ...work, capacity: 8 }), ideal.idealTime(work));
  assertEquals(
    ideal.idealTime({ ...work, capacity: 2 }),
    ideal.idealTime({ ...work, concurrency: 2 }),
  );
});

Deno.test("without work the ideal is 0", () => {
  for (const f of [ideal.idealTime, ideal.chunkedIdeal, ideal.lowerBound]) {
    assertEquals(f({ ...unbounded, times: [], concurrency: 3 }), 0);
  }
});

Deno.test("a bound with which no work would end is named, whatever the schedule", () => {
  const work = { ...unbounded, times: [1, 2], concurrency: 1 };
  for (const places of [0, -1, 1.5, NaN]) {
    for (const f of [ideal.idealTime, ideal.chunkedIdeal]) {
      assertThrows(() => f({ ...work, concurrency: places }), RangeError, `not ${places}`);
      assertThrows(() => f({ ...work, capacity: places }), RangeError, "capacity");
    }
  }
});

Deno.test("what is expected before a run counts arrivals of a path as the origin does", () => {
  const config = { median: 40, sigma: 0.5, handshake: 10, capacity: Infinity };
  const paths = ["/a", "/b", "/a"];
  const [a1, b1, a2] = [
    draw(3, "/a", 1, config),
    draw(3, "/b", 1, config),
    draw(3, "/a", 2, config),
  ];
  assertEquals(ideal.drawn(paths, 3, config), [a1, b1, a2]);
  assertEquals(
    ideal.expected({ concurrency: 1, connections: "kept" }, paths, 3, config),
    10 + a1 + b1 + a2,
  );
});

Deno.test("Erlang C at c = 10, λ = 80/s, μ = 10/s: 0.4092 wait, 20.46 ms on average", () => {
  const { wait, mean } = ideal.erlangC(10, 80, 10);
  assertAlmostEquals(wait, 0.4092, 5e-5);
  assertAlmostEquals(mean * 1000, 20.46, 5e-3);
  // One server: P(wait) is the load (M/M/1).
  assertAlmostEquals(ideal.erlangC(1, 3, 10).wait, 0.3, 1e-12);
  assertThrows(() => ideal.erlangC(10, 100, 10), RangeError, "100");
  assertThrows(
    () => ideal.erlangC(0, 1, 10),
    RangeError,
    "erlangC: c must be a whole number from 1 up, not 0",
  );
});

Deno.test("the closed forms of queueing agree with each other", () => {
  // At the knee K places are just busy: by Little, throughput K/S times residence D + S.
  assertAlmostEquals(ideal.knee(8, 30, 20), ideal.meanInFlight(8 / 20, 50), 1e-12);
  assertAlmostEquals(ideal.scalability(16, 100, 0, 0), 1600, 1e-9);
  assertAlmostEquals(ideal.scalability(1, 100, 0.1, 0.01), 100, 1e-9);
  // The mean of a lognormal is median · exp(σ²/2).
  assertAlmostEquals(ideal.sigmaOf(45 * Math.exp(0.4 ** 2 / 2), 45), 0.4, 1e-12);
  assertThrows(() => ideal.sigmaOf(1, 2), RangeError);
});

Deno.test("an origin with a rate lets in the burst, then one every 1/rate, and answers the last", () => {
  const times = [30, 20, 40, 20];
  const bound = (rate: number, burst: number) =>
    ideal.rateBound({ times, handshake: 5 }, { rate, burst });
  assertEquals(bound(10, 1), 5 + 3 * 100 + 20);
  assertEquals(bound(10, 3), 5 + 100 + 20);
  assertEquals(bound(10, 9), 5 + 20);
  assertEquals(bound(Infinity, 1), 5 + 20);
  assertEquals(ideal.rateBound({ times: [], handshake: 5 }, { rate: 1, burst: 1 }), 0);
});
