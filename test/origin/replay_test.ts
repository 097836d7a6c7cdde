/** A replay: what an origin serves of a recording, and what a file that is none says. */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { gzipSync } from "node:zlib";
import { expected } from "../../lib/ideal/expected.ts";
import { draw } from "../../lib/origin/draw.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { openReplay, Replay } from "../../lib/origin/replay.ts";
import { quantile } from "../../lib/ground/quantile.ts";
import { ask, keeping, timing } from "./ask.ts";
import { recordingFile, recordingOf } from "./recording.ts";

const answers = {
  "/items/1?page=2": [[200, 400, 3], [200, 400, 9.6], [200, 410, 5]],
  "/items/2": [[404, 9, 2], [200, 1, 4]],
  "/empty": [[204, 0, 1]],
} as const;

Deno.test("replay: each arrival is given a recorded answer, its time, its status and its size", async () => {
  using recording = recordingFile(recordingOf(answers));
  await using origin = await startOrigin({ replay: recording.file, handshake: 0 });
  const { replay } = origin.config;
  using agent = keeping();
  await origin.begin(7);
  for (const [path, recorded] of Object.entries(answers)) {
    for (let k = 1; k <= 12; k++) {
      const answer = await ask(origin.url + path, { agent, method: k % 4 === 0 ? "POST" : "GET" });
      const { drawn, served } = timing(answer);
      const found = [answer.status, answer.body.length, drawn];
      const had = recorded.map(([status, bytes, ms]) => [status, bytes, Math.round(ms)]);
      assert(had.some((each) => String(each) === String(found)), `${path}: ${found}`);
      assertEquals(drawn, draw(7, path, k, origin.config));
      assert(served >= drawn);
      if (answer.body !== "") JSON.parse(answer.body);
    }
  }
  assertEquals((await ask(`${origin.url}/items/3`, { agent })).status, 404);
  assertEquals((await origin.end()).requests, 37);
  assertEquals(replay!.host, "https://api.example.com");
});

Deno.test("replay: the quantiles of its draws are the recording's", () => {
  const times = Array.from({ length: 41 }, (_, i) => [200, 10, 5 + i * i] as const);
  const config = { replay: new Replay("f", recordingOf({ "/x": times })), median: 1, sigma: 0 };
  const drawn = Array.from(
    { length: 20_000 },
    (_, i) => draw(1 + (i >> 4), "/x", 1 + (i & 15), config),
  );
  const recorded = times.map(([, , ms]) => ms);
  assertEquals(new Set(drawn), new Set(recorded));
  // In ranks: 41 values, each as likely; 20,000 draws miss a share by 0.35 % (one σ).
  const rank = (ms: number) => recorded.indexOf(ms);
  for (const q of [0.05, 0.25, 0.5, 0.75, 0.95]) {
    const off = rank(quantile(drawn, q)) - 40 * q;
    assert(Math.abs(off) <= 1.5, `${q}: ${off}`);
  }
});

Deno.test("replay: a new connection pays the median handshake, unless the caller says otherwise", async () => {
  using recording = recordingFile(recordingOf(answers));
  const { handshake, median } = openReplay(recording.file);
  assertEquals([handshake, median], [33, 4]);
  await using origin = await startOrigin({ replay: recording });
  assertEquals(origin.config.handshake, 33);
  const paths = ["/empty", "/empty"];
  const shape = { concurrency: 1, connections: "new" as const };
  assertEquals(expected(shape, paths, 1, origin.config), 2 * (33 + 1));
});

Deno.test("replay: documents that were kept are served as they were", async () => {
  const document = '{"name":"é"}';
  const [request] = recordingOf({ "/d": [[200, 5, 0]] }).requests;
  const requests = [{ ...request, document }];
  using recording = recordingFile(recordingOf({}, { requests }));
  await using origin = await startOrigin({ replay: recording, handshake: 0 });
  assertEquals((await ask(`${origin.url}/d`)).body, document);
});

Deno.test("replay: deno task origin replays a file, and says what is wrong with another", async () => {
  using recording = recordingFile(recordingOf(answers));
  const serve = new URL("../../lib/origin/serve.ts", import.meta.url).href;
  const run = (file: string) =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", serve, "--replay", file, "--seed", "3"],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  const child = run(recording.file);
  const [said] = await Array.fromAsync(
    async function* () {
      for await (const line of child.stdout.pipeThrough(new TextDecoderStream())) {
        const { url, config } = JSON.parse(line);
        assertEquals([config.handshake, config.replay.paths], [33, 3]);
        yield timing(await ask(`${url}/items/2`)).drawn;
        child.kill("SIGTERM");
      }
    }(),
  );
  assertEquals(
    said,
    draw(3, "/items/2", 1, { median: 0, sigma: 0, replay: openReplay(recording.file) }),
  );
  assertEquals([(await child.status).code, await new Response(child.stderr).text()], [0, ""]);
  const { code, stderr } = await run("nowhere.json.gz").output();
  assertEquals(code, 2);
  const sentence = "nowhere.json.gz cannot be read: there is no such file";
  assert(new TextDecoder().decode(stderr).startsWith(sentence));
});

Deno.test("replay: what a recording says itself is not said beside it", async () => {
  using recording = recordingFile(recordingOf(answers));
  const start = () => startOrigin({ replay: recording, median: 5 });
  const message = "startOrigin: median must be left out where a recording is replayed, not 5";
  await assertRejects(start, RangeError, message);
});

Deno.test("replay: a file that holds no recording says what is wrong with it", () => {
  const whole = recordingOf(answers);
  const zipped = (content: unknown) => new Uint8Array(gzipSync(JSON.stringify(content)));
  const bytes = zipped(whole);
  const bit = gzipSync(new Uint8Array(2 ** 20).fill(32));
  const [request] = whole.requests;
  const wrong: [Uint8Array, string][] = [
    [new Uint8Array(), "is empty"],
    [bytes.subarray(0, bytes.length >> 1), "is truncated"],
    [bytes.with(bytes.length - 6, bytes.at(-6)! ^ 1), "is damaged"],
    [new TextEncoder().encode("time,ms\n1,2\n"), "does not hold a recording of the lab"],
    [new Uint8Array(gzipSync("not JSON")), "does not hold a recording of the lab"],
    [zipped(null), "does not hold a recording of the lab"],
    [zipped({ format: "HAR" }), "does not hold a recording of the lab"],
    [zipped({ ...whole, version: 2 }), "is of format version 2, and this lab reads version 1"],
    [
      zipped({ ...whole, requests: [{ ...request, answers: [] }] }),
      "holds no answer that could be replayed",
    ],
    // Small as it is, it grows beyond all that a recording may be.
    [new Uint8Array(129 * bit.length).map((_, i) => bit[i % bit.length]), "is damaged"],
  ];
  const file = Deno.makeTempFileSync();
  try {
    for (const [content, message] of wrong) {
      Deno.writeFileSync(file, content);
      assertThrows(() => openReplay(file), Error, `${file} ${message}`);
    }
  } finally {
    Deno.removeSync(file);
  }
  assertThrows(() => openReplay(file), Error, `${file} cannot be read: there is no such file`);
});
