import { join } from "node:path";
import { MissingToolchain } from "./missing.ts";
import type { PeerProgram } from "../ground/program.ts";
import { programFolder } from "./program_folder.ts";
import { onPath, say } from "../ground/on_path.ts";

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
  ...{ requests: "python3-requests", aiohttp: "python3-aiohttp", urllib3: "python3-urllib3" },
  ...{ flask: "python3-flask", gunicorn: "gunicorn", ephem: "python3-ephem" },
} as const;

export type PythonPackage = keyof typeof debian;

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

/** Every Python 3 on the path, each asked once what it has. */
function pythons(): Promise<Python[]> {
  return asked ??= (async () => {
    const found: Python[] = [];
    for (const command of await onPath(["python3", "python"])) {
      const said = await say(command, ["-c", question, Object.keys(debian).join(",")]);
      try {
        const python: Python = JSON.parse(said ?? "");
        if (python.version.startsWith("3.")) found.push(python);
      } catch {
        // Not a Python.
      }
    }
    return found;
  })();
}

/**
 * A Python 3 on the path that can import all of these packages; of several the one that has most
 * of all those that peers use, so that peers share one interpreter where they can.
 * @throws {MissingToolchain} that says which packages to install; the next call looks again
 */
export async function findPython(...needed: PythonPackage[]): Promise<Python> {
  const all = await pythons();
  const lacks = (python: Python) => needed.filter((name) => !(name in python.packages));
  const has = (python: Python) => Object.keys(python.packages).length;
  const found = all.filter((python) => lacks(python).length === 0);
  if (found.length > 0) return found.toSorted((a, b) => has(b) - has(a))[0];
  // Something may be installed before the next call.
  asked = undefined;
  const best = all.toSorted((a, b) => lacks(a).length - lacks(b).length)[0];
  const missing = best ? lacks(best) : needed;
  const what = best
    ? `Python ${best.version} has no ${missing.join(", ")}`
    : "there is no Python 3";
  const packages = [...(best ? [] : ["python3"]), ...missing.map((name) => debian[name])];
  throw new MissingToolchain(
    "python",
    `${what}; Debian: apt-get install ${packages.join(" ")}; ` +
      `elsewhere: python3 -m pip install ${missing.join(" ")}`,
  );
}

/** The Python peer as a program to run. */
export async function pythonProgram(
  name: string,
  ...needed: PythonPackage[]
): Promise<PeerProgram> {
  const { command } = await findPython(...needed);
  return { name, command, args: [join(programFolder("python"), "peer.py")] };
}
