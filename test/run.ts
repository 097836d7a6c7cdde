/**
 * `deno task test [FILE or FOLDER…] [deno test options]`: every test, on a fresh machine too.
 * Exits with the code of `deno test`; the last line counts what passed, failed and was ignored.
 */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { callersFolder } from "../lib/press/notebook/find_notebooks.ts";
import { runTask, UsageError } from "../lib/ground/usage.ts";
import { writeWhole } from "../lib/ground/whole_file.ts";
import { testConfig } from "./config.ts";
import { ProcessTree } from "./process_tree.ts";
import { closingLine, tally } from "./tally.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The arguments for `deno test`, which runs in the project's folder: files and folders are found
 * where the caller stands too, and where none is named it is test/.
 *
 * @throws {UsageError} for what is no file, no option and cannot be an option's value, and for a
 *   filter without a text
 */
export function testArguments(args: readonly string[], from: string): string[] {
  const empty = (argument: string, i: number) =>
    argument === "--filter=" || (argument === "--filter" && !args[i + 1]);
  if (args.some(empty)) throw new UsageError("--filter needs a text");
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

/** How a file with tests runs, which is side by side with others unless it says so itself. */
const MANNER = /^\/\/ Runs (alone|apart|with a few|in one isolate): \w/m;

/** The file `path`, written so that it imports all of these: what they share is compiled once. */
export function inOneIsolate(files: readonly string[], path: string): string {
  const urls = files.map((file) => pathToFileURL(join(root, file)).href);
  writeWhole(path, urls.map((url) => `import ${JSON.stringify(url)};\n`).join(""));
  return path;
}

/**
 * All files with tests: those that run side by side, since what others do meanwhile only makes them
 * take longer; of these, those that mostly compute, which share one isolate; those that run apart, in
 * a process of their own, since they look at or change all of it; those that run with a few others;
 * and those that run alone, which measure time.
 */
export function allTests() {
  const files = Map.groupBy(
    testFiles("test").sort(),
    (path) => MANNER.exec(Deno.readTextFileSync(join(root, path)))?.[1] ?? "side by side",
  );
  const those = (manner: string) => files.get(manner) ?? [];
  return {
    together: those("side by side"),
    computing: those("in one isolate"),
    apart: those("apart"),
    few: those("with a few"),
    alone: those("alone"),
  };
}

function testFiles(folder: string): string[] {
  return [...Deno.readDirSync(join(root, folder))].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return isDirectory ? testFiles(path) : name.endsWith("_test.ts") ? [path] : [];
  });
}

/** A run of `deno test`: its arguments, and how many files run at a time. */
export interface Run {
  readonly args: readonly string[];
  readonly jobs: number;
}

/** More files side by side than there are cores, since most of them mostly wait. */
const JOBS = Number(Deno.env.get("DENO_JOBS") ?? navigator.hardwareConcurrency + 3);

/** The file that has all those that compute. Deno begins with the longest path, and this takes longest. */
const COMPUTING = join(root, ".lab/tests/of/what/only/computes/in/one/isolate/computing_test.ts");

/** Of those that measure, but bear some company: a chapter mostly waits, and runs again if disturbed. */
const FEW = 3;

/** The runs that `args` ask for, one list after the other, those of a list at once. */
function runs(args: readonly string[]): Run[][] {
  if (args.length > 0) return [[{ args: testArguments(args, callersFolder()), jobs: JOBS }]];
  const { together, computing, apart, few, alone } = allTests();
  const parallel = (files: string[], jobs: number) => ({ args: ["--parallel", ...files], jobs });
  return [
    // So that whole lines are printed, what is apart is parallel too, one at a time.
    [parallel([inOneIsolate(computing, COMPUTING), ...together], JOBS), parallel(apart, 1)],
    [parallel(few, Math.min(FEW, JOBS))],
    [{ args: alone, jobs: 1 }],
  ];
}

const HELP = `Usage: deno task test [FILE or FOLDER…] [options of deno test]

Runs the tests: all of them if nothing is named, files side by side but for those that say "Runs
alone", "apart", "with a few" or "in one isolate". DENO_JOBS says how many run at a time. "deno test --help" lists the
options, such as --filter TEXT for the tests whose name has that text in it.

A test that needs a tool this machine has not is ignored, and its name says what to install; with
CI=true in the environment it fails.`;

/** Runs the tests, one list of runs after the other; the exit code of the first that failed. */
export async function run(all: readonly (readonly Run[])[]): Promise<number> {
  const config = await testConfig();
  if (config.standIn) {
    console.error("JSR does not answer: @std/assert is stood in for by test/std_assert.");
  }
  // Types are `deno task check`'s; here they would cost every run half a minute.
  const fixed = ["test", "-A", "--no-check", "--config", config.path, "--lock", config.lock];
  const folder = Deno.makeTempDirSync({ prefix: "lab-tests-" });
  let stopped = false, code = 0;
  let trees: ProcessTree[] = [];
  // A terminal's Ctrl-C reaches all of them too, and twice is no harm: wait for them to end.
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) {
    Deno.addSignalListener(signal, () => {
      stopped = true;
      for (const tree of trees) tree.send(signal);
    });
  }
  const reports: string[] = [];
  try {
    for (const [i, atOnce] of all.entries()) {
      if (stopped) break;
      const files = atOnce.map((_, k) => join(folder, `${i}-${k}.xml`));
      trees = atOnce.map(({ args, jobs }, k) => {
        const own = args.some((argument) => argument.startsWith("--junit-path"));
        const junit = own ? [] : [`--junit-path=${files[k]}`];
        return new ProcessTree(Deno.execPath(), {
          args: [...fixed, ...junit, ...args],
          cwd: root,
          env: { DENO_JOBS: String(jobs) },
        });
      });
      for (const ended of await Promise.all(trees.map(({ root }) => root.status))) {
        code ||= ended.code;
      }
      reports.push(...files.filter(existsSync).map((file) => Deno.readTextFileSync(file)));
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  // Not where something else asked for the report, or a run ended before it had one.
  if (reports.length === all.flat().length) {
    const counted = tally(reports);
    // An error outside all tests is in no report.
    const failed = code === 0 ? 0 : Math.max(1, counted.failed);
    const line = closingLine({ ...counted, failed });
    // What a program reads on standard output stays as it is.
    if (
      all.flat().flatMap(({ args }) => args).some((argument) => /\b(tap|junit)$/.test(argument))
    ) {
      console.error(line);
    } else console.log(line);
  }
  return code;
}

if (import.meta.main) {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(HELP);
    Deno.exit(0);
  }
  await runTask("test", () => run(runs(Deno.args)));
}
