/** What is asked again, how often, and after how long. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertThrows,
} from "@std/assert";
import { AwaitingClient } from "../../lib/client/awaiting.ts";
import { blocking } from "../../lib/client/blocking.ts";
import { NEVER } from "../../lib/client/again.ts";
import type { Client, Ended } from "../../lib/client/client.ts";
import { keptAlive } from "../../lib/client/library_clients.ts";
import { type Failure, RequestError } from "../../lib/client/request_error.ts";
import { retryAfterMs } from "../../lib/limits/retry_after.ts";
import { retrying, type RetryOptions } from "../../lib/limits/retrying.ts";
import { emptySamples } from "../../lib/trial/samples.ts";
import type { Method } from "../../lib/trial/plan.ts";
import { FaultyServer } from "../client/faulty_server.ts";
import { inVirtualTime } from "./fake_time.ts";

/** What goes wrong with an attempt; `null`: nothing. */
type Fate = { kind: Failure; status?: number; retryAfter?: string } | null;

/** A client whose n-th attempt for a path meets the n-th fate, each after 10 ms. */
function fated(
  fates: (path: string, attempt: number) => Fate,
  sleep: (ms: number) => Promise<void>,
) {
  const attempts = new Map<string, number>();
  const at: number[] = [];
  const transport = {
    ...{ sockets: 1, inFlight: 0, peakInFlight: 1 },
    send(path: string, method: Method, onEnd: (ended: Ended) => void) {
      const n = (attempts.get(path) ?? 0) + 1;
      attempts.set(path, n);
      at.push(performance.now());
      sleep(10).then(() => {
        const fate = fates(path, n);
        const error = fate && new RequestError(fate.kind, method, path, fate.kind, fate);
        const ending = { status: 0, bytes: 0, timing: "" };
        onEnd({ path, method, ...ending, error, document: () => ({ name: path }) });
      });
    },
    close: () => Promise.resolve(),
  };
  const client: Client = {
    ...{ name: "kept", connections: "kept" },
    open: (opening) => new AwaitingClient(opening, transport),
  };
  return { client, at };
}

/** Opens a retrying client over fates, asks for the paths together, and says what came of each. */
function run(
  fates: (path: string, attempt: number) => Fate,
  paths: readonly string[],
  options: RetryOptions = {},
  method = "GET",
) {
  return inVirtualTime(async (clock) => {
    const { client, at } = fated(fates, (ms) => clock.sleep(ms));
    const samples = emptySamples();
    const opening = {
      origin: "",
      connections: Infinity,
      deadline: 1,
      samples,
      onSample: () => {},
      again: NEVER,
    };
    const open = retrying(client, options).open(opening);
    const outcomes = await Promise.all(
      paths.map((path) =>
        open.get(path, { method: method as "GET" }).then(({ name }) => name, (error) => error)
      ),
    );
    assertEquals(open.inFlight, 0);
    return { outcomes, at, attempts: samples.attempt };
  });
}

const always = (fate: Fate) => () => fate;
const once = (fate: Fate) => (_: string, attempt: number) => attempt === 1 ? fate : null;

Deno.test("what may pass is asked again, and every attempt is a sample with its number", async () => {
  const passing: Fate[] = [
    ...[408, 425, 429, 500, 502, 503, 504].map((status) => ({ kind: "status" as const, status })),
    ...(["network", "timeout", "decode"] as const).map((kind) => ({ kind })),
  ];
  for (const fate of passing) {
    const { outcomes, attempts } = await run(once(fate), ["/a"]);
    assertEquals([outcomes, attempts], [["/a"], [1, 2]], JSON.stringify(fate));
  }
});

Deno.test("what will not pass, and what may do harm twice, is not asked again", async () => {
  const lasting: Fate[] = [
    ...[301, 400, 401, 404, 410, 501].map((status) => ({ kind: "status" as const, status })),
    { kind: "abort" },
  ];
  for (const fate of lasting) {
    const { outcomes, attempts } = await run(always(fate), ["/a"]);
    assertInstanceOf(outcomes[0], RequestError);
    assertEquals(attempts, [1], JSON.stringify(fate));
  }
  const { attempts } = await run(always({ kind: "network" }), ["/a"], {}, "POST");
  assertEquals(attempts, [1]);
});

Deno.test("it gives up after so many attempts, with an error that names the request and says so", async () => {
  const { outcomes, attempts } = await run(always({ kind: "status", status: 503 }), ["/a"], {
    attempts: 3,
  });
  assertEquals(attempts, [1, 2, 3]);
  assertEquals(outcomes[0].message, "GET /a: status, after 3 attempts");
  assertEquals([outcomes[0].status, outcomes[0].cause instanceof RequestError], [503, true]);
});

Deno.test("retries stay within their budget, and those beyond it are told why they fail", async () => {
  for (const [n, budget, most] of [[400, 0.2, 80], [20, 0.2, 10], [50, 0, 10], [30, 1, 30]]) {
    const paths = Array.from({ length: n }, (_, i) => `/${i}`);
    const { outcomes, attempts } = await run(
      always({ kind: "network" }),
      paths,
      { attempts: 50, budget },
    );
    assertEquals(attempts.filter((attempt) => attempt > 1).length, most);
    assert(outcomes.every(({ message }) => message.includes("the budget of")), outcomes[0].message);
  }
});

