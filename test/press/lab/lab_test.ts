/** `deno task lab`, run for real with a home of its own. */
import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname, join } from "node:path";
import { formatNotebook, type Notebook } from "../../../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../../../lib/press/notebook/parse_notebook.ts";
import { copyOf, isPassing } from "../../../lib/press/lab/stable_deno.ts";
import { jupyterDataFolder } from "../../../lib/press/lab/user_folders.ts";
import { code, notebook, prose } from "../record/fixture_project.ts";
import { Checkout } from "./fixture_checkout.ts";

const EXERCISE = `const twice = (n: number) => {
  // BEGIN SOLUTION
  const sum = n + n;
  return sum;
  // END SOLUTION
  // STUB: return 0; // your line
};`;
const CHAPTER = formatNotebook(notebook([
  prose("# One\n\n[its data](../data/README.md), [the next](02_two.ipynb)"),
  code(`console.log("the answer")`, [], "the answer\n"),
  code(EXERCISE, ["exercise"]),
]));
const LAB = "lib/press/lab/lab.ts";
const MINE = "notebooks/mine/01_one.ipynb";

/** Runs it where there is no Jupyter to be asked for its version, which takes longer than all else. */
const lab = (checkout: Checkout, ...args: string[]) =>
  checkout.run(LAB, args, { PATH: checkout.home });

function mine(checkout: Checkout): Notebook {
  return parseNotebook(checkout.read(MINE), MINE);
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path) !== undefined;
  } catch {
    return false;
  }
}

Deno.test("lab: installs a kernel of its own and copies without outputs and solutions, and takes them out", async () => {
  using checkout = new Checkout({ "01_one.ipynb": CHAPTER });
  const spec = join(checkout.jupyter, "kernels", "await-lab", "kernel.json");
  const other = join(checkout.jupyter, "kernels", "deno");
  Deno.mkdirSync(other, { recursive: true });
  Deno.writeTextFileSync(join(other, "kernel.json"), "{}");

  const { code: exit, out } = await checkout.run(LAB, ["--no-open"]);
  assertEquals(exit, 0);
  assertStringIncludes(out, "notebooks/mine/01_one.ipynb: made");
  const { argv, env, interrupt_mode } = JSON.parse(Deno.readTextFileSync(spec));
  assertEquals(argv.slice(-2), [join(dirname(spec), "relay.ts"), "{connection_file}"]);
  assertFalse(argv[0].includes("_npx"), argv[0]);
  assert(exists(argv[0]) && exists(env.DENO_DIR));
  assertEquals(interrupt_mode, "message");
  assertFalse(checkout.read(MINE).includes("the answer\\n"), "an answer before its prediction");
  assertEquals((mine(checkout).metadata.kernelspec as { name: string }).name, "await-lab");
  const stub = "const twice = (n: number) => {\n  return 0; // your line\n};";
  assertEquals(mine(checkout).cells[2].source, stub, "a solution before its exercise");
  assertStringIncludes(mine(checkout).cells[0].source, "(../../data/README.md), [the next](02_two");

  await lab(checkout, "--remove");
  assertFalse(exists(spec) || exists(join(checkout.root, MINE)));
  assertEquals(Deno.readTextFileSync(join(other, "kernel.json")), "{}");
});

Deno.test("lab: renews a copy that was only run, and never one that was edited", async () => {
  using checkout = new Checkout({ "01_one.ipynb": CHAPTER });
  await lab(checkout, "--no-open");
  const run = mine(checkout);
  (run.cells[1] as { outputs: unknown[] }).outputs = [
    { output_type: "stream", name: "stdout", text: "mine\n" },
  ];
  checkout.write(MINE, formatNotebook(run));
  assertStringIncludes((await lab(checkout, "--no-open")).out, "there already");
  assertStringIncludes(checkout.read(MINE), "mine");

  checkout.write("notebooks/01_one.ipynb", CHAPTER.replace("# One", "# Number one"));
  assertStringIncludes((await lab(checkout, "--no-open")).out, "made anew");
  assertStringIncludes(checkout.read(MINE), "# Number one");

  checkout.write(MINE, checkout.read(MINE).replace("# Number one", "# My own"));
  checkout.write("notebooks/01_one.ipynb", CHAPTER.replace("# One", "# Number two"));
  const newer = MINE.replace(".ipynb", "_2.ipynb");
  assertStringIncludes((await lab(checkout, "--no-open")).out, `${newer}: made, beside`);
  assertStringIncludes(checkout.read(newer), "# Number two");
  assertStringIncludes((await lab(checkout, "--no-open")).out, `${newer}: there already`);
  assertStringIncludes((await lab(checkout, "--remove")).out, `${MINE}: you edited it`);
  assertStringIncludes(checkout.read(MINE), "# My own");
  assertFalse(exists(join(checkout.root, newer)));
});

Deno.test("lab: a copy that cannot be read any more is left, and a new one goes beside it", async () => {
  using checkout = new Checkout({ "01_one.ipynb": CHAPTER });
  Deno.mkdirSync(join(checkout.root, "notebooks", "mine"));
  checkout.write(MINE, "half of a noteb");
  const { out } = await lab(checkout, "--no-open");
  assertStringIncludes(out, "01_one_2.ipynb: made, beside");
  assertEquals(checkout.read(MINE), "half of a noteb");
});

