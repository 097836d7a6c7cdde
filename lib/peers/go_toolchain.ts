import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputOf, programsNamed } from "../ground/command_output.ts";
import type { Program } from "../ground/program.ts";
import { DIRECT, MissingToolchain } from "./toolchain.ts";

/** A Go that can build. */
export interface Go {
  readonly command: string;
  /** As `go env GOVERSION` says, e.g. "go1.19.8". */
  readonly version: string;
}

const install = "install Go 1.18 or later: Debian: apt-get install golang-go; " +
  "elsewhere: https://go.dev/dl";

let found: Promise<Go> | undefined;

/**
 * The first `go` on the path that works, found once.
 * @throws {MissingToolchain} without one; the next call looks again, for it may be installed by then
 */
export async function findGo(): Promise<Go> {
  found ??= lookForGo();
  try {
    return await found;
  } catch (error) {
    found = undefined;
    throw error;
  }
}

async function lookForGo(): Promise<Go> {
  for (const command of programsNamed("go")) {
    const version = await outputOf(command, ["env", "GOVERSION"]);
    if (version) return { command, version };
  }
  throw new MissingToolchain("Go", "not installed", install);
}

/** Where the Go peer's source lies. */
export const goFolder = fileURLToPath(new URL("./go/", import.meta.url));

const built = new Map<string, Promise<string>>();

/**
 * The peer's executable, built once for each source and Go version: in the project's ignored
 * `.lab/`, or under the system's folder for temporary files where that cannot be written to.
 *
 * @throws {MissingToolchain} without a Go; {Error} with the compiler's words where it refuses
 */
export async function buildGo(folder = goFolder): Promise<string> {
  const go = await findGo();
  const key = `${folder} ${go.command} ${go.version}`;
  const building = built.get(key) ?? build(go, folder);
  built.set(key, building);
  return await building;
}

async function build(go: Go, folder: string): Promise<string> {
  const cache = await cacheFolder();
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const file = join(cache, `go-peer-${await fingerprint(folder, go.version)}${suffix}`);
  if (await exists(file)) return file;
  // Two processes may build at once: each for itself, and the name changes hands in one step.
  const draft = `${file}.${Deno.pid}${suffix}`;
  const { success, stderr } = await new Deno.Command(go.command, {
    args: ["build", "-trimpath", "-o", draft, "."],
    cwd: folder,
    env: { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new Error(`go build refused the Go peer:\n${new TextDecoder().decode(stderr).trim()}`);
  }
  await Deno.rename(draft, file);
  return file;
}

/** A hash of everything that is compiled, and by what. */
async function fingerprint(folder: string, version: string): Promise<string> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) if (entry.isFile) names.push(entry.name);
  const parts = [version, Deno.build.target];
  for (const name of names.sort()) parts.push(name, await Deno.readTextFile(join(folder, name)));
  const bytes = new TextEncoder().encode(parts.join("\0"));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return hash.toHex().slice(0, 16);
}

async function cacheFolder(): Promise<string> {
  const folder = join(goFolder, "..", "..", "..", ".lab", "peers");
  try {
    await Deno.mkdir(folder, { recursive: true });
    return folder;
  } catch {
    // A checkout that may only be read.
    return await Deno.makeTempDir({ prefix: "lab-peers-" });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    return (await Deno.stat(file)).isFile;
  } catch {
    return false;
  }
}

/** The Go peer as a program to run. */
export async function goProgram(name: string): Promise<Program> {
  return { name, command: await buildGo(), args: [], env: DIRECT };
}
