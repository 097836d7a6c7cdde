/** A host is asked politely: by leave, one at a time, with pauses, no more than agreed, by name. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { record, type RecordOptions } from "../../lib/recording/record.ts";
import { type Answers, folder, liveHost, sendJson } from "./live_host.ts";

const answers: Answers = { "/": ({ path }, response) => sendJson(response, { name: path }) };

Deno.test("polite: nobody asks a host that is not this machine unless somebody agreed", async () => {
  using at = folder();
  const options = { folder: at.path, progress: () => {}, ids: [1, 2], deadline: 5_000 };
  const url = "https://api.example.invalid:8443/items/{id}";
  const refused = await assertRejects(() => record({ ...options, url }), Error);
  assertEquals(
    refused.message,
    "record: nobody has agreed to ask api.example.invalid:8443, which is not this machine. Where its " +
      "terms of use allow 7 requests, one at a time, 1 s apart, write " +
      'agreed: ["api.example.invalid:8443"]',
  );
  // Not this machine's loopback, and no name that somebody would have to look up.
  const near = "http://0.0.0.0:1/items/{id}";
  for (const agreed of [["0.0.0.0:1"], ["0.0.0.0"]]) {
    const asked = await assertRejects(() => record({ ...options, url: near, agreed }), Error);
    assert(asked.message.startsWith("record: GET http://0.0.0.0:1/items/1 failed"), asked.message);
  }
  const others = ["example.invalid", "https://api.example.invalid"];
  await assertRejects(
    () => record({ ...options, url, agreed: others }),
    Error,
    "nobody has agreed",
  );
});

Deno.test("polite: recordings that are begun at once ask one after the other, with pauses", async () => {
  using at = folder();
  let [inFlight, peak] = [0, 0];
  await using host = await liveHost({
    "/": (_, response) => {
      peak = Math.max(peak, ++inFlight);
      setTimeout(() => {
        inFlight--;
        sendJson(response, {});
      }, 5);
    },
  });
  const pause = 40;
  await Promise.all(
    ["a", "b", "c"].map((name) =>
      record({
        url: `${host.url}/${name}`,
        name,
        folder: at.path,
        pause,
        times: 2,
        progress: () => {},
      })
    ),
  );
  assertEquals([host.seen.length, peak], [9, 1]);
  // From an answer on; what comes in late came in later still.
  const between = host.seen.slice(1).map(({ at }, i) => at - host.seen[i].at);
  assert(between.every((ms) => ms >= pause - 1), String(between));
});

Deno.test("polite: the lab says its name, beside that of whoever uses it", async () => {
  using at = folder();
  await using host = await liveHost(answers);
  const options = { pause: 0, times: 1, folder: at.path, progress: () => {} };
  await record({ ...options, url: `${host.url}/a` });
  await record({
    ...options,
    url: `${host.url}/b`,
    headers: { "User-Agent": "mine/2 (me@example.com)" },
  });
  const agents = host.seen.map(({ headers }) => headers["user-agent"]);
  const lab = "AwaitLab/1.0 (records latencies, one request at a time)";
  assertEquals(agents, [
    lab,
    lab,
    `mine/2 (me@example.com) ${lab}`,
    `mine/2 (me@example.com) ${lab}`,
  ]);
});

Deno.test("polite: what would be too much is refused before anything is sent", async () => {
  using at = folder();
  await using host = await liveHost(answers);
  const url = `${host.url}/{id}`;
  const ids = Array.from({ length: 67 }, (_, i) => i);
  const away = "https://api.example.com/items";
  const wrong: [RecordOptions, string][] = [
    [
      { url, ids },
      "most must be 202 or more for 67 requests, 3 times each and one to warm up, not 200",
    ],
    [{ url, ids, most: 2001 }, "most must be a whole number from 1 to 2000, not 2001"],
    [{ url, ids: [1], times: 11 }, "times must be a whole number from 1 to 10, not 11"],
    [
      { url: away, pause: 50 },
      "pause must be 200 ms or more for a host that is not this machine, not 50",
    ],
    [{ url: `${host.url}/`, next: () => null, pages: 70 }, "most must be 211 or more"],
    [{}, "one of requests, url and curl is to be given, not none"],
    [{ url, ids: [1], curl: "curl x" }, "one of requests, url and curl is to be given, not 2"],
    [{ url }, "ids must be given for {id}, not []"],
    [{ url: away, ids: [1] }, "ids must be left out without {id}, not [ 1 ]"],
    [{ url: "/items" }, 'url must be a URL that begins with http:// or https://, not "/items"'],
    [
      { url: away, name: "../x" },
      "name must be letters, digits, dots, dashes and underscores, not",
    ],
    [{ url: away, name: "..x" }, "name must be letters, digits, dots, dashes and underscores, not"],
  ];
  for (const [options, message] of wrong) {
    const refusal = await assertRejects(() => record({ folder: at.path, ...options }), RangeError);
    assert(refusal.message.startsWith(`record: ${message}`), refusal.message);
  }
  const circular: { own?: unknown } = {};
  circular.own = circular;
  const strange = [{ headers: { a: 1 } }, { headers: { a: "\u0142" } }, { body: circular }, {
    body: 1n,
  }].map((more) => [{ url: away, ...more }]);
  for (const requests of [[5], [null], "x", [{}], ...strange]) {
    await assertRejects(
      () => record({ requests: requests as never }),
      TypeError,
      "record: requests",
    );
  }
  assertEquals([host.sockets(), [...Deno.readDirSync(at.path)]], [0, []]);
});

Deno.test("polite: the cap holds for redirects and repetitions too", async () => {
  using at = folder();
  await using host = await liveHost({
    "/old": (_, response) => response.writeHead(302, { location: "/new" }).end(),
    "/new": (_, response) => sendJson(response, {}),
  });
  const options = { pause: 0, times: 3, most: 6, folder: at.path, progress: () => {} };
  const recording = await record({ ...options, url: `${host.url}/old` });
  assertEquals([host.seen.length, recording.complete, recording.requests.height], [6, false, 2]);
});

Deno.test("polite: a recording that is interrupted keeps what it has, and goes on there", async () => {
  using at = folder();
  await using host = await liveHost(answers);
  const stop = new AbortController();
  const options = { pause: 0, times: 2, folder: at.path, name: "it", ids: [1, 2, 3] };
  const url = `${host.url}/{id}`;
  const progress = (done: number) => void (done === 2 && stop.abort());
  const interrupted = await assertRejects(
    () => record({ ...options, url, progress, signal: stop.signal }),
    Error,
    "record: interrupted after 2 answers, which",
  );
  assert(interrupted.message.endsWith("keeps: record again to go on"), interrupted.message);
  const before = host.seen.length;
  const whole = await record({ ...options, url, progress: () => {} });
  assertEquals([whole.complete, whole.requests.height, host.seen.length - before], [
    true,
    6,
    1 + 4,
  ]);
});
