import { assert, assertEquals, assertMatch, assertThrows, fail } from "@std/assert";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { UsageError } from "../lib/ground/usage.ts";
import { processes } from "./processes.ts";
import { allTests, inOneIsolate, type Run, testArguments } from "./run.ts";
import { closingLine, tally } from "./tally.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

const textOf = (path: string) => Deno.readTextFileSync(join(root, path));

Deno.test("deno task test: what is no file is an option's value, and then all tests run", () => {
  const all: [typed: string[], run: string[]][] = [
    [[], ["test/"]],
    [["--fail-fast"], ["--fail-fast", "test/"]],
    [["--filter", "pool"], ["--filter", "pool", "test/"]],
    [["--filter", "test"], ["--filter", "test", "test/"]],
    [["--reporter", "dot"], ["--reporter", "dot", "test/"]],
    [["test/ideal"], [join(here, "ideal")]],
    [["test/ideal", "--filter", "pool"], [join(here, "ideal"), "--filter", "pool"]],
  ];
  for (const [typed, run] of all) assertEquals(testArguments(typed, root), run, typed.join(" "));
  assertEquals(testArguments(["ideal"], here), [join(here, "ideal")]);
  assertEquals(testArguments(["test/ideal"], here), [join(here, "ideal")]);
});

Deno.test("deno task test: a file that is not there is named", () => {
  for (const wrong of [["no_such_test.ts"], ["test/ideal", "pool"], ["--reporter=dot", "ideal"]]) {
    assertThrows(
      () => testArguments(wrong, root),
      UsageError,
      `no file or folder "${wrong.at(-1)}"`,
    );
  }
});

Deno.test("deno task test: a filter without a text is not all tests", () => {
  for (const wrong of [["--filter"], ["test/ideal", "--filter"], ["--filter", ""], ["--filter="]]) {
    assertThrows(() => testArguments(wrong, root), UsageError, "--filter needs a text");
  }
});

