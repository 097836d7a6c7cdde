/** A strategy in this process: how it ends, well and otherwise. */
import {
  assert,
  assertEquals,
  assertGreater,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { blocking } from "../../lib/client/blocking.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent, naiveAwaitInLoop, pool, sequential } from "../../lib/strategies/mod.ts";
import type { SampleColumns } from "../../lib/trial/samples.ts";
import type { Strategy } from "../../lib/trial/strategy.ts";
import { tight } from "../client/tight.ts";
import { ok, run } from "./faulty_run.ts";

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
        () => run(each, paths, { deadline: 2000, onSample }),
        RequestError,
        "GET /hang: no answer within 2000 ms",
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

tight("a strategy may deal with a failure itself: then it is a sample like any other", async () => {
  const patient: Strategy = (paths, get) =>
    Promise.all(paths.map((path) => get(path).then(({ name }) => name, (error) => error.kind)));
  const { results, samples } = await run(variant(patient, keptAlive), ["/ok/a", "/status/404"]);
  assertEquals(results, ["a", "status"]);
  assertEquals(samples.error, ["", "status"]);
});

tight("a strategy asks with the trial's method, or its own", async () => {
  const head = await run(variant(concurrent, keptAlive), ok(4), { method: "HEAD" });
  assertEquals([head.results, head.samples.bytes], [ok(4), [0, 0, 0, 0]]);
  const get: Strategy = (paths, get) =>
    Promise.all(paths.map(async (path) => (await get(path, { method: "GET" })).name));
  assertEquals((await run(variant(get, keptAlive), ok(2), { method: "HEAD" })).results, ["0", "1"]);
});
