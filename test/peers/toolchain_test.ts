/** Toolchains are found at run time; one that is missing says what to install. */
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { copyFolder } from "./copy_folder.ts";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildGo, findGo, goFolder } from "../../lib/peers/go_toolchain.ts";
import { findPython } from "../../lib/peers/python_toolchain.ts";
import { needs } from "../needs.ts";

const test = { both: needs("go", "python"), go: needs("go"), python: needs("python") };

const peers = new URL("../../lib/peers/", import.meta.url);

/** What a module's function resolves to, or the error's message, with another path to look along. */
const withPath = (path: string, module: string, call: string) =>
  withEnv({ PATH: path }, module, call);

async function withEnv(env: Record<string, string>, module: string, call: string): Promise<string> {
  const code = `import * as m from ${JSON.stringify(new URL(module, peers).href)};
    console.log(await m.${call}.then(JSON.stringify, (e) => e.name + ": " + e.message));`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, code);
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--no-lock", "--config", config, file],
    env,
  }).output();
  await Deno.remove(file);
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

async function folderWith(name: string, script: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, name), script, { mode: 0o755 });
  return folder;
}

test.both("Go and a Python with the packages are found on this machine", async () => {
  assert(/^go1\.\d+/.test((await findGo()).version));
  const python = await findPython(["requests", "aiohttp", "urllib3", "flask", "gunicorn", "ephem"]);
  assert(/^3\./.test(python.version));
});

Deno.test("without a Go the error says what to install", async () => {
  const said = await withPath("/nowhere", "go_toolchain.ts", "findGo()");
  assertStringIncludes(said, "MissingToolchain: Go is not installed");
  assertStringIncludes(said, "apt-get install golang-go");
});

Deno.test("without a Python the error says what to install", async () => {
  const said = await withPath("/nowhere", "python_toolchain.ts", 'findPython(["aiohttp"])');
  assertStringIncludes(said, "MissingToolchain: Python is not installed");
  assertStringIncludes(said, "apt-get install python3 python3-aiohttp");
  assertStringIncludes(said, "python3 -m pip install aiohttp");
});

Deno.test("a Python that lacks packages says which", async () => {
  const answer = `{"command": "x", "version": "3.12.1", "packages": {"aiohttp": "3.9"}}`;
  const folder = await folderWith("python3", `#!/bin/sh\necho '${answer}'\n`);
  const said = await withPath(folder, "python_toolchain.ts", 'findPython(["aiohttp", "ephem"])');
  assertStringIncludes(said, "Python 3.12.1 has no ephem; Debian: apt-get install python3-ephem");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what cannot run here is a row that says what to install", async () => {
  const call = 'variants("equalised", { set: "article" })';
  const said = JSON.parse(await withPath("/nowhere", "peer_sets.ts", call));
  assertEquals(said.variants, []);
  assertEquals(said.missing.length, 7);
  for (const { variant, install } of said.missing) {
    assertStringIncludes(install, variant.startsWith("Go") ? "golang-go" : "python3-requests");
  }
});

test.python("behind a python3 that is broken, or has no packages, another one is found", async () => {
  const broken = await folderWith("python3", "#!/bin/sh\nexit 3\n");
  const bare = await folderWith(
    "python3",
    `#!/bin/sh\necho '{"command": "bare", "version": "3.9.0", "packages": {}}'\n`,
  );
  const path = [broken, bare, Deno.env.get("PATH")].join(delimiter);
  const said = await withPath(path, "python_toolchain.ts", 'findPython(["aiohttp", "requests"])');
  assertEquals(JSON.parse(said).command, (await findPython(["aiohttp", "requests"])).command);
  for (const folder of [broken, bare]) await Deno.remove(folder, { recursive: true });
});

test.go("Go is built once for a source, anew for another, and its compiler's words are kept", async () => {
  const source = await copyFolder(goFolder);
  const built = await buildGo(source);
  const first = await Deno.stat(built);
  assertEquals((await Deno.stat(await buildGo(source))).mtime, first.mtime);
  // The same source elsewhere is the same program.
  assertEquals(await buildGo(), built);

  const other = await copyFolder(source, { "extra.go": "package main\n\nvar extra = 1\n" });
  const rebuilt = await buildGo(other);
  assertNotEquals(rebuilt, built);

  const wrong = await copyFolder(source, { "extra.go": "package main\n\nvar extra int = x\n" });
  const error = await assertRejects(() => buildGo(wrong), Error, "go build refused the Go peer");
  assertStringIncludes(error.message, "undefined: x");
  for (const folder of [source, other, wrong]) await Deno.remove(folder, { recursive: true });
  await Deno.remove(rebuilt);
});

test.go("Go builds where it may keep nothing in the user's home", async () => {
  const source = await Deno.makeTempDir();
  await Deno.writeTextFile(join(source, "go.mod"), "module tiny\n\ngo 1.18\n");
  await Deno.writeTextFile(join(source, "main.go"), "package main\n\nfunc main() {}\n");
  const file = await Deno.makeTempFile();
  const call = `buildGo(${JSON.stringify(source)})`;
  const built = JSON.parse(await withEnv({ GOCACHE: join(file, "in") }, "go_toolchain.ts", call));
  assert((await Deno.stat(built)).isFile);
  for (const path of [source, file, built]) await Deno.remove(path, { recursive: true });
});
