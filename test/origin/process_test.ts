import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { startOrigin } from "../../lib/origin/start.ts";
import { needsUnshare, pathOf } from "../needs.ts";
import { ask } from "./ask.ts";

const serve = new URL("../../lib/origin/serve.ts", import.meta.url).href;
const startModule = new URL("../../lib/origin/start.ts", import.meta.url).href;

function run(args: string[], stdin: "null" | "piped" = "null"): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), { args, stdin, stdout: "piped", stderr: "piped" })
    .spawn();
}

async function firstLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  const lines = stream.pipeThrough(new TextDecoderStream());
  for await (const chunk of lines) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0];
}

/** Resolves when nothing listens there any more. */
async function gone(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    try {
      (await Deno.connect({ hostname, port: Number(port) })).close();
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`deno task origin prints where it is and serves, without an input, until ${signal}`, async () => {
    const timing = ["--median", "2", "--handshake", "0", "--seed", "5"];
    const limits = [
      "--queue",
      "7",
      "--rate",
      "99",
      "--slow-one-in",
      "8",
      "--faults",
      "reset=0,500=0",
    ];
    const child = run(["run", "-A", serve, ...timing, ...limits]);
    const ready = JSON.parse(await firstLine(child.stdout));
    assertEquals(Object.keys(ready), ["url", "control", "pid", "config"]);
    const { median, seed, queue, rate, slowOneIn, faults } = ready.config;
    assertEquals([median, seed, queue, rate, slowOneIn], [2, 5, 7, 99, 8]);
    assertEquals(faults, { "500": 0, reset: 0 });
    assertEquals((await ask(`${ready.url}/api/v2/pokemon/mew`)).status, 200);
    const slow = ask(`${ready.url}/api/v2/pokemon/1`).catch(() => {});
    child.kill(signal);
    const { code } = await child.status;
    await slow;
    assertEquals([code, await new Response(child.stderr).text()], [0, ""]);
  });
}

Deno.test("a signal in the middle of many requests ends it at once", async () => {
  const child = run(["run", "-A", serve, "--median", "60000", "--handshake", "0"]);
  const { url } = JSON.parse(await firstLine(child.stdout));
  const waiting = Promise.allSettled(
    Array.from({ length: 50 }, (_, i) => ask(`${url}/api/v2/pokemon/${i + 1}`)),
  );
  const { hostname, port } = new URL(url);
  (await Deno.connect({ hostname, port: Number(port) })).close();
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 0);
  assert((await waiting).every(({ status }) => status === "rejected"));
  await child.stderr.cancel();
});

Deno.test("deno task origin explains what is wrong with its options and ends with 2", async () => {
  const wrong: [string[], string][] = [
    [["--speed", "3"], "unknown option '--speed'"],
    [["--median", "fast"], "option '--median <ms>' argument 'fast' is invalid. Not a number."],
    [["--median", "-3"], "--median must be a number of ms from 0 up, not -3"],
    [["--slow-one-in", "0"], "--slow-one-in must be a whole number from 1 up, or Infinity, not 0"],
    [["--faults", "fire=0.1"], "--faults must be shares from 0 to 1"],
    [["--faults", "reset"], "Each needs a share, once: 503=0.05,reset=0.01."],
    [["--faults", "503=0.1, 503=0.2"], "Each needs a share, once"],
    [["--faults", "reset=often"], "Not a number."],
    [["--payload", "big"], "Allowed choices are full, slim."],
    [["now"], "too many arguments"],
  ];
  await Promise.all(wrong.map(async ([args, sentence]) => {
    const child = run(["run", "-A", serve, ...args]);
    const { code, stdout, stderr } = await child.output();
    assertEquals([args, code, new TextDecoder().decode(stdout)], [args, 2, ""]);
    assertStringIncludes(new TextDecoder().decode(stderr), sentence);
  }));
});

Deno.test("deno task origin --help names every option with its default", async () => {
  const { code, stdout } = await run(["run", "-A", serve, "--help"]).output();
  const text = new TextDecoder().decode(stdout);
  assertEquals(code, 0);
  for (
    const option of ["port", "host", "seed", "median", "sigma", "handshake", "payload", "faults"]
  ) {
    assert(new RegExp(`--${option} <.*default: "?\\w`, "s").test(text), option);
  }
  assertStringIncludes(text, "default: no bound");
});