Deno.test("deno task test: what measures runs alone, what looks at or changes all of its process apart", () => {
  const { together, computing, apart, few, alone } = allTests();
  const all = [...together, ...computing, ...apart, ...few, ...alone];
  assertEquals(new Set(all).size, all.length);
  assert(all.length > 100 && alone.some((path) => path.startsWith("test/load/")));
  assert(few.length > 1 && few.every((path) => path.startsWith("test/notebooks/")));
  // A manner that there is not would be taken for none.
  const manners = all.flatMap((path) => textOf(path).match(/^\/\/ Runs [^:\n]*/gm) ?? []);
  const known = ["alone", "apart", "with a few", "in one isolate"];
  assertEquals(new Set(manners), new Set(known.map((manner) => `// Runs ${manner}`)));
  const looking = [...together, ...computing, ...few, ...alone].filter((path) =>
    /parent === Deno\.pid|left_behind\.ts|^ *(else )?Deno\.(env\.(set|delete)|chdir)\(/m
      .test(textOf(path))
  );
  assertEquals(looking, []);
  assert(together.includes("test/run_test.ts") && apart.length > 1);
});

Deno.test("deno task test: what computes is loaded in one isolate, and starts nothing others could meet", async () => {
  const { computing } = allTests();
  assert(computing.length > 30, `${computing.length}`);
  const folder = await Deno.makeTempDir();
  try {
    const one = Deno.readTextFileSync(inOneIsolate(computing, join(folder, "one_test.ts")));
    const imported = [...one.matchAll(/"(.*)"/g)].map(([, url]) => fileURLToPath(url));
    assertEquals(imported, computing.map((file) => join(root, file)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  // What another file leaves open, or does meanwhile, would be in their way.
  const starting = computing.filter((path) =>
    /\b(tight|startOrigin|Kernel\.start|launchChromium|Deno\.(serve|listen))\(|sanitize(Ops|Res)/
      .test(textOf(path))
  );
  assertEquals(starting, []);
});

/** What `deno task test` says of `code` in a file of its own, and how it ends. */
async function testing(code: string, ...options: string[]) {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "one_test.ts");
    const needs = JSON.stringify(new URL("./needs.ts", import.meta.url).href);
    await Deno.writeTextFile(file, `import { needs } from ${needs};\n${code}`);
    const args = ["run", "-A", "--no-check", join(here, "run.ts"), file, ...options];
    const command = new Deno.Command(Deno.execPath(), {
      args,
      env: { NO_COLOR: "1", CI: "", PATH: folder },
      stderr: "null",
    });
    const { code: exit, stdout } = await command.output();
    return { exit, lines: new TextDecoder().decode(stdout).trimEnd().split("\n") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("deno task test: the last line counts tests and steps, and what is missing", async () => {
  const good = `
    Deno.test("one", (t) => t.step("its step", () => {}));
    Deno.test("prints", () => console.log("<testcase <skipped/> <failure"));`;
  const { exit, lines } = await testing(good);
  assertEquals([exit, lines.at(-1)], [0, "3 passed, 0 failed"]);
  assertMatch(lines.find((line) => line.startsWith("ok |"))!, /^ok \| 2 passed \(1 step\)/);

  const bare = await testing(`${good}
    needs("hugo")("two", () => {});
    needs("go", "hugo")("three (needs (more)", () => {});
    Deno.test.ignore("four", () => {});
    Deno.test.ignore("four (forbidden here: unshare --pid)", () => {});
    Deno.test("five", async (t) => { await needs("go", "hugo").step(t, "its step", () => {}); });`);
  const line =
    "4 passed, 0 failed, 5 ignored: 3 need hugo, 2 need go, 1 needs what this machine forbids";
  assertEquals([bare.exit, bare.lines.at(-1)], [0, line]);

  const wrong = await testing(`${good}
    Deno.test("fails", async (t) => { await t.step("its step", () => { throw "<skipped/>"; }); });`);
  assertEquals([wrong.exit, wrong.lines.at(-1)], [1, "3 passed, 2 failed"]);
  const outside = await testing(`${good} throw new Error("outside");`);
  assertEquals([outside.exit, outside.lines.at(-1)], [1, "0 passed, 1 failed"]);
});

Deno.test("deno task test: --filter picks tests, and other options are deno test's own", async () => {
  const code = `Deno.test("one", () => {}); Deno.test("two", () => {});`;
  const { exit, lines } = await testing(code, "--filter", "two");
  assertEquals([exit, lines.at(-1)], [0, "1 passed, 0 failed"]);
  const tap = await testing(code, "--reporter", "tap");
  assertMatch(tap.lines[0], /^TAP version/);
  assertEquals(tap.lines.filter((line) => line.includes("passed,")), []);
});

Deno.test("deno task test: a run that fails is followed by the others, at once or later, and counted with them", async () => {
  const folder = await Deno.makeTempDir();
  const runs = [`throw "x";`, `console.log("second");`, ""].map((body, i): Run => {
    const file = join(folder, `${i}_test.ts`);
    Deno.writeTextFileSync(file, `Deno.test("one", () => { ${body} });`);
    return { args: [file], jobs: 1 };
  });
  const code = `import { run } from ${JSON.stringify(new URL("./run.ts", import.meta.url).href)};
    Deno.exit(await run(${JSON.stringify([runs.slice(0, 2), runs.slice(2)])}));`;
  const { code: exit, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--config", join(root, "deno.json"), code],
    env: { NO_COLOR: "1" },
    stderr: "null",
  }).output();
  const said = new TextDecoder().decode(stdout).trimEnd();
  assertEquals([exit, said.split("\n").at(-1)], [1, "2 passed, 1 failed"]);
  assertMatch(said, /^second$/m);
  await Deno.remove(folder, { recursive: true });
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`deno task test: ${signal} ends the tests, and nothing is left of them`, async () => {
    const folder = await Deno.makeTempDir();
    const file = join(folder, `${crypto.randomUUID()}_test.ts`);
    const wait = `setInterval(() => {}, 1000); // ${file}`;
    const code = `new Deno.Command(Deno.execPath(), { args: ["eval", ${JSON.stringify(wait)}] })
      .spawn();
      Deno.test("waits", () => new Promise(() => setInterval(() => {}, 1000)));
      console.log("at work");`;
    await Deno.writeTextFile(file, code);
    const runner = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", join(here, "run.ts"), file],
      env: { TMPDIR: folder },
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const out = runner.stdout.pipeThrough(new TextDecoderStream()).values({ preventCancel: true });
    let said = "";
    while (!said.includes("at work")) said += (await out.next()).value ?? fail(said);
    runner.kill(signal);
    while (!(await out.next()).done);
    assertEquals((await runner.status).success, false);
    while ((await processes()).some(({ command }) => command.includes(file))) await pause(10);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), [basename(file)]);
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("the closing line is as plain as it can be", () => {
  const none = { passed: 2, failed: 1, ignored: 0, wanting: {} };
  assertEquals(closingLine(none), "2 passed, 1 failed");
  assertEquals(closingLine({ ...none, ignored: 1 }), "2 passed, 1 failed, 1 ignored");
  const one = { ...none, ignored: 1, wanting: { go: 1 } };
  assertEquals(closingLine(one), "2 passed, 1 failed, 1 ignored: 1 needs go");
  assertEquals(tally([]), { passed: 0, failed: 0, ignored: 0, wanting: {} });
});
