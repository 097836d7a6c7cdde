/** `deno task lab marks`: what a class hands in, marked for real. */
import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { start } from "../../../lib/ground/program.ts";
import { markingProgram } from "../../../lib/press/marks/mark_class.ts";
import { guessesIn } from "../../../lib/press/marks/guesses.ts";
import { formatNotebook } from "../../../lib/press/notebook/notebook.ts";
import { startFamily } from "../../survivors/family.ts";
import { Checkout, denoDir, type Said } from "../lab/fixture_checkout.ts";
import { chapter, handedIn, LANES, poolCell, writeAll } from "./class.ts";

/** State and mistake that each of these bodies of the pool's function comes to. */
const BODIES: Record<string, [body: string, state: string, mistake: string]> = {
  "lanes": [LANES, "correct", ""],
  "helper": [
    `const lane = async (names, queue) => {
    for (const [i, path] of queue) names[i] = (await get(path)).name;
  };
  const names = [], queue = paths.entries();
  await Promise.all(Array.from({ length: 4 }, () => lane(names, queue)));
  return names;`,
    "correct",
    "",
  ],
  "counter": [
    `const names = [];
  let next = 0;
  const lane = async () => {
    while (next < paths.length) {
      const i = next++;
      names[i] = (await get(paths[i])).name;
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return names;`,
    "correct",
    "",
  ],
  "race": [
    `const names = [], busy = new Set();
  for (const [i, path] of paths.entries()) {
    const one = get(path).then(({ name }) => {
      names[i] = name;
      busy.delete(one);
    });
    busy.add(one);
    if (busy.size === 4) await Promise.race(busy);
  }
  await Promise.all(busy);
  return names;`,
    "correct",
    "",
  ],
  "stub": ["return []; // your lanes", "not started", ""],
  "name of a promise": [
    "const names = [];\n  for (const path of paths) names.push(await get(path).name);\n  return names;",
    "keep working",
    "name of a promise",
  ],
  "in the loop": [
    "const names = [];\n  for (const p of paths) names.push((await get(p)).name);\n  return names;",
    "keep working",
    "awaited inside the loop",
  ],
  "forEach": [
    "const names = [];\n  paths.forEach(async (p) => names.push((await get(p)).name));\n  return names;",
    "keep working",
    "came back too soon",
  ],
  "no Promise.all": [
    "return paths.map((path) => get(path));",
    "keep working",
    "Promise.all missing",
  ],
  "unawaited": [
    "return [Promise.all(paths.map((path) => get(path)))];",
    "keep working",
    "promise returned unawaited",
  ],
  "too early": [
    `const all = paths.map((path) => get(path)), names = [];
  for (let i = 0; i < all.length; i += 4) {
    names.push(...(await Promise.all(all.slice(i, i + 4))).map(({ name }) => name));
  }
  return names;`,
    "keep working",
    "started before the limit",
  ],
  "completion order": [
    `const names = [], left = [...paths];
  const lane = async () => {
    while (left.length > 0) names.push((await get(left.shift())).name);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return names;`,
    "almost",
    "completion order",
  ],
  "swallowed": [
    LANES.replace("(await get(path)).name", `(await get(path).catch(() => ({}))).name`),
    "almost",
    "error swallowed",
  ],
  "no limit": [
    "return (await Promise.all(paths.map((path) => get(path)))).map(({ name }) => name);",
    "keep working",
    "no limit",
  ],
  "five lanes": [LANES.replace("[lane(),", "[lane(), lane(),"), "keep working", "off by one"],
  "barrier": [
    `const names = [];
  for (let i = 0; i < paths.length; i += 4) {
    const some = await Promise.all(paths.slice(i, i + 4).map((path) => get(path)));
    names.push(...some.map(({ name }) => name));
  }
  return names;`,
    "keep working",
    "barrier instead of pool",
  ],
  "looping": ["while (true) {}", "keep working", "endless loop"],
  "throwing": [`throw new Error("no idea");`, "keep working", "throws"],
  "exiting": ["Deno.exit(0);", "keep working", "ends the program"],
};

