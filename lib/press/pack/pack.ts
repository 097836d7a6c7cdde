/** `deno task lab pack`: all of it in a folder, for machines without a network. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { succeeds } from "../../ground/command_output.ts";
import { command, readCommandLine, UsageError } from "../../ground/usage.ts";
import { ToldError } from "../../ground/told_error.ts";
import { writeWhole } from "../../ground/whole_file.ts";
import { pathOf, projectFolder, shownPath } from "../notebook/find_notebooks.ts";
import { missingPackages, registries } from "./locked_packages.ts";
import { copyProject, packagesNamedIn } from "./project_files.ts";
import { parseSystems, startScript, type System, thisSystem } from "./systems.ts";

const NOTES = `
Makes DIR with Deno and the packages for each system, this project and a script to start it with:
start-linux.sh, start-mac.command, start-windows.cmd. "start-linux.sh run 1 --quick" does what "deno
task run 1 --quick" does; without arguments it is "lab", which opens Jupyter or VS Code where they
are installed: they are not in the pack. Copy DIR to a disk before use: a stick is slow.

LIST is of linux, mac (both kinds), windows, or exactly linux-x64, linux-arm64, mac-arm64, mac-x64,
windows-x64, windows-arm64. This system's is tried with the network refused, on Linux with unshare
and ip; of the others it is looked whether every package is there, and no more.

While it is made it is called DIR.partial. What ends it half-way leaves that; the same again goes on.

Exit codes: 0 done; 1 something could not be fetched or does not work; 2 bad usage.`;

const PURPOSE = "Makes a folder for a USB stick, from which the lab works without a network.";

const program = command("deno task lab pack", PURPOSE, NOTES)
  .option(
    "--os <list>",
    "for which systems, with commas between (default: this one)",
    (typed, before?: string) => before === undefined ? typed : `${before},${typed}`,
  )
  .option("--out <dir>", "where it goes (default: _site/await-lab-pack)")
  .option("--no-try", "do not try this system's");

/** The pack cannot be made; the message says what to do. */
class PackError extends ToldError {
  readonly exitCode = 1;
}

/** Runs the command; its exit code. */
export async function pack(args: readonly string[]): Promise<number> {
  if (readCommandLine(program, args) === undefined) return 0;
  const options = program.opts();
  const systems = options.os === undefined ? [thisSystem()] : parseSystems(options.os);
  const out = pathOf(options.out, "_site", "await-lab-pack");
  if (existsSync(out)) {
    throw new UsageError(`${out} is there already: remove it, or choose another`);
  }
  await make(`${out}.partial`, systems);
  if (options.try && systems.includes(thisSystem())) await tryOffline(`${out}.partial`);
  forgetThisMachine(join(`${out}.partial`, "cache"));
  Deno.renameSync(`${out}.partial`, out);
  console.log(`made     ${shownPath(out)}`);
  return 0;
}

async function make(folder: string, systems: readonly System[]): Promise<void> {
  const project = join(folder, "await-lab"), cache = join(folder, "cache");
  const files = await copyProject(projectFolder, project);
  console.log(`project  ${files} files`);
  const lock = Deno.readTextFileSync(join(project, "deno.lock"));
  for (const [i, system] of systems.entries()) {
    console.log(`packages ${system.name} (${i + 1} of ${systems.length}) …`);
    await install(system, ["--frozen"], project, cache, folder);
    await placeDeno(system, folder, cache, packagesNamedIn(join(project, "test")));
    const missing = missingPackages(lock, cache, system);
    if (missing.length > 0) {
      throw new PackError(`${system.name}: there is no ${missing.slice(0, 5).join("; ")}`);
    }
    const { name, text } = startScript(system);
    writeWhole(join(folder, name), text);
    if (Deno.build.os !== "windows") Deno.chmodSync(join(folder, name), 0o755);
    console.log(`         ${system.name}: every package is there`);
  }
}

/** Puts Deno for `system` into the folder, and into the cache what else is named. */
async function placeDeno(
  system: System,
  folder: string,
  cache: string,
  more: readonly string[],
): Promise<void> {
  const own = thisSystem() === system;
  const named = [...own ? [] : [`npm:${system.deno}@${Deno.version.deno}`], ...more];
  const asking = join(folder, ".asking");
  const imports = Object.fromEntries(named.map((name, i) => [`p${i}`, name]));
  writeWhole(join(asking, "deno.json"), JSON.stringify({ lock: false, imports }));
  await install(system, [], asking, cache, folder);
  Deno.removeSync(asking, { recursive: true });
  const file = system.os === "win32" ? "deno.exe" : "deno";
  const target = join(folder, "deno", system.name, file);
  Deno.mkdirSync(join(target, ".."), { recursive: true });
  if (own) {
    Deno.copyFileSync(Deno.execPath(), target);
  } else {
    const came = registries(cache).map((registry) => join(registry, ...system.deno.split("/")));
    const [from] = came.filter(existsSync);
    if (from === undefined && !existsSync(target)) {
      throw new PackError(`${system.name}: no Deno came`);
    }
    if (from !== undefined) {
      Deno.renameSync(join(from, Deno.version.deno, file), target);
      Deno.removeSync(from, { recursive: true });
    }
  }
  if (Deno.build.os !== "windows") Deno.chmodSync(target, 0o755);
}

async function install(
  { name, os, arch }: System,
  options: readonly string[],
  cwd: string,
  cache: string,
  folder: string,
): Promise<void> {
  const args = ["install", "--quiet", "--os", os, "--arch", arch, ...options];
  if (await succeeds(Deno.execPath(), args, { cwd, env: { DENO_DIR: cache } })) return;
  throw new PackError(
    `${name}: not everything could be fetched, and Deno says why above. What came is kept in ` +
      `${shownPath(folder)}; the same command goes on from there.`,
  );
}

/** Runs chapter 1 from the folder where there is no network, if that can be had here. */
async function tryOffline(folder: string): Promise<void> {
  if (!await unshare("true")) {
    console.log(
      "tried    not: without Linux, unshare and ip it cannot be refused the network here",
    );
    return;
  }
  console.log("tried    chapter 1, without a network …");
  const script = join(folder, startScript(thisSystem()).name);
  const out = Deno.makeTempDirSync({ prefix: "lab-pack-" });
  const works = await unshare(`"$0" run 1 --quick --to none --out "$1"`, script, out);
  Deno.removeSync(out, { recursive: true });
  if (!works) {
    throw new PackError("without a network, chapter 1 does not run from there: see above");
  }
  console.log("         it runs");
}

/** Takes out of Deno's cache what it noted of paths here: elsewhere, and once the folder has its name, that is of no use. */
function forgetThisMachine(cache: string): void {
  for (const { name } of Deno.readDirSync(cache)) {
    if (/^gen$|_cache_v\d/.test(name)) Deno.removeSync(join(cache, name), { recursive: true });
  }
}

/** Whether a shell's command succeeds where this machine's own address is all the network there is. */
async function unshare(command: string, ...args: readonly string[]): Promise<boolean> {
  const inside = ["sh", "-c", `ip link set lo up && ${command}`, ...args];
  const stderr = args.length > 0 ? "inherit" : "null";
  try {
    return await succeeds("unshare", ["--map-root-user", "--net", ...inside], { stderr });
  } catch {
    return false; // There is no unshare.
  }
}
