/** The kernel behind its relay: an Interrupt stops what waits and what computes, and work goes on. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Channels } from "../../lib/press/kernel/channels.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const relay = fileURLToPath(new URL("../../lib/press/kernel/relay.ts", import.meta.url));

/** A port that nobody listens on. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

type Answer = ReturnType<Channels["request"]>;

/** A kernel behind a relay, as Jupyter starts it. */
class Relayed {
  readonly folder = Deno.makeTempDirSync();
  readonly texts: string[] = [];
  readonly channels: Channels;
  readonly process: Deno.ChildProcess;

  private constructor() {
    const connection = {
      ...{ transport: "tcp", ip: "127.0.0.1", signature_scheme: "hmac-sha256" },
      ...{ key: crypto.randomUUID(), shell_port: freePort(), iopub_port: freePort() },
      ...{ stdin_port: freePort(), control_port: freePort(), hb_port: freePort() },
    };
    this.channels = new Channels(connection);
    const file = `${this.folder}/connection.json`;
    Deno.writeTextFileSync(file, JSON.stringify(connection));
    const args = ["run", "-A", "--quiet", "--no-config", "--no-lock", relay, file];
    const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
    this.process = new Deno.Command(Deno.execPath(), { args, cwd: root, ...quiet }).spawn();
  }

  /** Starts one; again where somebody else has taken one of its ports before it could. */
  static async open(): Promise<Relayed> {
    for (let starts = 1;; starts++) {
      const relayed = new Relayed();
      const opened = relayed.channels.open().then(() => true, () => false);
      if (await Promise.race([opened, relayed.process.status.then(() => false)])) {
        relayed.channels.onPublished = ({ content }) => {
          if (typeof content.text === "string") relayed.texts.push(content.text);
        };
        return relayed;
      }
      await relayed[Symbol.asyncDispose]();
      assert(starts < 3, "the relay ended before it answered");
    }
  }

  /** A file that a cell makes when it has no time to say anything. */
  readonly mark = `${this.folder}/mark`;

  /**
   * Runs a cell, interrupted once it says `now` or makes the mark, in the way given; gives its status
   * and its error.
   */
  async cell(code: string, way: (interrupt: typeof this.interrupt) => Answer = (it) => it()) {
    const content = { code, silent: false, store_history: true, allow_stdin: false };
    const asked = { ...content, user_expressions: {}, stop_on_error: false };
    const before = this.texts.length;
    const reply = this.channels.request("shell", "execute_request", asked);
    const marks = code.includes(this.mark);
    if (marks || code.includes('console.log("now")')) {
      const begun = () =>
        marks ? existsSync(this.mark) : this.texts.slice(before).includes("now\n");
      while (!begun()) await pause(10);
      if (marks) Deno.removeSync(this.mark);
      const { status } = await way(this.interrupt);
      assertEquals(status, "ok");
    }
    const { status, evalue } = await reply;
    return status === "ok" ? "ok" : String(evalue);
  }

  readonly interrupt = () => this.channels.request("control", "interrupt_request", {});

  /** Waits for what a cell shows, which may come after its reply. */
  async said(text: string): Promise<void> {
    while (!this.texts.join("").includes(text)) await pause(10);
  }

  async [Symbol.asyncDispose]() {
    this.channels.close();
    try {
      this.process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.process.status;
    Deno.removeSync(this.folder, { recursive: true });
  }
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));
const onSample = `onSample: (_, row) => row === 3 && console.log("now")`;

/** A cell that waits for what nothing can stop, until it is told what to do about that. */
const untilTold = `{
  let told = false;
  const { error } = console;
  console.error = (text) => {
    error(text);
    told = /cannot be interrupted.*restart the kernel/.test(text);
  };
  console.log("now");
  while (!told) await new Promise((wake) => setTimeout(wake, 20));
  console.error = error;
}`;

Deno.test("relay: it is copied into a kernel's folder, and loads nothing but what is copied with it", () => {
  const copied = ["relay.ts", "listener.ts", "zmtp.ts", "messages.ts"];
  for (const name of copied) {
    const text = Deno.readTextFileSync(fileURLToPath(new URL(name, pathToFileURL(relay))));
    const loaded = [...text.matchAll(/^import (?!type )[^;]*?"([^"]+)";/gm)].map(([, from]) =>
      from
    );
    const others = loaded.filter((from) => !from.startsWith("node:"));
    for (const from of others) assert(copied.includes(from.replace("./", "")), `${name}: ${from}`);
  }
});