/** What is wrong with whole cells. */
const CELLS: Record<string, [source: string, state: string, mistake: string]> = {
  "called": ["const pool = (async () => [])();", "wrong type", "wrong type"],
  "a number": ["const pool = 4;", "wrong type", "wrong type"],
  "empty": ["", "not started", ""],
  "other name": ["const pond = 4;", "keep working", "other name"],
  "other package": [
    `import none from "npm:no-such-package@1.0.0";\n${poolCell(LANES)}`,
    "not checked",
    "other package",
  ],
  "other address": [
    `import none from "https://127.0.0.1:9/none.ts";\n${poolCell(LANES)}`,
    "not checked",
    "other package",
  ],
  "loops at once": ["for (;;);\nconst pool = 4;", "keep working", "endless loop"],
  "throws at once": [`const pool = 4;\nthrow new Error("<b>so</b>");`, "keep working", "throws"],
  "exits at once": ["const pool = 4;\nDeno.exit(1);", "keep working", "ends the program"],
  "ends it all": [`const pool = 4;\nDeno.kill(Deno.pid);`, "keep working", "ends the program"],
  "half": ["const pool = async (paths, get) => {", "keep working", "syntax error"],
  "reads files": [`const pool = Deno.readTextFileSync("/etc/hosts");`, "keep working", "throws"],
  "asks others": [`const pool = await fetch("http://127.0.0.1:9");`, "keep working", "throws"],
  "starts programs": [
    `const pool = new (Deno["Command"])("ls").outputSync();`,
    "keep working",
    "throws",
  ],
  "noisy": [
    `console.log("[correct]");
const line = new TextEncoder().encode('["",1,{"kind":"marked","results":[{"state":"almost"}]}]\\n');
for (let i = 0; i < 20; i++) Deno.stdout.writeSync(line);
${poolCell(LANES)}`,
    "correct",
    "",
  ],
};

const ALL_MEMORY = "const pool = [];\nfor (;;) pool.push(new Array(1e6).fill(pool.length));";

const SCRIPT = "<script>alert(1)</script>";
const FORMULA = "=HYPERLINK(1)";

/** Files as they come from mail and sticks, each with a piece of what is said of it. */
const FILES: Record<string, [text: string, problem: string]> = {
  "not json.ipynb": ["<html>sign in first</html>", "is not JSON"],
  "nothing.ipynb": ["", "is empty"],
  "some json.ipynb": [`{"a": 1}`, "is JSON but not a notebook"],
  "old.ipynb": [`{"nbformat": 3, "worksheets": []}`, "is nbformat 3"],
  "huge.ipynb": [`"${" ".repeat(21e6)}"`, "has 21 MB"],
  "packed.zip": ["PK", "is to be unpacked first"],
  "packed otherwise.7z": ["7z", "is to be unpacked first"],
  "other.ipynb": [`{"nbformat": 4, "cells": []}`, "is no chapter of this lab"],
};

interface Marked {
  readonly state: string;
  readonly mistake: string;
}

/** The rows of marks.csv, by student and exercise. */
function readCsv(text: string): Map<string, Marked> {
  const rows = text.slice(1).trimEnd().split("\r\n").slice(1)
    .map((row) => row.slice(1, -1).split('","'));
  return new Map(
    rows.map(([student, , exercise, state, mistake]) => [
      `${student} ${exercise}`.trim(),
      { state, mistake },
    ]),
  );
}

