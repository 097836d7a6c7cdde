/** `deno task lab pack`: made for real, and started where there is no network. */
import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { missingPackages } from "../../../lib/press/pack/locked_packages.ts";
import { copyProject, packagesNamedIn } from "../../../lib/press/pack/project_files.ts";
import {
  parseSystems,
  startScript,
  type System,
  SYSTEMS,
  thisSystem,
} from "../../../lib/press/pack/systems.ts";
import { formatNotebook } from "../../../lib/press/notebook/notebook.ts";
import { needsUnshare, pathOf } from "../../needs.ts";
import { code, notebook } from "../record/fixture_project.ts";
import { denoDir } from "../lab/fixture_checkout.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const named = (name: string): System => SYSTEMS.find((system) => system.name === name)!;

const NO_NETWORK = ["--map-root-user", "--net"];
const withoutNetwork = needsUnshare(NO_NETWORK, "ip");

/** Runs a command where there is no network but this machine's own address. */
async function offline(
  command: readonly string[],
  env: Record<string, string> = {},
  cwd: string = root,
) {
  pathOf("ip");
  const { code, stdout, stderr } = await new Deno.Command(pathOf("unshare"), {
    args: [...NO_NETWORK, "sh", "-c", `ip link set lo up && exec "$0" "$@"`, ...command],
    cwd,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** A new folder, with what Deno keeps of packages already in the pack that is to be made in it. */
async function stickWithPackages(): Promise<{ folder: string; stick: string }> {
  const folder = Deno.makeTempDirSync({ prefix: "lab-stick-" });
  const stick = join(folder, "my stick");
  copyFolder(join(await denoDir(), "npm"), join(`${stick}.partial`, "cache", "npm"));
  return { folder, stick };
}

function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isDirectory, isFile } of Deno.readDirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) copyFolder(source, target);
    else if (isFile) linkOrCopy(source, target);
  }
}

/** A package’s own files never change, and are taken as they are. */
function linkOrCopy(source: string, target: string): void {
  const changes = source.endsWith("registry.json");
  try {
    if (!changes) return Deno.linkSync(source, target);
  } catch {
    // Another disk, or a system that has no links.
  }
  Deno.copyFileSync(source, target);
}

/** What registries say of packages: a new pack has little of it, as the lockfile says enough. */
function withoutRegistries(folder: string): void {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) withoutRegistries(path);
    else if (name === "registry.json") Deno.removeSync(path);
  }
}

const LAB = ["run", "-A", "--no-check", "lib/press/lab/lab.ts"];

