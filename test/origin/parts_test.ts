// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals } from "@std/assert";
import { at } from "../../lib/ground/deadline.ts";
import { resolveOptions } from "../../lib/origin/options.ts";
import { Slots } from "../../lib/origin/slots.ts";
import { Tally } from "../../lib/origin/tally.ts";

Deno.test("slots are given first come, first served, to as many as there are", () => {
  const slots = new Slots(2);
  const had: string[] = [];
  for (const name of ["a", "b", "c", "d"]) slots.take(0, (now) => had.push(`${name}${now}`));
  assertEquals(had, ["a0", "b0"]);
  slots.give(5);
  assertEquals(had, ["a0", "b0", "c5"]);
  slots.give(7);
  slots.give(8);
  slots.give(9);
  slots.take(10, (now) => had.push(`e${now}`));
  slots.take(10, (now) => had.push(`f${now}`));
  slots.take(10, (now) => had.push(`g${now}`));
  assertEquals(had, ["a0", "b0", "c5", "d7", "e10", "f10"]);
});

Deno.test("whoever leaves the queue is passed over", () => {
  const slots = new Slots(1);
  const had: string[] = [];
  slots.take(0, () => had.push("a"));
  const leaving = slots.take(0, () => had.push("b"));
  slots.take(0, () => had.push("c"));
  leaving.cancel();
  slots.give(1);
  assertEquals(had, ["a", "c"]);
});

Deno.test("without a bound nobody waits for a slot", () => {
  const slots = new Slots(Infinity);
  let had = 0;
  for (let i = 0; i < 10_000; i++) slots.take(i, () => had++);
  assertEquals(had, 10_000);
});

Deno.test("a deadline calls back when its time has come and never before", async () => {
  const from = performance.now();
  const early: number[] = [];
  await Promise.all(Array.from({ length: 200 }, (_, i) => {
    const due = from + i / 10;
    return new Promise<void>((resolve) =>
      at(due, (now) => {
        if (now < due || performance.now() < due) early.push(now - due);
        resolve();
      })
    );
  }));
  assertEquals(early, []);
});

Deno.test("a deadline that was called off stays silent", async () => {
  let called = false;
  at(performance.now() + 2, () => called = true).cancel();
  await new Promise<void>((resolve) => at(performance.now() + 6, () => resolve()));
  assert(!called);
});

Deno.test("a tally of nothing reports zeros", () => {
  const { config } = resolveOptions({});
  assertEquals(new Tally(8).report(config, 4096), {
    config,
    seed: 8,
    requests: 0,
    sockets: 0,
    peakInFlight: 0,
    queueWait: 0,
    lateness: { mean: 0, max: 0 },
    statuses: {},
    refused: { rate: 0, queue: 0 },
    faults: {},
    bytes: 0,
    backlog: 4096,
  });
});
