import { fileURLToPath } from "node:url";
import { attempt } from "../ground/attempt.ts";
import { outputOf, programsNamed } from "../ground/command_output.ts";
import type { Program } from "../ground/program.ts";
import { MissingToolchain } from "./toolchain.ts";

/** A Python and what can be imported from it. */
export interface Python {
  /** The interpreter itself, not a shim. */
  readonly command: string;
  /** E.g. "3.11.2". */
  readonly version: string;
  /** Versions of those packages below that are there. */
  readonly packages: Readonly<Record<string, string>>;
}

/** Packages as imported, and as Debian calls them. */
const debian = {
  requests: "python3-requests",
  aiohttp: "python3-aiohttp",
  urllib3: "python3-urllib3",
  flask: "python3-flask",
  gunicorn: "gunicorn",
  ephem: "python3-ephem",
} as const;

export type PythonPackage = keyof typeof debian;

/** All that peers and planet servers need. */
export const PYTHON_PACKAGES = Object.keys(debian) as PythonPackage[];

/** Prints what is asked above as JSON; a package that is there but broken is not there. */
const question = `
import importlib, json, platform, sys
packages = {}
for name in sys.argv[1].split(","):
    try:
        packages[name] = getattr(importlib.import_module(name), "__version__", "?")
    except Exception:
        pass
print(json.dumps({"command": sys.executable, "version": platform.python_version(), "packages": packages}))
`;

let asked: Promise<Python[]> | undefined;

/** The Pythons 3 on the path, each asked once what it has, up to the first that has all. */
function pythons(): Promise<Python[]> {
  return asked ??= (async () => {
    const found: Python[] = [];
    for (const command of ["python3", "python"].flatMap(programsNamed)) {
      const said = await outputOf(command, ["-c", question, PYTHON_PACKAGES.join(",")]);
      const python = attempt((): Python | null => JSON.parse(said ?? ""));
      if (String(python?.version).startsWith("3.")) found.push(python!);
      if (found.some(({ packages }) => PYTHON_PACKAGES.every((name) => name in packages))) break;
    }
    return found;
  })();
}

/**
 * A Python 3 on the path that can import all of these packages; of several the one that has most
 * of all those that peers use, so that peers share one interpreter where they can.
 * @throws {MissingToolchain} that says which packages to install; the next call looks again
 */
export async function findPython(needed: readonly PythonPackage[]): Promise<Python> {
  const all = await pythons();
  const lacks = (python: Python) => needed.filter((name) => !(name in python.packages));
  const has = (python: Python) => Object.keys(python.packages).length;
  const fit = all.filter((python) => lacks(python).length === 0);
  if (fit.length > 0) return fit.toSorted((a, b) => has(b) - has(a))[0];
  // Something may be installed before the next call.
  asked = undefined;
  const best = all.toSorted((a, b) => lacks(a).length - lacks(b).length)[0];
  const missing = best ? lacks(best) : needed;
  const found = best ? `${best.version} without ${missing.join(", ")}` : "not installed";
  const packages = [...(best ? [] : ["python3"]), ...missing.map((name) => debian[name])];
  throw new MissingToolchain(
    "Python",
    found,
    `${best ? `Python ${best.version} has no ${missing.join(", ")}` : "there is no Python 3"}; ` +
      `Debian: apt-get install ${packages.join(" ")}; ` +
      `elsewhere: python3 -m pip install ${missing.join(" ")}`,
  );
}

/**
 * A script of the folder python/ as a program to run, by a Python that has these packages.
 * @throws {MissingToolchain} that says which packages to install
 */
export async function pythonProgram(
  name: string,
  needed: readonly PythonPackage[],
  script: string,
  ...args: string[]
): Promise<Program> {
  const { command } = await findPython(needed);
  const file = fileURLToPath(new URL(`./python/${script}`, import.meta.url));
  // Nothing is written beside the source.
  const env = { PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" };
  return { name, command, args: [file, ...args], env };
}
