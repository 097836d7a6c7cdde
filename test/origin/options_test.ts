import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { resolveOptions } from "../../lib/origin/options.ts";
import { type OriginOptions, startOrigin } from "../../lib/origin/start.ts";

Deno.test("an origin that is told nothing has the article's scale, on loopback", () => {
  assertEquals(resolveOptions({}), {
    port: 0,
    host: "127.0.0.1",
    config: {
      seed: 1,
      median: 45,
      sigma: 0.4,
      handshake: 119,
      capacity: Infinity,
      queue: Infinity,
      rate: Infinity,
      burst: 1,
      slowOneIn: Infinity,
      faults: {},
      payload: "slim",
      replay: null,
    },
  });
  assertEquals(resolveOptions({ seed: undefined, median: 5 }).config.seed, 1);
});

Deno.test("a value out of range is refused with its name and itself", () => {
  const wrong: [OriginOptions, string][] = [
    [{ port: 65536 }, "port must be a whole number from 0 to 65,535, not 65536"],
    [{ port: -1 }, "port must be a whole number from 0 to 65,535, not -1"],
    [{ seed: 1.5 }, "seed must be a whole number from 0 up, not 1.5"],
    [{ seed: 2 ** 53 }, "seed must be a whole number from 0 up, not 9007199254740992"],
    [{ median: -1 }, "median must be a number of ms from 0 up, not -1"],
    [{ median: Infinity }, "median must be a number of ms from 0 up, not Infinity"],
    [{ sigma: NaN }, "sigma must be a number from 0 up, not NaN"],
    [{ handshake: 0.5 }, "handshake must be a whole number of ms from 0 up, not 0.5"],
    [{ capacity: 0 }, "capacity must be a whole number from 1 up, or Infinity, not 0"],
    [{ queue: -1 }, "queue must be a whole number from 0 up, or Infinity, not -1"],
    [{ rate: 0 }, "rate must be a number above 0, or Infinity, not 0"],
    [{ burst: Infinity }, "burst must be a whole number from 1 up, not Infinity"],
    [{ slowOneIn: 0.5 }, "slowOneIn must be a whole number from 1 up, or Infinity, not 0.5"],
    [
      { faults: { reset: 0.6, stall: 0.5 } },
      "faults must be shares from 0 to 1, together at most 1",
    ],
    [{ faults: { reset: -0.1 } }, "faults must be shares from 0 to 1"],
    [{ faults: { fire: 0.1 } as object }, "faults must be shares from 0 to 1"],
    [{ payload: "tiny" as "slim" }, 'payload must be "full" or "slim", not "tiny"'],
  ];
  for (const [options, message] of wrong) {
    assertThrows(() => resolveOptions(options), RangeError, message);
  }
});

Deno.test("a value of the wrong type, and an option that does not exist, are TypeErrors", () => {
  const wrong: [unknown, string][] = [
    [{ port: "80" }, 'port must be a whole number from 0 to 65,535, not "80"'],
    [{ median: null }, "median must be a number of ms from 0 up, not null"],
    [{ host: 7 }, "host must be text that is not empty, not 7"],
    [
      { latency: 5 },
      "startOrigin: latency is not an option; the options are port, host, seed, median, sigma, handshake, " +
      "capacity, queue, rate, burst, slowOneIn, faults, payload and replay",
    ],
  ];
  for (const [options, message] of wrong) {
    assertThrows(() => resolveOptions(options as OriginOptions), TypeError, message);
  }
});

Deno.test("startOrigin refuses a wrong option before anything runs", async () => {
  await assertRejects(() => startOrigin({ median: -3 }), RangeError, "median");
});

Deno.test("a trial's seed is checked as an origin's is", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  await assertRejects(() => origin.begin(-1), RangeError, "seed must be a whole number");
  await assertRejects(() => origin.begin("1" as unknown as number), TypeError, "seed must be");
});