Deno.test("a port that is taken is a clear error, for the task and for the lab", async () => {
  await using origin = await startOrigin({ median: 0, handshake: 0 });
  const port = Number(new URL(origin.url).port);
  const sentence = `port ${port} on 127.0.0.1 is taken`;
  await assertRejects(() => startOrigin({ port }), Error, sentence);
  const { code, stderr } = await run(["run", "-A", serve, "--port", String(port)]).output();
  assertEquals(code, 1);
  assertStringIncludes(new TextDecoder().decode(stderr), sentence);
});

Deno.test("a host that is not this machine's is a clear error", async () => {
  for (const host of ["192.0.2.1", "nowhere.invalid"]) {
    const sentence = `host ${host} is not an address of this machine`;
    await assertRejects(() => startOrigin({ host }), Error, sentence);
  }
});

const NO_NETWORK = ["--map-root-user", "--net"];
needsUnshare(NO_NETWORK, "ip")(
  "a host whose name cannot be looked up is a clear error",
  async () => {
    pathOf("ip");
    const { stderr } = await new Deno.Command(pathOf("unshare"), {
      args: [
        ...NO_NETWORK,
        ...["sh", "-c", `ip link set lo up && exec "$0" "$@"`, Deno.execPath()],
        ...["run", "-A", serve, "--host", "nowhere.invalid"],
      ],
    }).output();
    const sentence = "host nowhere.invalid is not an address of this machine";
    assertStringIncludes(new TextDecoder().decode(stderr), sentence);
  },
);

Deno.test("an origin listens where it is told, and its control on loopback all the same", async () => {
  await using origin = await startOrigin({ host: "0.0.0.0", median: 0, handshake: 0 });
  assertEquals(new URL(origin.url).hostname, "127.0.0.1");
  assertEquals(new URL(origin.control).hostname, "127.0.0.1");
  assertEquals((await ask(`${origin.url}/api/v2/pokemon/1`)).status, 200);
});

Deno.test("close ends the origin's process, as often as it is asked for", async () => {
  const origin = await startOrigin({ median: 60_000, handshake: 0 });
  const waiting = assertRejects(() => ask(`${origin.url}/api/v2/pokemon/1`));
  await Promise.all([origin.close(), origin.close()]);
  await origin.close();
  await gone(origin.url);
  await gone(origin.control);
  await waiting;
  await assertRejects(() => origin.begin(1), Error, "the origin's control does not answer");
});

Deno.test("an origin ends with the program that started it, even a killed one", async () => {
  const program = `const { startOrigin } = await import(${JSON.stringify(startModule)});
    const origin = await startOrigin({ median: 0 });
    console.log(origin.url);
    await new Promise((resolve) => setTimeout(resolve, 600_000));`;
  const child = run(["eval", "--no-lock", program]);
  const url = await firstLine(child.stdout);
  assertEquals((await ask(`${url}/api/v2/pokemon/1`)).status, 200);
  child.kill("SIGKILL");
  await child.status;
  await gone(url);
  await child.stderr.cancel();
});

Deno.test("an interrupt leaves a program's origin to the program", async () => {
  const program = `const { startOrigin } = await import(${JSON.stringify(startModule)});
    const origin = await startOrigin({ median: 0 });
    Deno.addSignalListener("SIGINT", async () => {
      await origin.begin(7);
      console.log((await origin.end()).seed);
      await origin.close();
      Deno.exit(0);
    });
    console.log("ready");
    setTimeout(() => {}, 600_000);`;
  // A group of its own, which is what Ctrl-C interrupts.
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", program],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
    detached: true,
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  assertEquals((await lines.read()).value, "ready\n");
  Deno.kill(-child.pid, "SIGINT");
  assertEquals((await lines.read()).value, "7\n");
  await lines.cancel();
  assertEquals((await child.status).code, 0);
});

Deno.test("an origin that deno task launched ends when that is killed without a word", async () => {
  const root = new URL("../../", import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "origin", "--median", "0"],
    cwd: root,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const { url } = JSON.parse(await firstLine(child.stdout));
  child.kill("SIGKILL");
  await child.status;
  await gone(url);
});

Deno.test("a program that forgets to close its origin ends, and the origin with it", async () => {
  const program = `const { startOrigin } = await import(${JSON.stringify(startModule)});
    const origin = await startOrigin({ median: 0 });
    await origin.begin(1);
    await origin.end();
    console.log(origin.url);`;
  const { code, stdout } = await run(["eval", "--no-lock", program]).output();
  assertEquals(code, 0);
  await gone(new TextDecoder().decode(stdout).trim());
});
