/** A strategy in this process: what it gives, what it costs, and the mistakes it may hold. */
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { blocking } from "../../lib/client/blocking.ts";
import { fresh } from "../../lib/client/fresh.ts";
import { keptAlive } from "../../lib/client/kept_alive.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { type Task, type Variant, variant } from "../../lib/runners/variant.ts";
import { concurrent, naiveAwaitInLoop, pool, sequential } from "../../lib/strategies/mod.ts";
import type { SampleColumns } from "../../lib/trial/samples.ts";
import type { BlockingStrategy, Strategy } from "../../lib/trial/strategy.ts";
import { FaultyServer } from "../client/faulty_server.ts";
import { tight } from "../client/tight.ts";

const ok = (n: number) => Array.from({ length: n }, (_, i) => `/ok/${i}`);

/** Runs a variant on a faulty server; nothing is connected to that afterwards. */
async function run(
  variant: Variant,
  paths: readonly string[],
  task: Partial<Task> = {},
) {
  using server = await FaultyServer.start();
  const origin = server.url;
  const signal = new AbortController().signal;
  const defaults = { origin, paths, method: "GET" as const, deadline: 30_000, signal };
  try {
    const run = await variant.run({ ...defaults, onSample: () => {}, ...task });
    return { ...run, seen: await server.seen() };
  } finally {
    await server.deserted();
  }
}

const all = [
  variant(naiveAwaitInLoop, keptAlive),
  variant(concurrent, fresh),
  variant(pool(3), keptAlive),
  variant(sequential, blocking(keptAlive)),
];

for (const each of all) {
  tight(`${each.name}: no paths, one, and one twice`, async () => {
    const none = await run(each, []);
    assertEquals([none.results, none.samples.path, none.makespan], [[], [], 0]);
    assertEquals([none.costs.sockets, none.costs.peakInFlight, none.seen.requests], [0, 0, 0]);
    const one = await run(each, ["/ok/a"]);
    assertEquals([one.results, one.seen.requests], [["a"], 1]);
    assertGreater(one.makespan, 0);
    const twice = await run(each, ["/pieces", "/pieces"]);
    assertEquals([twice.results, twice.samples.k], [["Flabébé", "Flabébé"], [1, 2]]);
  });

  for (const bad of ["/status/404", "/status/429", "/status/500", "/text", "/reset", "/short"]) {
    tight(`${each.name}: ${bad} ends it with the error that names its request`, async () => {
      const paths = [...ok(3), bad, ...ok(3)];
      await assertRejects(() => run(each, paths), RequestError, `GET ${bad}: `);
    });
  }

  tight(
    `${each.name}: a request that hangs ends it at its deadline, and the others with it`,
    async () => {
      const kinds: string[] = [];
      const onSample = (samples: SampleColumns, row: number) => kinds.push(samples.error[row]);
      const paths = ["/ok/1", "/hang", "/stuck", "/hang"];
      await assertRejects(
        () => run(each, paths, { deadline: 250, onSample }),
        RequestError,
        "GET /hang: no answer within 250 ms",
      );
      // None is still waited for: each that was sent has its end.
      assertEquals(kinds[0], "");
      assert(kinds.includes("timeout") && !kinds.slice(1).includes(""), String(kinds));
    },
  );

  tight(
    `${each.name}: a signal aborted before it begins is its end, and nothing is asked for`,
    async () => {
      const signal = AbortSignal.abort(new Error("not now"));
      const asked: number[] = [];
      const onSample = (_: SampleColumns, row: number) => asked.push(row);
      await assertRejects(() => run(each, ok(3), { signal, onSample }), Error, "not now");
      assertEquals(asked, []);
    },
  );

  tight(
    `${each.name}: aborted from the sample hook, it ends with the signal's reason`,
    async () => {
      const controller = new AbortController();
      const reason = new Error("enough");
      const onSample = () => controller.abort(reason);
      const paths = [...ok(1), "/slow/300", "/slow/300", "/slow/300", ...ok(10)];
      const error = await assertRejects(() =>
        run(each, paths, { signal: controller.signal, onSample })
      );
      assertStrictEquals(error, reason);
    },
  );

  tight(`${each.name}: an error of the sample hook is its end`, async () => {
    const onSample = () => {
      throw new Error("the hook fails");
    };
    await assertRejects(() => run(each, ok(5), { onSample }), Error, "the hook fails");
  });
}

tight("an abort in the middle cancels what is in flight", async () => {
  const controller = new AbortController();
  const kinds: string[] = [];
  const onSample = (samples: SampleColumns, row: number) => kinds.push(samples.error[row]);
  const strategy: Strategy = (paths, get) => {
    setTimeout(() => controller.abort(), 20);
    return concurrent(paths, get);
  };
  await assertRejects(
    () =>
      run(variant(strategy, keptAlive), ["/hang", "/hang"], {
        ...{ signal: controller.signal, onSample },
      }),
    DOMException,
    "aborted",
  );
  assertEquals(kinds, ["abort", "abort"]);
});

