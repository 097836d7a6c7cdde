import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { outputOf, programsNamed } from "../ground/command_output.ts";
import { infoOf } from "../ground/file_info.ts";
import type { Program } from "../ground/program.ts";
import { placeWhole } from "../ground/whole_file.ts";
import { MissingToolchain } from "./toolchain.ts";

/** A Go that can build. */
export interface Go {
  readonly command: string;
  /** As `go env GOVERSION` says, e.g. "go1.19.8". */
  readonly version: string;
}

const install = "install Go 1.18 or later: Debian: apt-get install golang-go; " +
  "elsewhere: https://go.dev/dl";

let found: Go | undefined;

/**
 * The first `go` on the path that works, found once.
 * @throws {MissingToolchain} without one; the next call looks again, for it may be installed by then
 */
export async function findGo(): Promise<Go> {
  if (found) return found;
  for (const command of programsNamed("go")) {
    const version = await outputOf(command, ["env", "GOVERSION"]);
    if (version) return found = { command, version };
  }
  throw new MissingToolchain("Go", "not installed", install);
}

/** Where the Go peer's source lies. */
export const goFolder = fileURLToPath(new URL("./go/", import.meta.url));

/**
 * The peer's executable, built once for each source and Go version, in the project's ignored `.lab/`.
 *
 * @throws {MissingToolchain} without a Go; {Error} with the compiler's words where it refuses
 */
export async function buildGo(folder = goFolder): Promise<string> {
  const { command, version } = await findGo();
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const cache = join(goFolder, "..", "..", "..", ".lab", "peers");
  const file = join(cache, `go-peer-${fingerprint(folder, version)}${suffix}`);
  if (infoOf(file)?.isFile) return file;
  // Two processes may build at once: each for itself.
  placeWhole(file, (draft) => {
    const build = (more: Record<string, string>) =>
      new Deno.Command(command, {
        args: ["build", "-trimpath", "-o", draft, "."],
        cwd: folder,
        env: { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off", ...more },
      }).outputSync();
    const words = ({ stderr }: Deno.CommandOutput) => new TextDecoder().decode(stderr).trim();
    let built = build({});
    // Without a home of the user's, or with one that may not be written to, Go knows no place for it.
    if (/build cache (at|is required)/.test(words(built))) {
      built = build({ GOCACHE: join(cache, "go-build") });
    }
    if (!built.success) throw new Error(`go build refused the Go peer:\n${words(built)}`);
  });
  return file;
}

/** A hash of everything that is compiled, and by what. */
function fingerprint(folder: string, version: string): string {
  const files = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile);
  const hash = createHash("sha256").update(`${version}\0${Deno.build.target}`);
  for (const name of files.map(({ name }) => name).sort()) {
    hash.update(`\0${name}\0`).update(Deno.readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** The Go peer as a program to run. */
export async function goProgram(name: string): Promise<Program> {
  return { name, command: await buildGo(), args: [] };
}