withoutNetwork(
  "pack: what it makes runs a notebook, tests and lab without a network",
  async (t) => {
    const { folder, stick } = await stickWithPackages();
    try {
      const made = await new Deno.Command(Deno.execPath(), {
        args: [...LAB, "pack", "--out", stick, "--no-try"],
        cwd: root,
        env: { NO_COLOR: "1" },
      }).output();
      assertEquals(made.code, 0, new TextDecoder().decode(made.stderr));
      assertFalse(existsSync(`${stick}.partial`));
      withoutRegistries(join(stick, "cache", "npm"));
      const start = join(stick, startScript(thisSystem()).name);
      const own = { HOME: folder, JUPYTER_DATA_DIR: join(folder, "jupyter"), DENO_DIR: "/nowhere" };

      await t.step("it knows nothing of the folder in which it was made", () => {
        const kept = [...Deno.readDirSync(join(stick, "cache"))].map(({ name }) => name);
        assertEquals(kept, ["npm"]);
      });
      await t.step("run", async () => {
        const file = join(folder, "one.ipynb");
        const cells = [
          `import { startOrigin, charts, show } from "lab";\nimport pl from "nodejs-polars";`,
          `const origin = await startOrigin();\nconst answer = await fetch(origin.url + "/api/v2/pokemon/1");
console.log((await answer.json()).name, pl.DataFrame([{ a: 1 }]).height);\nawait origin.close();`,
        ];
        Deno.writeTextFileSync(file, formatNotebook(notebook(cells.map((cell) => code(cell)))));
        // From where the user stands.
        const command = ["env", "-u", "INIT_CWD", start, "run", "one.ipynb", "--out", "out"];
        const { code: exit, err } = await offline(command, own, folder);
        assertEquals(exit, 0, err);
        const ran = Deno.readTextFileSync(join(folder, "out", "notebooks", "one.ipynb"));
        assertStringIncludes(ran, "bulbasaur 1\\n");
      });
      await t.step("test", async () => {
        const { code: exit, out, err } = await offline(
          [start, "test", "test/ground/options_test.ts", "test/show/frames_test.ts"],
          own,
        );
        assertEquals(exit, 0, out + err);
        assertMatch(out, /\d+ passed, 0 failed/);
      });
      await t.step("lab", async () => {
        const { code: exit, out, err } = await offline([start, "lab", "--no-open"], own);
        assertEquals(exit, 0, err);
        assertStringIncludes(out, "01_catch_em_all.ipynb: made");
        const spec = JSON.parse(
          Deno.readTextFileSync(join(folder, "jupyter", "kernels", "await-lab", "kernel.json")),
        );
        assertEquals(spec.env.DENO_DIR, join(stick, "cache"));
        assert(existsSync(spec.argv[0]), spec.argv[0]);
      });
      await t.step("it holds nothing of the working copy's own", () => {
        for (const name of [".git", "_site", ".lab/deno.tests.lock.bak"]) {
          assertFalse(existsSync(join(stick, "await-lab", name)), name);
        }
      });
      await t.step("a second one in its place is refused", async () => {
        const { code: exit, err } = await offline([
          Deno.execPath(),
          ...LAB,
          "pack",
          "--out",
          stick,
        ]);
        assertEquals(exit, 2);
        assertStringIncludes(err, "is there already");
      });
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
);

withoutNetwork(
  "pack: without a network it says so, makes nothing half, and goes on from what came",
  async () => {
    const folder = Deno.makeTempDirSync({ prefix: "lab-stick-" });
    const stick = join(folder, "stick");
    const { code: exit, err } = await offline([
      Deno.execPath(),
      ...LAB,
      "pack",
      "--os",
      "windows",
      "--out",
      stick,
    ]);
    assertEquals(exit, 1, err);
    assertStringIncludes(err, "windows-x64: not everything could be fetched");
    assertStringIncludes(err, "the same command goes on from there");
    assertFalse(existsSync(stick));
    assert(existsSync(join(`${stick}.partial`, "await-lab", "deno.json")));
    Deno.removeSync(folder, { recursive: true });
  },
);

Deno.test("pack: takes what git has, or without git all but what is made anew and itself", async () => {
  const folder = Deno.makeTempDirSync({ prefix: "lab-project-" });
  const [from, to] = [join(folder, "project"), join(folder, "project", "stick.partial", "lab")];
  const names = ["deno.json", "lib/a.ts", ".vscode/b.json", "notebooks/mine/my.ipynb", "_site/c"];
  for (const name of [...names, ".lab/d", "stick.partial/cache/e", "stick.partial/lab/old"]) {
    Deno.mkdirSync(dirname(join(from, name)), { recursive: true });
    Deno.writeTextFileSync(join(from, name), name);
  }
  assertEquals(await copyProject(from, to), 3);
  for (const name of names.slice(0, 3)) assertEquals(Deno.readTextFileSync(join(to, name)), name);
  assertFalse(existsSync(join(to, "old")));
  assert(existsSync(join(from, "stick.partial", "cache", "e")));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("pack: looks for each package of a system in its own version, and for what is built for it", () => {
  const folder = Deno.makeTempDirSync();
  const lock = JSON.stringify({
    npm: {
      "plain@1.0.0": {},
      "@of/one@2.0.0_plain@1.0.0": {},
      "native@3.0.0": { optionalDependencies: ["native-linux", "native-win"] },
      "native-linux@3.0.0": { os: ["linux"], cpu: ["x64"] },
      "native-win@3.0.0": { os: ["win32"], cpu: ["x64"] },
    },
  });
  const place = (path: string) => {
    const file = join(folder, "npm", "registry", path, "package.json");
    Deno.mkdirSync(dirname(file), { recursive: true });
    Deno.writeTextFileSync(file, "{}");
  };
  for (const path of ["plain/1.0.0", "@of/one/1.9.0", "native/3.0.0", "native-linux/3.0.0"]) {
    place(path);
  }
  assertEquals(missingPackages(lock, folder, named("linux-x64")), ["@of/one 2.0.0"]);
  place("@of/one/2.0.0");
  assertEquals(missingPackages(lock, folder, named("linux-x64")), []);
  assertEquals(missingPackages(lock, folder, named("windows-x64")), ["native-win 3.0.0"]);
  assertEquals(missingPackages(lock, folder, named("mac-arm64")), [
    "native 3.0.0, which is not built for it",
  ]);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("pack: each --os counts, not only the last", async () => {
  const out = join(Deno.makeTempDirSync({ prefix: "lab-stick-" }), "stick");
  const { code: exit, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...LAB, "pack", "--out", out, "--os", "beos", "--os", "windows"],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(exit, 2);
  assertStringIncludes(new TextDecoder().decode(stderr), "--os beos: there are linux");
  Deno.removeSync(dirname(out), { recursive: true });
});

Deno.test("pack: systems by the names people use, a script for each, and the tests' own packages", () => {
  const names = (list: string) => parseSystems(list).map(({ name }) => name);
  assertEquals(names("windows,mac"), ["windows-x64", "mac-arm64", "mac-x64"]);
  assertEquals(names("linux-arm64, linux"), ["linux-arm64", "linux-x64"]);
  assertEquals(named("linux-x64").deno, "@deno/linux-x64-glibc");
  let said = "";
  try {
    parseSystems("beos");
  } catch (error) {
    said = (error as Error).message;
  }
  assertMatch(said, /^--os beos: there are linux, mac, windows, linux-x64/);
  const windows = startScript(named("windows-x64"));
  assertEquals(windows.name, "start-windows.cmd");
  assertFalse(/[^\r]\n/.test(windows.text), "a line that cmd would not see the end of");
  assert(startScript(named("mac-x64")).text.startsWith("#!/bin/sh\n"));
  const packages = packagesNamedIn(join(root, "test"));
  assert(packages.some((name) => name.startsWith("npm:playwright-core@")));
  assertFalse(packages.some((name) => /no-such-package|npm:other|npm:pack/.test(name)));
});