Deno.test("lab: a folder that takes no copies, as on a locked stick, is said with what to do", async () => {
  using checkout = new Checkout({ "01_one.ipynb": CHAPTER });
  checkout.write("notebooks/mine", "no folder");
  const { code, err } = await lab(checkout, "--no-open");
  assertEquals(code, 2);
  assertMatch(
    err,
    /notebooks.mine: cannot be written to \(.+\): work in a copy of the whole folder/,
  );
  checkout.write("locked", "no folder");
  const elsewhere = await lab(
    checkout,
    "--edition",
    "student",
    "--out",
    join(checkout.root, "locked"),
  );
  assertMatch(elsewhere.err, /--out .*locked: cannot be written to \([^:]+: .+\)$/m);
});

Deno.test("lab: opens Jupyter where there is one, else names VS Code and the install line", async () => {
  using checkout = new Checkout({ "01_one.ipynb": CHAPTER });
  const without = await lab(checkout);
  assertEquals(without.code, 0);
  assertStringIncludes(without.out, "VS Code");
  assertStringIncludes(without.out, "pip install jupyterlab");
  if (Deno.build.os === "windows") return;
  const fake = join(checkout.home, "jupyter-notebook");
  const script = `#!${Deno.execPath()}
if (Deno.args[0] === "--version") console.log("9.9.9");
else console.log("opened", ...Deno.args);`;
  Deno.writeTextFileSync(fake, script, { mode: 0o755 });
  const opened = await lab(checkout);
  assertStringIncludes(opened.out, "opened notebooks/mine/01_one.ipynb");
});

Deno.test({
  name: "lab: told to end, it has Jupyter end itself and its kernels, and leaves Ctrl-C to it",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    using checkout = new Checkout({ "01_one.ipynb": CHAPTER });
    const script = `#!${Deno.execPath()}
if (Deno.args[0] === "--version") {
  console.log("9.9.9");
  Deno.exit();
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => {
    console.log(signal);
    if (signal === "SIGTERM") Deno.exit(7);
  });
}
setTimeout(() => Deno.exit(), 60_000); // left alone
console.log("opened");`;
    Deno.writeTextFileSync(join(checkout.home, "jupyter-notebook"), script, { mode: 0o755 });
    const running = await checkout.start(LAB, [], { PATH: checkout.home });
    let said = "";
    for await (const piece of running.stdout.pipeThrough(new TextDecoderStream())) {
      const before = said.includes("opened");
      said += piece;
      if (before || !said.includes("opened")) continue;
      running.kill("SIGINT");
      running.kill("SIGTERM");
    }
    assertStringIncludes(said, "opened\nSIGTERM\n");
    assertEquals((await running.status).code, 7);
  },
});

Deno.test("lab: a Deno that npx keeps in its cache is copied to where it stays", () => {
  assert(isPassing("/home/a/.npm/_npx/7a40/node_modules/deno/deno"));
  assert(isPassing("C:\\Users\\a\\AppData\\Local\\npm-cache\\_npx\\7a40\\node_modules\\deno.exe"));
  assertFalse(isPassing("/usr/lib/node_modules/deno/deno"));
  assertFalse(isPassing("/home/a/.deno/bin/deno"));
  const folder = Deno.makeTempDirSync();
  try {
    const program = join(folder, "program");
    Deno.writeTextFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
    Deno.mkdirSync(join(folder, "lab"));
    Deno.writeTextFileSync(join(folder, "lab", "deno-0.1.0"), "an older one");
    const copy = copyOf(program, join(folder, "lab"));
    assertEquals([...Deno.readDirSync(join(folder, "lab"))].map(({ name }) => name), [
      copy.slice(folder.length + 5),
    ]);
    assertEquals(Deno.readTextFileSync(copy), "#!/bin/sh\n");
    if (Deno.build.os !== "windows") assertEquals(Deno.statSync(copy).mode! & 0o777, 0o755);
    assertEquals(copyOf(program, join(folder, "lab")), copy);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("lab: knows Jupyter's data folder on each system", () => {
  const at = (os: typeof Deno.build.os, variables: Record<string, string>, home = "/home/a") =>
    jupyterDataFolder({ os, home, env: (name) => variables[name] });
  assertEquals(at("linux", {}), "/home/a/.local/share/jupyter");
  assertEquals(at("linux", { XDG_DATA_HOME: "/data" }), "/data/jupyter");
  assertEquals(at("linux", { JUPYTER_DATA_DIR: "/j", XDG_DATA_HOME: "/data" }), "/j");
  assertEquals(at("darwin", { XDG_DATA_HOME: "/data" }), "/home/a/Library/Jupyter");
  assertEquals(at("windows", { APPDATA: "C:\\a\\Roaming" }, "C:\\a"), "C:\\a\\Roaming\\jupyter");
  assertEquals(at("windows", {}, "C:\\a"), "C:\\a\\.jupyter\\data");
});
