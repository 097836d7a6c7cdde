import { assertEquals } from "@std/assert";

Deno.test({
  name: "a command whose launcher was gone before it could look stops at once",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const code = `
      import { stopSignal } from "${new URL("../../lib/ground/stop_signal.ts", import.meta.url)}";
      const say = (what) => { console.log(what); Deno.exit(); };
      stopSignal().addEventListener("abort", () => say("stopped"));
      setTimeout(() => say("still there"), 60_000);`;
    // The shell is a session of its own, as a terminal's is, and ends as soon as it has begun the command.
    const launcher = new Deno.Command("sh", {
      args: ["-c", '"$@" &', "sh", Deno.execPath(), "eval", "--no-lock", code],
      env: { INIT_CWD: Deno.cwd() },
      detached: true,
      stdin: "null",
      stdout: "piped",
    });
    const { stdout } = await launcher.output();
    assertEquals(new TextDecoder().decode(stdout), "stopped\n");
  },
});