Deno.test("relay: an interrupted trial stops its requests, a loop its turns, and the notebook goes on", async () => {
  await using kernel = await Relayed.open();
  const setUp = `
    import { keptAlive, startOrigin, strategies, trial, variant } from "lab";
    const origin = await startOrigin({ median: 50, sigma: 0, handshake: 0 });
    const one = variant(strategies.naiveAwaitInLoop, keptAlive);
    const paths = Array(1000).fill("/api/v2/pokemon/1");
    const short = { origin, paths: paths.slice(0, 3), seed: 1 };`;
  assertEquals(await kernel.cell(setUp), "ok");
  const long = `await trial(one, { origin, paths, seed: 1, ${onSample} })`;
  assertEquals(await kernel.cell(long), "interrupted");
  const next = `console.log((await trial(one, short)).origin.requests ?? "done")`;
  assertEquals(await kernel.cell(next), "ok");
  const load = `
    import { loadBlocks, startPlanets } from "lab/load";
    const planets = await startPlanets({ handler: "awaiting" });
    const loading = loadBlocks([{ name: "planets", url: planets.url + "/planets/mars" }], {
      blocks: 2, duration: 20_000, connections: 1,
    });
    const underWay = globalThis[Symbol.for("lab.underWay")];
    while (underWay.size === 0) await new Promise((wake) => setTimeout(wake, 20));
    console.log("now");
    await loading;`;
  assertStringIncludes(await kernel.cell(load), "interrupted");
  assertEquals(await kernel.cell("await planets.close()"), "ok");
  const watched = `
    import { watch } from "lab/record";
    const bare = fetch;
    await watch(async () => {
      await (await fetch(origin.url + "/api/v2/pokemon/1")).text();
      console.log("now");
      await new Promise(() => {});
    });`;
  assertEquals(await kernel.cell(watched), "interrupted");
  const back = `if (fetch !== bare) throw new Error("fetch is not what it was")`;
  assertEquals(await kernel.cell(back), "ok");
  const loop = `Deno.writeTextFileSync(${JSON.stringify(kernel.mark)}, ""); while (true);`;
  for (const before of ["", "await new Promise((wake) => setTimeout(wake, 20)); "]) {
    assertEquals(await kernel.cell(before + loop), "Execution failed");
  }
  assertEquals(await kernel.cell(next), "ok");
  assertEquals(await kernel.cell(untilTold), "ok");
  const needy = `
    import { check } from "lab/class";
    const outside = { ever: true };
    const needy = async (paths, get) => {
      await get(paths[0]);
      if (outside.ever) Deno.writeTextFileSync(${JSON.stringify(kernel.mark)}, "");
      while (outside.ever);
    };
    await check("together", () => needy);`;
  assertEquals(await kernel.cell(needy), "ok");
  assertEquals(await kernel.cell(`${next}; await origin.close()`), "ok");
  await kernel.channels.request("control", "shutdown_request", { restart: false });
  assertEquals((await kernel.process.status).code, 0);
});

Deno.test("relay: without the lab, a cell whose wait nothing can end is told of, and what nobody can resolve ends", async () => {
  await using kernel = await Relayed.open();
  assertEquals(await kernel.cell(untilTold), "ok");
  const never = `console.log("now"); await new Promise(() => {});`;
  assertEquals(await kernel.cell(never), "Execution failed");
  assertEquals(await kernel.cell(`console.log(1 + 1)`), "ok");
  await kernel.said("2\n");
});

Deno.test({
  name:
    "relay: a notebook hears an Interrupt after the machine stood still for longer than it may take",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using kernel = await Relayed.open();
    assertEquals(await kernel.cell("console.log(Deno.pid)"), "ok");
    await kernel.said("\n");
    const pid = Number(kernel.texts.join(""));
    const waiting = `
      const stop = new AbortController();
      globalThis[Symbol.for("lab.underWay")] = new Set([stop]);
      console.log("now");
      await new Promise((_, reject) => stop.signal.onabort = () => reject(stop.signal.reason));`;
    const stalled = kernel.cell(waiting, async (interrupt) => {
      Deno.kill(pid, "SIGSTOP");
      const answer = interrupt();
      await pause(50);
      kernel.process.kill("SIGSTOP");
      await pause(1500);
      for (const each of [pid, kernel.process.pid]) Deno.kill(each, "SIGCONT");
      return await answer;
    });
    assertEquals(await stalled, "interrupted");
  },
});

Deno.test({
  name: "relay: the kernel ends with it, however it goes",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using kernel = await Relayed.open();
    assertEquals(await kernel.cell("console.log(Deno.pid)"), "ok");
    await kernel.said("\n");
    const pid = kernel.texts.join("").trim();
    const there = () => {
      try {
        return Deno.readTextFileSync(`/proc/${pid}/cmdline`).includes("jupyter");
      } catch {
        return false;
      }
    };
    assert(there());
    kernel.process.kill("SIGKILL");
    const end = performance.now() + 60_000;
    while (there() && performance.now() < end) await pause(20);
    assertEquals(there(), false);
  },
});
