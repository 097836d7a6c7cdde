/**
 * `deno task test [FILE or FOLDER…] [deno test options]`: every test, on a fresh machine too.
 * Exits with the code of `deno test`; the last line counts what passed, failed and was ignored.
 */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { callersFolder } from "../lib/press/notebook/find_notebooks.ts";
import { UsageError } from "../lib/ground/usage.ts";
import { testConfig } from "./config.ts";
import { closingLine, tally } from "./tally.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The arguments for `deno test`, which runs in the project's folder: files and folders are found
 * where the caller stands too, and where none is named it is test/.
 *
 * @throws {UsageError} for what is no file, no option and cannot be an option's value
 */
export function testArguments(args: readonly string[], from: string): string[] {
  let named = false;
  const placed = args.map((argument, i) => {
    const before = args[i - 1] ?? "";
    if (argument.startsWith("-") || before === "--filter") return argument;
    const path = [from, root].map((folder) => resolve(folder, argument)).find(existsSync);
    named ||= path !== undefined;
    if (path === undefined && !/^--[^=]+$/.test(before)) {
      throw new UsageError(
        `there is no file or folder "${argument}"; --filter ${argument} runs the tests whose name ` +
          "has that in it",
      );
    }
    return path ?? argument;
  });
  return named ? placed : [...placed, "test/"];
}

/**
 * What runs alone, for it measures time, or looks for processes that this one has started. All else
 * may run side by side: what others do meanwhile only makes it take longer.
 */
export const ALONE = [
  "test/load",
  "test/notebooks",
  "test/peers/orphan_test.ts",
  "test/press/tools/speed_test.ts",
  "test/runners",
];

/** What takes longest of the others, so that nothing waits for it in the end. */
export const FIRST = ["test/press/tools/tools_test.ts", "test/press/post/browser_test.ts"];

/** The files with tests that are neither alone nor in a folder that is, in the order they run. */
export function sideBySide(folder = "test"): string[] {
  const found = [...Deno.readDirSync(join(root, folder))].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (ALONE.includes(path)) return [];
    return isDirectory ? sideBySide(path) : name.endsWith("_test.ts") ? [path] : [];
  });
  const rank = (path: string) => FIRST.includes(path) ? FIRST.indexOf(path) : FIRST.length;
  return found.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** The runs of `deno test` that `args` ask for: without any, those side by side and then the rest. */
function runs(args: readonly string[]): string[][] {
  if (args.length > 0) return [testArguments(args, callersFolder())];
  return [["--parallel", ...sideBySide()], ALONE];
}

/** How many files run side by side: more than there are cores, since most of them mostly wait. */
const JOBS = String(navigator.hardwareConcurrency + 1);

const HELP = `Usage: deno task test [FILE or FOLDER…] [options of deno test]

Runs the tests: those in test/ if nothing is named, files side by side where they do not measure.
"deno test --help" lists the options, such as --filter TEXT for the tests whose name has that text
in it. DENO_JOBS says how many files run side by side.

A test that needs a tool this machine has not is ignored, and its name says what to install; with
CI=true in the environment it fails.`;

/** Runs the tests; the exit code of the first run that failed. */
async function run(all: readonly string[][]): Promise<number> {
  const config = await testConfig();
  if (config.standIn) {
    console.error("JSR does not answer: @std/assert is stood in for by test/std_assert.");
  }
  // Types are `deno task check`'s; here they would cost every run half a minute.
  const fixed = ["test", "-A", "--no-check", "--config", config.path, "--lock", config.lock];
  const folder = Deno.makeTempDirSync({ prefix: "lab-tests-" });
  let stopped = false, code = 0;
  let child: Deno.ChildProcess | undefined;
  // A terminal's Ctrl-C reaches the tests too, and twice is no harm: wait for them to end.
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) {
    Deno.addSignalListener(signal, () => {
      stopped = true;
      try {
        child?.kill(signal);
      } catch {
        // It has ended.
      }
    });
  }
  const reports: string[] = [];
  try {
    for (const [i, args] of all.entries()) {
      if (stopped) break;
      const report = join(folder, `${i}.xml`);
      const own = args.some((argument) => argument.startsWith("--junit-path"));
      const junit = own ? [] : [`--junit-path=${report}`];
      child = new Deno.Command(Deno.execPath(), {
        args: [...fixed, ...junit, ...args],
        cwd: root,
        env: { DENO_JOBS: Deno.env.get("DENO_JOBS") ?? JOBS },
      }).spawn();
      code ||= (await child.status).code;
      if (existsSync(report)) reports.push(Deno.readTextFileSync(report));
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  // Not where something else asked for the report, or a run ended before it had one.
  if (reports.length === all.length) {
    const counted = tally(reports);
    // An error outside all tests is in no report.
    const failed = code === 0 ? 0 : Math.max(1, counted.failed);
    const line = closingLine({ ...counted, failed });
    // What a program reads on standard output stays as it is.
    if (all.flat().some((argument) => /\b(tap|junit)$/.test(argument))) console.error(line);
    else console.log(line);
  }
  return code;
}

if (import.meta.main) {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(HELP);
    Deno.exit(0);
  }
  try {
    Deno.exit(await run(runs(Deno.args)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\nSee deno task test --help`);
    Deno.exit(2);
  }
}