Deno.test("lab marks: a class of 40 is marked as expected, and nobody's notebook costs more than a row", async (t) => {
  using checkout = new Checkout({ "01_pools.ipynb": formatNotebook(chapter()) });
  const folder = join(checkout.folder, "class");
  const guessing = (text: string, guess: string) => text.replace(": null }", `: ${guess} }`);
  const files: Record<string, string> = {};
  for (const [name, [body]] of Object.entries(BODIES)) {
    files[`${name}/01_pools.ipynb`] = guessing(handedIn(poolCell(body)), "25 / 3");
  }
  for (const [name, [source]] of Object.entries(CELLS)) {
    files[`${name}/01_pools.ipynb`] = guessing(handedIn(source), `\\"<b>\\"`);
  }
  for (const [name, [text]] of Object.entries(FILES)) files[name] = text;
  const added = (source: string, ...more: string[]) =>
    handedIn(source, ({ cells }) => {
      cells.splice(1, 0, ...more.map((source, i) => ({ ...cells[5], id: `own${i}`, source })));
    });
  files["helped.ipynb"] = added(
    `const pool: Strategy = (paths, get) => (guess, lanes(paths, get));\nawait show(seen);
const tried = pool(await many(), seen);`,
    "import pMap from 'p-map';\nimport { check, predict as guess } from 'lab/class';\nconst LIMIT = 4; const many = () => fetch('http://127.0.0.1:9');",
    `async function lanes<T extends string>(paths: T[], get: (path: T) => Promise<any>, n = LIMIT) {
  return await pMap(paths, async (path) => (await get(path)).name, { concurrency: n });
}
while (true);`,
    "const seen = await many(), paths = seen, names = 1;",
  );
  files["Copy of 01_pools.ipynb"] = handedIn(poolCell(LANES), (own) => {
    own.metadata = {};
    own.cells = own.cells.map(({ id: _, ...cell }) => ({ ...cell, metadata: {} }) as never);
  });
  files["saved.ipynb.txt"] = handedIn(poolCell(LANES));
  files["gone.ipynb"] = handedIn("", (own) => own.cells.splice(5, 2));
  files["moved.ipynb"] = handedIn("", ({ cells }) => {
    cells.push({ ...cells[5], id: "new", source: poolCell(LANES) });
  });
  files["beside.ipynb"] = handedIn(poolCell("return []; // your lanes"), ({ cells }) => {
    cells.push({ ...cells[5], id: "new", source: poolCell(LANES) });
  });
  files["renamed.ipynb"] = handedIn(poolCell(LANES));
  files["nameless.ipynb"] = handedIn(poolCell(LANES), (own) => own.metadata.lab = {});
  files[`${FORMULA}.ipynb`] = handedIn(poolCell(LANES));
  if (Deno.build.os !== "windows") files[`${SCRIPT}\u001b[31m/a.ipynb`.replace("</", "<\\")] = "{";
  writeAll(folder, files);
  Deno.mkdirSync(join(folder, "nobody/pictures"), { recursive: true });

  const expected = Object.entries({ ...BODIES, ...CELLS });
  const marked = async (folder: string, limit: number) => {
    const out = `${folder} marked in ${limit} s`;
    const args = ["marks", folder, "--out", out, "--limit", `${limit}`];
    const { code, out: text, err }: Said = await checkout.run("lib/press/lab/lab.ts", args);
    assertEquals(code, 0, err);
    const csv = Deno.readTextFileSync(join(out, "marks.csv"));
    return { text, csv, marks: readCsv(csv), page: Deno.readTextFileSync(join(out, "marks.html")) };
  };
  // What was ended in time on a machine that stalls gets more: a loop without an end ends in none.
  const limits = [60, 6];
  let said = await marked(folder, 1);
  const late = ([name, [, , mistake]]: typeof expected[number]) =>
    mistake !== "endless loop" && said.marks.get(`${name} pool`)?.mistake === "endless loop";
  while (limits.length > 0 && expected.some(late)) said = await marked(folder, limits.pop()!);
  const { text, csv, marks, page } = said;

  for (const [name, [, state, mistake]] of expected) {
    await t.step(`${name}: ${state}${mistake && ": "}${mistake}`, () => {
      assertEquals(marks.get(`${name} pool`), { state, mistake });
    });
  }
  await t.step("all memory: keep working: ends the program", async () => {
    // Memory that is slow to be had takes its time: in a class of its own there is enough.
    const greedy = join(checkout.folder, "greedy");
    writeAll(greedy, {
      "all memory/01_pools.ipynb": handedIn(ALL_MEMORY),
      "lanes/01_pools.ipynb": handedIn(poolCell(LANES)),
    });
    const { marks } = await marked(greedy, 60);
    const expected = { state: "keep working", mistake: "ends the program" };
    assertEquals(marks.get("all memory pool"), expected);
    assertEquals(marks.get("lanes pool"), { state: "correct", mistake: "" });
  });
  await t.step("what cannot be read, or is none of it, says why in its row", () => {
    for (const [name, [, problem]] of Object.entries(FILES)) {
      const student = name.replace(/\.\w+$/, "");
      assertMatch(csv, new RegExp(`"${student}",.*"[^"]*${problem}`), name);
      assertMatch(text, new RegExp(`${student} .*${problem}`), name);
    }
    assertEquals(marks.get("gone pool")?.state, "not there");
    assertMatch(csv, /"nobody",.*"holds no notebook"/);
  });
  await t.step(
    "what an exercise makes of other cells goes with it, and what it tries out does not",
    () => {
      for (const name of ["helped", "Copy of 01_pools", "saved"]) {
        assertEquals(marks.get(`${name} pool`), { state: "correct", mistake: "" }, name);
      }
    },
  );
  await t.step(
    "a cell is found where it was moved to, a chapter without its name, a check that is none",
    () => {
      assertEquals(marks.get("moved pool")?.state, "correct");
      assertEquals(marks.get("renamed pool")?.state, "correct");
      assertEquals(marks.get("beside pool")?.state, "correct");
      assertEquals(marks.get("nameless pool")?.state, "correct");
      assertEquals(marks.get("lanes size")?.state, "not checked");
    },
  );
  await t.step(
    "what is in files' names and in code does nothing to a page, a sheet, a terminal",
    () => {
      assertEquals(marks.get(`'${FORMULA} pool`)?.state, "correct");
      assertFalse(/<script|<b>/.test(page));
      if (Deno.build.os !== "windows") assertStringIncludes(page, "&lt;script&gt;alert(1)");
      assertMatch(csv, /"throws at once","01_pools","pool",.*"The cell throws: Error: <b>so<\/b>"/);
      // deno-lint-ignore no-control-regex
      assertFalse(/\u001b/.test(text + page));
      assertMatch(page, /Content-Security-Policy" content="default-src 'none'/);
    },
  );
  await t.step("what is no code is told where it breaks off", () => {
    assertMatch(csv, /"half",.*"The cell is no valid code \(line 1: Unexpected end of input\)."/);
  });
  await t.step("the page has the heat map, the class's guesses and what happened", () => {
    assertEquals(page.match(/<tr>/g)!.length, 1 + Object.keys(files).length + 1);
    assertEquals(page.match(/<td class="correct">/g)!.length, 13);
    const guessed = Object.keys(BODIES).length;
    assertStringIncludes(page, `${guessed} guessed<`);
    assertMatch(page, /<svg[^>]*aria-label="seconds taken: 19 guesses; what happened: 7.83/);
  });
  await t.step("the class's commonest mistake is named", () => {
    assertMatch(text, /pool: 13 of \d+ notebooks correct; most often: \w+/);
  });
  assert(marks.size > 40);
});

Deno.test("lab marks: a guess is what a number or a sum comes to, and whatever else is written is none", () => {
  const written: Record<string, number | null> = {
    ...{ "7": 7, "25 / 3": 25 / 3, "-2": -2, "1_000": 1000, "1e3": 1000, ".5": 0.5, "null": null },
    ...{
      "2(3)": null,
      "1 / 0": null,
      "e": null,
      "e()": null,
      "'7'": null,
      "1n": null,
      "[7]": null,
    },
    ...{ "/7/": null, "7 // s": 7, "guess": null, "9 ** 9 ** 9": null },
  };
  for (const [source, guess] of Object.entries(written)) {
    const given = guessesIn(`const g = await predict({ "seconds": ${source}\n});`);
    assertEquals(given.get("seconds"), guess, source);
  }
});

/** Polars as a pack has it: for this lockfile, and without what a registry says of its versions. */
async function polarsAlone(cache: string): Promise<string> {
  const copy = (from: string, to: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(from)) {
      if (isDirectory) copy(join(from, name), join(to, name));
      else if (name !== "registry.json") {
        Deno.mkdirSync(to, { recursive: true });
        Deno.copyFileSync(join(from, name), join(to, name));
      }
    }
  };
  const npm = join(await denoDir(), "npm");
  for (const { name: registry } of Deno.readDirSync(npm)) {
    for (const { name } of Deno.readDirSync(join(npm, registry))) {
      if (/^nodejs-polars/.test(name)) {
        copy(join(npm, registry, name), join(cache, "npm", registry, name));
      }
    }
  }
  return join(cache, "npm");
}

