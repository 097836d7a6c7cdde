// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { readServerTiming } from "../../lib/client/finish_sample.ts";
import { dispatchSample, emptySamples } from "../../lib/trial/samples.ts";

function read(header: string) {
  const samples = emptySamples();
  const row = dispatchSample(samples, { path: "/", k: 1, planned: 0, start: 0, attempt: 1 });
  readServerTiming(header, samples, row);
  const { k, socket, drawn, served, queue, handshake } = samples;
  return { k: k[0], socket: socket[0], times: [drawn[0], served[0], queue[0], handshake[0]] };
}

Deno.test("all that the origin says is read", () => {
  const header = 'drawn;dur=45, served;dur=45.813, queue;dur=0, handshake;dur=119, k;desc="2", ' +
    'socket;desc="17"';
  assertEquals(read(header), { k: 2, socket: 17, times: [45, 45.813, 0, 119] });
});

Deno.test("the order does not matter, and what is left out stays as it was", () => {
  assertEquals(read('k;desc="9",served;dur=1.5'), {
    k: 9,
    socket: NaN,
    times: [NaN, 1.5, NaN, NaN],
  });
});

Deno.test("metrics of others are passed over, even where a name ends alike", () => {
  const unknown = { k: 1, socket: NaN, times: [NaN, NaN, NaN, NaN] };
  assertEquals(read(""), unknown);
  assertEquals(read('cfCacheStatus;desc="HIT", cfEdge;dur=4'), unknown);
  assertEquals(read("unserved;dur=7, requeue;dur=1"), unknown);
  assertEquals(read("unserved;dur=7, served;dur=2"), { ...unknown, times: [NaN, 2, NaN, NaN] });
  assertEquals(read("served;dur=, queue;dur=soon"), unknown);
});