Deno.test("waits are drawn from 0 to twice as much each time, up to the cap; without jitter they are that", async () => {
  const options = { attempts: 9, budget: Infinity, base: 100, cap: 1000 };
  const most = [100, 200, 400, 800, 1000, 1000, 1000, 1000];
  const waits = ({ at }: { at: number[] }) => at.slice(1).map((ms, i) => ms - at[i] - 10);
  const plain = await run(always({ kind: "network" }), ["/a"], { ...options, jitter: "none" });
  assertEquals(waits(plain), most);
  const sums = most.map(() => 0);
  for (let seed = 0; seed < 300; seed++) {
    const drawn = waits(await run(always({ kind: "network" }), ["/a"], { ...options, seed }));
    drawn.forEach((wait, i) => {
      assert(wait >= 0 && wait <= most[i] + 1, `${wait} of ${most[i]}`);
      sums[i] += wait / most[i] / 300;
    });
  }
  for (const mean of sums) assertAlmostEquals(mean, 0.5, 0.06);
});

Deno.test("a Retry-After is heeded however long it is, with the jitter on top", async () => {
  const fate = once({ kind: "status", status: 429, retryAfter: "3600" });
  const wait = async (options: RetryOptions) => {
    const { at } = await run(fate, ["/a"], options);
    return at[1] - at[0] - 10;
  };
  assertEquals(await wait({ jitter: "none", cap: 50 }), 3_600_000);
  const jittered = await wait({ base: 100 });
  assert(jittered >= 3_600_000 && jittered <= 3_600_101, String(jittered));
});

Deno.test("a Retry-After is seconds or a date, and what is neither says nothing", () => {
  const now = Date.parse("2026-11-26T12:00:00Z");
  assertEquals(retryAfterMs("2", now), 2000);
  assertEquals(retryAfterMs(" 0 ", now), 0);
  assertEquals(retryAfterMs("Thu, 26 Nov 2026 12:00:07 GMT", now), 7000);
  assertEquals(retryAfterMs("Thu, 26 Nov 2026 11:00:00 GMT", now), 0);
  for (const nothing of ["", "soon", "-3", "1.5", "1e3", "Thu, nonsense"]) {
    assertEquals(retryAfterMs(nothing, now), NaN, nothing);
  }
});

Deno.test("closed while it waits, it asks for nothing more and leaves no timer", async () => {
  await inVirtualTime(async (clock) => {
    const { client, at } = fated(always({ kind: "network" }), (ms) => clock.sleep(ms));
    const samples = emptySamples();
    const opening = {
      origin: "",
      connections: 1,
      deadline: 1,
      samples,
      onSample: () => {},
      again: NEVER,
    };
    const open = retrying(client, { base: 1e6, jitter: "none" }).open(opening);
    let settled = false;
    open.get("/a").finally(() => settled = true).catch(() => {});
    await clock.sleep(500);
    assertEquals([open.inFlight, at.length], [1, 1]);
    await open.close(new Error("over"));
    assertEquals(open.inFlight, 0);
    await clock.sleep(2e6);
    assertEquals([at.length, settled], [1, false]);
  });
});

Deno.test("a client that blocks waits with its thread, and each attempt is a sample with its number", async () => {
  using server = await FaultyServer.start();
  const client = retrying(blocking(keptAlive), { attempts: 3, base: 1 });
  const prepared = await client.prepare();
  const heard: number[] = [];
  const samples = emptySamples();
  const onSample = (_: unknown, row: number) => void heard.push(samples.attempt[row]);
  const opening = { origin: server.url, connections: 1, deadline: 30_000, samples, onSample };
  const used = prepared.open({ ...opening, again: NEVER });
  assertEquals(used.get("/ok/a"), { name: "a" });
  assertThrows(() => used.get("/status/404"), RequestError, "GET /status/404: 404");
  assertThrows(() => used.get("/status/503"), RequestError, "Unavailable, after 3 attempts");
  assertEquals([samples.attempt, heard], [[1, 1, 1, 2, 3], [1, 1, 1, 2, 3]]);
  assertEquals([client.name, client.connections], ["kept+retries", "kept"]);
  prepared.close();
  await server.deserted();
});

Deno.test("an option that is wrong is refused by its name", () => {
  const client = fated(always(null), () => Promise.resolve()).client;
  const wrong: [unknown, string][] = [
    [{ attempts: 0 }, "attempts must be a whole number from 1 up"],
    [{ budget: -1 }, "budget must be a number from 0 up, or Infinity"],
    [{ jitter: "some" }, 'jitter must be "full" or "none"'],
    [{ tries: 3 }, "tries is not an option"],
  ];
  for (const [options, words] of wrong) {
    assertThrows(() => retrying(client, options as RetryOptions), Error, `retrying: ${words}`);
  }
  assertThrows(
    () => retrying(7 as never),
    TypeError,
    "retrying: client must be a client, such as keptAlive or blocking(keptAlive), not 7",
  );
});
