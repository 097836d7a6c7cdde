import { assertEquals } from "@std/assert";
import { needsUnshare, pathOf } from "../needs.ts";

const CODE = `
  import { stopSignal } from "${new URL("../../lib/ground/stop_signal.ts", import.meta.url)}";
  const say = (what) => { console.log(what); Deno.exit(); };
  stopSignal().addEventListener("abort", () => say("stopped"));
  setTimeout(() => say("still there"), Number(Deno.args[0]));`;

/** What a command says that this launches, within so many ms; the launcher is in a session of its own. */
async function said(launcher: readonly [string, ...string[]], ms: number): Promise<string> {
  const [program, ...args] = launcher;
  // Deno's `output()` ignores `detached`.
  const child = new Deno.Command(program, {
    args: [...args, Deno.execPath(), "eval", "--no-lock", CODE, String(ms)],
    env: { INIT_CWD: Deno.cwd() },
    detached: true,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const { stdout } = await child.output();
  return new TextDecoder().decode(stdout);
}

/** Launches what follows and is gone. */
const GONE = `"$@" &`;
/** Launches what follows and waits for it. */
const STAYS = "await new Deno.Command(Deno.args[0], { args: Deno.args.slice(1) }).spawn().status";
/** Launches what follows in a session of its own, leaves it time to look, and is gone. */
const LETS_GO = `
  new Deno.Command(Deno.args[0], { args: Deno.args.slice(1), detached: true }).spawn().unref();
  setTimeout(() => Deno.exit(), 800);`;

Deno.test({
  name: "a command whose launcher was gone before it could look stops at once",
  ignore: Deno.build.os !== "linux",
  fn: async () => assertEquals(await said(["sh", "-c", GONE, "sh"], 60_000), "stopped\n"),
});

Deno.test({
  name: "a command that leads a group of its own goes on without who launched it",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const launcher = [Deno.execPath(), "eval", "--no-lock", LETS_GO] as const;
    assertEquals(await said(launcher, 2_500), "still there\n");
  },
});

const CONTAINER = ["--map-root-user", "--pid", "--fork", "--mount-proc"];
needsUnshare(CONTAINER)(
  "a command in a container whose launcher was gone stops too, where what takes it in is of its session",
  async () => {
    const first = [pathOf("unshare"), ...CONTAINER] as const;
    // The shell stays for as long as something holds the pipe.
    const shell = ["sh", "-c", `sh -c '${GONE}' sh "$@" | cat`, "sh"];
    assertEquals(await said([...first, ...shell], 60_000), "stopped\n");
    const launcher = [Deno.execPath(), "eval", "--no-lock", STAYS];
    assertEquals(await said([...first, ...launcher], 200), "still there\n");
  },
);
