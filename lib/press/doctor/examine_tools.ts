/** What the lab can do without: Jupyter, the other languages' tools, ApacheBench. */
import { homedir } from "node:os";
import { installedSpec, kernelspec } from "../lab/kernel_spec.ts";
import { findJupyter } from "../lab/open_jupyter.ts";
import { jupyterDataFolder } from "../lab/user_folders.ts";
import { outputOf, programsNamed } from "../../ground/command_output.ts";
import { advice, type Finding, ok } from "./finding.ts";

/** Python packages of the peers, and Debian's names for them. */
const PYTHON_PACKAGES: Record<string, string> = {
  aiohttp: "python3-aiohttp",
  requests: "python3-requests",
  urllib3: "python3-urllib3",
  flask: "python3-flask",
  gunicorn: "gunicorn",
  ephem: "python3-ephem",
};

/** Jupyter and the lab's kernel in it; VS Code would do. */
export async function examineJupyter(): Promise<Finding> {
  const jupyter = await findJupyter();
  if (jupyter === undefined) {
    const remedy = "to work in a browser: python3 -m pip install jupyterlab (Debian: apt-get " +
      "install jupyter-notebook); VS Code with its Deno and Jupyter extensions needs none";
    return advice("Jupyter", "not installed; deno task run needs none", remedy);
  }
  const found = `${jupyter.command.join(" ")} ${jupyter.version}`;
  const spec = installedSpec(
    jupyterDataFolder({
      os: Deno.build.os,
      home: homedir(),
      env: (name) => Deno.env.get(name),
    }),
  );
  const { display_name } = kernelspec;
  if (spec === undefined) return advice("Jupyter", `${found}, no lab kernel`, "deno task lab");
  if (!exists(spec.argv[0])) {
    return advice("Jupyter", `${found}; "${display_name}" names a lost Deno`, "deno task lab");
  }
  return ok("Jupyter", `${found}, with the kernel "${display_name}"`);
}

/** Go, for the chapters that compare with it. */
export async function examineGo(): Promise<Finding> {
  const version = await outputOf("go", ["version"]);
  if (version !== undefined) return ok("Go", version.replace("go version ", ""));
  const remedy = "to compare with Go: https://go.dev/dl (Debian: apt-get install golang-go)";
  return advice("Go", "not installed", remedy);
}

/** The first Python that has all the peers' packages, or the one that lacks fewest. */
export async function examinePython(): Promise<Finding> {
  const pythons = ["python3", "python"].flatMap(programsNamed);
  const known = (await Promise.all(pythons.map(askPython))).filter((one) => one !== undefined);
  const best = known.sort((a, b) => a.missing.length - b.missing.length)[0];
  if (best === undefined) {
    const remedy = "to compare with Python: install Python 3.8 or later from python.org (Debian: " +
      `apt-get install python3 ${Object.values(PYTHON_PACKAGES).join(" ")})`;
    return advice("Python", "not installed", remedy);
  }
  const { path, version, missing } = best;
  if (missing.length === 0) return ok("Python", `${version} with the peers' packages, ${path}`);
  const debian = missing.map((name) => PYTHON_PACKAGES[name]).join(" ");
  return advice(
    "Python",
    `${version} without ${missing.join(", ")}, ${path}`,
    `to compare with Python: ${path} -m pip install ${missing.join(" ")} (Debian: apt-get ` +
      `install ${debian})`,
  );
}

/** ApacheBench, which one study used. */
export async function examineApacheBench(): Promise<Finding> {
  const version = await outputOf("ab", ["-V"]);
  if (version !== undefined) {
    return ok("ab", version.match(/Version ([\d.]+)/)?.[1] ?? "installed");
  }
  return advice(
    "ab",
    "not installed",
    "to measure as ApacheBench does: apt-get install apache2-utils",
  );
}

const QUESTION = `import importlib.util as u, sys
print(sys.version.split()[0], *[n for n in sys.argv[1:] if not u.find_spec(n)])`;

async function askPython(path: string) {
  const answer = await outputOf(path, ["-c", QUESTION, ...Object.keys(PYTHON_PACKAGES)]);
  const [version, ...missing] = answer?.split(" ") ?? [];
  return version?.startsWith("3.") ? { path, version, missing } : undefined;
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
