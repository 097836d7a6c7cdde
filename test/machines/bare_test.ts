/** A machine that has Deno, a shell and no other program: the README's commands hold there. */
import { assertEquals, assertMatch } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { formatNotebook } from "../../lib/press/notebook/notebook.ts";
import { notebookOf } from "../press/fixture.ts";

const here = dirname(dirname(fileURLToPath(import.meta.url)));

interface Source {
  readonly file: string;
  readonly text: string;
}

function sources(folder = here): Source[] {
  return [...Deno.readDirSync(folder)].flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory) return sources(path);
    if (!entry.name.endsWith(".ts")) return [];
    return [{
      file: relative(here, path).replaceAll("\\", "/"),
      text: Deno.readTextFileSync(path),
    }];
  });
}

const all = sources();
const needing = all.filter(({ file, text }) =>
  file.endsWith("_test.ts") && /from "[./]+\/needs\.ts"/.test(text)
).map(({ file }) => file);

/** Runs a module of the project where the path leads to a shell at most. */
async function bare(module: string, args: readonly string[], env: Record<string, string> = {}) {
  const folder = await Deno.makeTempDir();
  try {
    if (Deno.build.os !== "windows") await Deno.symlink("/bin/sh", join(folder, "sh"));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", module, ...args],
      cwd: dirname(here),
      env: { NO_COLOR: "1", CI: "", ...env, PATH: folder },
    }).output();
    const decoder = new TextDecoder();
    return { code, out: decoder.decode(stdout).trimEnd(), err: decoder.decode(stderr) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("bare: each test that needs a tool is ignored, and the rest of its file passes", async () => {
  // What survives whom takes a minute to find out, and a chapter runs without tools elsewhere.
  const quick = needing.filter((file) => !/^survivors\/|tools\/tools_test/.test(file));
  const files = quick.map((file) => join("test", file));
  const { code, out, err } = await bare("test/run.ts", ["--parallel", ...files]);
  assertEquals(code, 0, out + err);
  const [, ignored] = out.match(/\n\d+ passed, 0 failed, (\d+) ignored: \d+ need/)!;
  const told = / \((needs [^:]+: apt-get install|this machine) .*\) \.\.\. ignored/g;
  assertEquals(out.match(told)?.length, +ignored);
});

Deno.test("bare: in CI a tool that is missing fails", async () => {
  const { code, out } = await bare("test/run.ts", ["test/load/ab_test.ts"], { CI: "true" });
  assertEquals(code, 1);
  assertMatch(out, /needs ab: apt-get install apache2-utils[^]*\n0 passed, 1 failed$/);
});

Deno.test("bare: deno task run runs a notebook of the lab's and publishes it", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "one.ipynb");
  const cells = [
    'import { pool, show, startOrigin } from "lab";',
    "const origin = await startOrigin(); await origin.close(); await show([{ n: 1 }]);",
  ];
  await Deno.writeTextFile(file, formatNotebook(notebookOf(cells)));
  const { code, err } = await bare("lib/press/tasks/run.ts", [file, "--out", join(folder, "out")]);
  assertEquals(code, 0, err);
  assertMatch(err, /published .*one\.html/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("bare: a test that starts another program than Deno declares what it needs", () => {
  // What no test can start without having declared it: pathOf throws.
  const undeclared = all.filter(({ file, text }) => {
    const command = /Deno\.Command\(\s*(?!Deno\.execPath\(\)|pathOf\()/.test(text);
    const peer = /from "[^"]*lib\/peers\/(peer|mod|\w*_toolchain|planet_server)\.ts"/.test(text);
    return command || (peer && file.endsWith("_test.ts") && !needing.includes(file));
  });
  // The first looks for tools, the next starts none but says how a cell would, processes.ts needs one
  // where there is no /proc, two need a shell, the others start what they are told to.
  const known = [
    "ground/stop_signal_test.ts",
    "needs.ts",
    "press/marks/marks_test.ts",
    "process_tree.ts",
    "processes.ts",
    "runners/scale_test.ts",
    "survivors/family.ts",
  ];
  assertEquals(undeclared.map(({ file }) => file).filter((file) => !known.includes(file)), []);
});
