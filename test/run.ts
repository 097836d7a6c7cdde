/**
 * `deno task test [FILE or FOLDER…] [deno test options]`: every test, on a fresh machine too.
 * Exits with the code of `deno test`.
 */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { callersFolder } from "../lib/press/notebook/find_notebooks.ts";
import { testConfig } from "./config.ts";

/**
 * The arguments for `deno test`, which runs in the project's folder: files and folders are found
 * where the caller stands too, and where none is named it is test/. The value of an option is none.
 */
export function testArguments(args: readonly string[], from: string): string[] {
  let named = false;
  const placed = args.map((argument, i) => {
    if (argument.startsWith("-") || args[i - 1] === "--filter") return argument;
    const path = resolve(from, argument);
    const found = existsSync(path);
    named ||= found || /\.tsx?$/.test(argument);
    return found ? path : argument;
  });
  return named ? placed : [...placed, "test/"];
}

const HELP = `Usage: deno task test [FILE or FOLDER…] [options of deno test]

Runs the tests: those in test/ if nothing is named. "deno test --help" lists the options, such as
--filter TEXT for the tests whose name has that text in it.`;

if (import.meta.main) {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(HELP);
    Deno.exit(0);
  }
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const config = await testConfig();
  if (config.standIn) {
    console.error("JSR does not answer: @std/assert is stood in for by test/std_assert.");
  }
  const args = testArguments(Deno.args, callersFolder());
  const child = new Deno.Command(Deno.execPath(), {
    // Types are `deno task check`'s; here they would cost every run half a minute.
    args: ["test", "-A", "--no-check", "--config", config.path, "--lock", config.lock, ...args],
    cwd: root,
  }).spawn();
  // Ctrl-C reaches the tests through the terminal: wait for them to clean up.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
  Deno.exit((await child.status).code);
}