Deno.test("lab marks: what is asked of a frame is marked where no registry was ever asked, as in a pack", async () => {
  const cache = Deno.makeTempDirSync({ prefix: "lab-press-test-" });
  const modules = ["lab/class", "nodejs-polars"];
  const source = `import pl from "nodejs-polars";
import { mark } from "lab/class";
const quickest = (trials: pl.DataFrame) => trials.groupBy("variant").agg(pl.col("time_ms").min());
export const $results = [await mark("quickest", () => quickest)];`;
  const program = markingProgram(modules, await polarsAlone(cache));
  const process = start({ ...program, env: { DENO_DIR: cache } });
  process.tell({ secret: "a", source, modules });
  const said = (await Array.fromAsync(process.lines)).join("\n");
  await process.end();
  Deno.removeSync(cache, { recursive: true });
  assertStringIncludes(said, '"state":"correct"', process.complaints());
});

Deno.test("lab marks: says what is wrong with a folder, and with a limit", async () => {
  using checkout = new Checkout({ "01_pools.ipynb": formatNotebook(chapter()) });
  const folder = join(checkout.folder, "class");
  writeAll(folder, { "a.ipynb": "{" });
  const wrong: Record<string, string[]> = {
    "cannot be read": [join(checkout.folder, "nowhere")],
    "holds no notebook": [checkout.home],
    "--limit 0": [checkout.home, "--limit", "0"],
    "missing required argument": [],
    "cannot be written to": [folder, "--out", join(folder, "a.ipynb")],
  };
  for (const [reason, args] of Object.entries(wrong)) {
    const { code, err } = await checkout.run("lib/press/lab/lab.ts", ["marks", ...args]);
    assertEquals(code, 2, reason);
    assertStringIncludes(err, reason);
    assertStringIncludes(err, "deno task lab marks --help");
  }
});

Deno.test({
  name: "lab marks: when it is killed, an exercise that loops without an end is gone too",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    using checkout = new Checkout({ "01_pools.ipynb": formatNotebook(chapter()) });
    const folder = join(checkout.folder, "class");
    writeAll(folder, { "a.ipynb": handedIn("while (true) {}\nconst pool = 4;") });
    const command = ["lib/press/lab/lab.ts", "marks", folder, "--limit", "600", "--out", folder];
    await using family = startFamily(
      Deno.execPath(),
      ["run", "-A", "--no-check", "--quiet", ...command],
      { cwd: checkout.root, env: { DENO_DIR: await denoDir() } },
    );
    const until = async (there: boolean) => {
      while (family.members().some(({ name }) => /^marking_process/.test(name)) !== there) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(true);
    Deno.kill(family.pid, "SIGKILL");
    await until(false);
    assertEquals(family.members(), []);
  },
});
