/** What the origin refuses, delays and spoils on purpose. */
import { assert, assertAlmostEquals, assertEquals, assertLessOrEqual } from "@std/assert";
import { draw, SLOW } from "../../lib/origin/draw.ts";
import { drawFault, type Fault, FAULTS, type Faults } from "../../lib/origin/faults.ts";
import { RateLimit } from "../../lib/origin/rate_limit.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { ask, keeping, timing } from "./ask.ts";

const paths = Array.from({ length: 60 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const quick = { median: 2, sigma: 0.4, handshake: 0 };

Deno.test("over its rate the origin answers 429, says when to come back, and counts them", async () => {
  await using origin = await startOrigin({ ...quick, rate: 0.05, burst: 3 });
  await origin.begin(1);
  const begun = performance.now();
  const answers = [];
  for (const path of paths.slice(0, 5)) answers.push(await ask(origin.url + path));
  assertEquals(answers.map(({ status }) => status), [200, 200, 200, 429, 429]);
  const last = answers[4].headers;
  // Of the 20 s until there is another token, some have gone by.
  const seconds = String(last["retry-after"]);
  assert(+seconds <= 20 && +seconds >= 20 - (performance.now() - begun) / 1000, seconds);
  assertEquals(last["ratelimit-policy"], '"default";q=1;w=20;lab-burst=3');
  assertEquals(last["ratelimit"], `"default";r=0;t=${seconds}`);
  assert(/^"default";r=2;t=\d+$/.test(String(answers[0].headers["ratelimit"])));
  const report = await origin.end();
  assertEquals(report.statuses, { 200: 3, 429: 2 });
  assertEquals([report.refused, report.requests], [{ rate: 2, queue: 0 }, 5]);
  // A new trial finds the bucket full.
  await origin.begin(1);
  assertEquals((await ask(origin.url + paths[0])).status, 200);
});

Deno.test("who was refused before meets the draws of one who was not", async () => {
  await using origin = await startOrigin({ ...quick, rate: 1, burst: 1 });
  await origin.begin(7);
  const first = await ask(origin.url + paths[0]);
  let again = await ask(origin.url + paths[0]);
  let refused = 0;
  while (again.status === 429) {
    refused++;
    await new Promise((resolve) => setTimeout(resolve, 100));
    again = await ask(origin.url + paths[0]);
  }
  assert(refused > 0);
  assertEquals([timing(first).k, timing(again).k], [1, 2]);
  assertEquals(timing(again).drawn, draw(7, paths[0], 2, quick));
});

Deno.test("a rate limit's tokens come back while nobody asks, and never more than its burst", () => {
  const limit = new RateLimit({ rate: 10, burst: 4 });
  const admitted = (now: number) =>
    Array.from({ length: 9 }).filter(() => limit.admits(now)).length;
  assertEquals([admitted(0), admitted(0), admitted(250), admitted(100_000)], [4, 0, 2, 4]);
  assertEquals(limit.retryAfter(100_000), 1);
  assertEquals(limit.headers(200_000).RateLimit, '"default";r=4;t=1');
});

Deno.test("beyond its places and its queue the origin answers 503 at once", async () => {
  await using origin = await startOrigin({
    ...quick,
    median: 600,
    sigma: 0,
    capacity: 2,
    queue: 3,
  });
  using agent = keeping();
  const nineAtOnce = async () => {
    await origin.begin(1);
    const asked = paths.slice(0, 9).map((path) => ask(origin.url + path, { agent }));
    return { answers: await Promise.all(asked), report: await origin.end() };
  };
  let { answers, report } = await nineAtOnce();
  // Where the machine stands still for as long, the first are served before the last have come.
  for (let runs = 1; runs < 10 && report.refused.queue < 4; runs++) {
    ({ answers, report } = await nineAtOnce());
  }
  assertEquals(report.refused, { rate: 0, queue: 4 });
  assertEquals(report.statuses, { 200: 5, 503: 4 });
  assertEquals(answers.filter(({ headers }) => headers["retry-after"] === "1").length, 4);
  assertEquals(report.peakInFlight, 6); // one that is refused is gone at once
});

Deno.test("one in n takes ten times as long, the same ones for everybody", () => {
  const latency = { median: 40, sigma: 0.3 };
  const ratios = Array.from({ length: 5000 }, (_, i) => {
    const slow = draw(3, `/${i}`, 1, { ...latency, slowOneIn: 20 });
    return slow / draw(3, `/${i}`, 1, latency);
  });
  const slow = ratios.filter((ratio) => ratio > 2);
  assertAlmostEquals(slow.length / 5000, 1 / 20, 0.01);
  for (const ratio of slow) assertAlmostEquals(ratio, SLOW, 0.3);
  assertEquals(ratios.filter((ratio) => ratio === 1).length, 5000 - slow.length);
});

Deno.test("faults are drawn in the shares asked for, by seed, path and arrival alone", () => {
  const faults: Faults = { "503": 0.1, reset: 0.05, stall: 0.02 };
  const drawn = Array.from(
    { length: 10_000 },
    (_, i) => drawFault(faults, 5, `/${i % 500}`, 1 + i),
  );
  for (const name of FAULTS) {
    const share = drawn.filter((fault) => fault === name).length / drawn.length;
    assertAlmostEquals(share, faults[name] ?? 0, 0.01, name);
  }
  const again = Array.from(
    { length: 10_000 },
    (_, i) => drawFault(faults, 5, `/${i % 500}`, 1 + i),
  );
  assertEquals(again, drawn);
  assertEquals(drawFault({}, 5, "/1", 1), null);
});

/** What a client that hangs up after a second sees of each fault. */
const SEEN: Record<Fault, (answer: { status: number; body: string } | Error) => boolean> = {
  "500": (answer) => "status" in answer && answer.status === 500,
  "503": (answer) => "status" in answer && answer.status === 503,
  reset: (answer) => answer instanceof Error && /hang up|reset/i.test(answer.message),
  stall: (answer) => answer instanceof Error && answer.name.includes("Abort"),
  truncated: (answer) => answer instanceof Error,
  malformed: (answer) => "status" in answer && answer.status === 200 && !isJson(answer.body),
  "slow-body": (answer) => "status" in answer && isJson(answer.body),
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

for (const fault of FAULTS) {
  Deno.test(`the fault ${fault} is what a client sees, and what the origin counts`, async () => {
    await using origin = await startOrigin({ ...quick, faults: { [fault]: 1 } });
    await origin.begin(1);
    const begun = performance.now();
    // Only one of them is waited for in vain.
    const patience = fault === "stall" ? 1_000 : 60_000;
    for (const path of paths.slice(0, 3)) {
      const seen = await ask(origin.url + path, { signal: AbortSignal.timeout(patience) })
        .catch((error: Error) => error);
      assert(SEEN[fault](seen), `${path}: ${Deno.inspect(seen).slice(0, 200)}`);
    }
    if (fault === "slow-body") {
      const least = paths.slice(0, 3).map((path) => SLOW * draw(1, path, 1, quick));
      assertLessOrEqual(least.reduce((a, b) => a + b), performance.now() - begun);
    }
    const report = await origin.end();
    assertEquals(report.faults, { [fault]: 3 });
    const answered = ["reset", "stall"].includes(fault) ? 0 : 3;
    assertEquals(report.requests, answered);
    // Whatever went wrong, nothing is left behind: another trial can begin.
    await origin.begin(2);
    const head = await ask(origin.url + paths[0], {
      method: "HEAD",
      signal: AbortSignal.timeout(patience),
    })
      .catch((error: Error) => error);
    const spoils = ["truncated", "malformed", "slow-body"].includes(fault);
    if (spoils) assert("status" in head && head.status === 200, "a HEAD has no body to spoil");
  });
}