const mistakes: [string, Strategy, RegExp][] = [
  ["an await forgotten", (paths, get) => {
    const names = paths.map((path) => (get(path) as unknown as { name: string }).name);
    return Promise.resolve(names);
  }, /returned with 6 requests still in flight: is an await missing\?/],
  [
    "a Promise.all forgotten",
    (paths, get) => Promise.resolve(paths.map(async (path) => (await get(path)).name)),
    /returned with 6 requests still in flight/,
  ],
  ["forEach with async", async (paths, get) => {
    const names: string[] = [];
    paths.forEach(async (path) => names.push((await get(path)).name));
    return await Promise.resolve(names);
  }, /returned with 6 requests still in flight/],
  ["promises that are over returned as they are", async (paths, get) => {
    const answers = paths.map((path) => get(path));
    await Promise.all(answers);
    return answers;
  }, /result 0 of the strategy is a Promise: is an await missing\?/],
  ["a result too few", async (paths, get) => {
    return (await concurrent(paths, get)).slice(1);
  }, /returned 5 results for 6 paths/],
  ["nothing returned", async (paths, get) => {
    await concurrent(paths, get);
    return undefined as never;
  }, /returned undefined: it is to return a list with a result for each path/],
  ["an error of its own at once", () => {
    throw new RangeError("mine");
  }, /^mine$/],
  ["an error of its own in the middle", async (paths, get) => {
    const others = paths.slice(1).map(async (path) => (await get(path)).name);
    await get(paths[0]);
    throw new RangeError(`mine, not ${others.length} others'`);
  }, /^mine, not 5 others'$/],
];

for (const [mistake, strategy, message] of mistakes) {
  tight(`a strategy with ${mistake} is told so, and nothing goes on behind it`, async () => {
    const paths = [...ok(1), "/slow/20", "/slow/40", "/hang", ...ok(2)];
    const harmless = /forgotten|forEach|own/.test(mistake) ? paths : ok(6);
    const error = await assertRejects(() => run(variant(strategy, keptAlive), harmless), Error);
    assert(message.test(error.message), error.message);
  });
}

tight(
  "a failure that the strategy has not come to await yet ends the trial, not the program",
  async () => {
    const strategy: Strategy = async (paths, get) => {
      const answers = paths.map(async (path) => (await get(path)).name);
      const names: string[] = [];
      for (const answer of answers) names.push(await answer);
      return names;
    };
    const paths = ["/slow/300", "/status/404", "/slow/300"];
    await assertRejects(
      () => run(variant(strategy, keptAlive), paths),
      RequestError,
      "GET /status/404: 404 Not Found",
    );
  },
);

tight("a strategy may deal with a failure itself: then it is a sample like any other", async () => {
  const patient: Strategy = (paths, get) =>
    Promise.all(paths.map((path) => get(path).then(({ name }) => name, (error) => error.kind)));
  const { results, samples } = await run(variant(patient, keptAlive), ["/ok/a", "/status/404"]);
  assertEquals(results, ["a", "status"]);
  assertEquals(samples.error, ["", "status"]);
});

tight("a blocking client refuses a strategy that awaits, and says what to do", async () => {
  const strategy = naiveAwaitInLoop as unknown as BlockingStrategy;
  await assertRejects(
    () => run(variant(strategy, blocking(keptAlive)), ok(2)),
    TypeError,
    "returned a Promise",
  );
});

tight("a strategy asks with the trial's method, or its own", async () => {
  const head = await run(variant(concurrent, keptAlive), ok(4), { method: "HEAD" });
  assertEquals([head.results, head.samples.bytes], [ok(4), [0, 0, 0, 0]]);
  const get: Strategy = (paths, get) =>
    Promise.all(paths.map(async (path) => (await get(path, { method: "GET" })).name));
  assertEquals((await run(variant(get, keptAlive), ok(2), { method: "HEAD" })).results, ["0", "1"]);
});

tight(
  "the stall of blocking is its makespan, and that of awaiting is next to nothing",
  async () => {
    const paths = Array.from({ length: 10 }, () => "/slow/30");
    const blocked = await run(variant(sequential, blocking(keptAlive)), paths);
    const awaited = await run(variant(naiveAwaitInLoop, keptAlive), paths);
    assertGreater(blocked.costs.stall, 0.99 * blocked.makespan);
    assertLess(awaited.costs.stall, 0.5 * blocked.costs.stall);
    assertGreater(blocked.startUp, 0);
    assertEquals(awaited.startUp, 0);
  },
);

tight("a strategy that computes for long shows as stall, also after its last answer", async () => {
  const spin = (ms: number) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
  };
  for (const when of ["before", "after"]) {
    const busy: Strategy = async (paths, get) => {
      if (when === "before") spin(120);
      const results = await concurrent(paths, get);
      if (when === "after") spin(120);
      return results;
    };
    const { costs } = await run(variant(busy, keptAlive), ok(3));
    assertGreater(costs.stall, 100);
  }
});

tight("costs and times are told in full", async () => {
  const { costs, opened, makespan, samples } = await run(variant(pool(2), fresh), ok(6));
  assertEquals([costs.sockets, costs.peakInFlight, costs.measuredIn], [6, 2, "caller's process"]);
  assertGreater(costs.peakMemory, 1e6);
  assertGreater(costs.cpuUser + costs.cpuSystem, 0);
  for (const start of samples.start) assert(start >= opened);
  for (const end of samples.end) assert(end <= opened + makespan);
});
