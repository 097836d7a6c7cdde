import { assert, assertEquals, assertMatch } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { debianPackages } from "./needs.ts";

const here = dirname(fileURLToPath(import.meta.url));

/** What `deno test` says of `code`, run with these variables, and whether it passes. */
async function testing(code: string, env: Record<string, string>) {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "needing_test.ts");
    const url = new URL("./needs.ts", import.meta.url).href;
    await Deno.writeTextFile(
      file,
      `import { needs, needsUnshare } from ${JSON.stringify(url)};\n${code}`,
    );
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", "--no-lock", "--no-config", file],
      env: { NO_COLOR: "1", CI: "", ...env },
      stderr: "null",
    }).output();
    return { success, said: new TextDecoder().decode(stdout) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const code = `
  needs("hugo")("builds", () => console.log("ran"));
  needs("go", "jekyll")("compares", () => console.log("ran"));
  Deno.test("has a step", (t) => needs("chromium").step(t, "is drawn", () => console.log("ran")));`;

Deno.test("needs: without its tools a test or a step is ignored, and its name says what to install", async () => {
  const { success, said } = await testing(code, { PATH: "/nowhere" });
  assert(success);
  assertMatch(said, /^builds \(needs hugo: apt-get install hugo\) \.\.\. ignored/m);
  const both = /^compares \(needs go, jekyll: apt-get install golang-go jekyll\) \.\.\. ignored/m;
  assertMatch(said, both);
  assertMatch(said, /^ +is drawn \(needs chromium: apt-get install chromium\) \.\.\. ignored/m);
  assertEquals(said.includes("ran"), false);
});

Deno.test("needs: in CI a missing tool is a failure that says what to install", async () => {
  const { success, said } = await testing(code, { PATH: "/nowhere", CI: "true" });
  assert(!success);
  assertMatch(said, /0 passed .*3 failed/);
  assertMatch(said, /CI skips nothing, and this needs hugo: apt-get install hugo/);
});

Deno.test("needs: with its tools a test runs under its own name, in CI too", async () => {
  const folder = await Deno.makeTempDir();
  for (const name of ["hugo", "go", "jekyll", "chromium"]) {
    await Deno.writeTextFile(join(folder, name), "#!/bin/sh\n", { mode: 0o755 });
  }
  const { success, said } = await testing(code, { PATH: folder, CI: "true" });
  assert(success, said);
  assertEquals(said.match(/^ran$/gm)?.length, 3);
  assertEquals(said.includes("(needs"), false);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("needs: what a machine forbids is ignored, in CI too; what it allows is not", async () => {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "unshare");
  // Only a network of its own may be had.
  await Deno.writeTextFile(file, `#!/bin/sh\n[ "$1" = --net ]\n`, { mode: 0o755 });
  const code = `
    needsUnshare(["--net"])("offline", () => console.log("ran"));
    needsUnshare(["--pid"])("alone", () => console.log("ran"));`;
  const { success, said } = await testing(code, { PATH: folder, CI: "true" });
  assert(success, said);
  assertEquals(said.match(/^ran$/gm)?.length, 1);
  assertMatch(said, /^alone \(forbidden here: unshare --pid\) \.\.\. ignored/m);
  const missing = await testing(code, { PATH: "/nowhere", CI: "true" });
  assertMatch(missing.said, /0 passed .*2 failed/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("needs: CI installs all that a test may need", async () => {
  const script = await Deno.readTextFile(join(here, "..", ".ci", "run"));
  const list = script.match(/packages=\(([^)]*)\)/)![1].trim().split(/\s+/);
  assertEquals(new Set(list), debianPackages);
});
