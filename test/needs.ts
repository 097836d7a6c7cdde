/**
 * Tests that need more of a machine than Deno. Where the tool is missing such a test is ignored,
 * and its name says what to install; with `CI=true` it fails, so that CI skips nothing but what its
 * machine forbids.
 *
 * @example
 * ```ts
 * const test = needs("hugo");
 * test("hugo builds what was published", async () => {
 *   await new Deno.Command(pathOf("hugo"), { args: ["--panicOnWarning"] }).output();
 * });
 * ```
 */
import { existsSync } from "node:fs";
import { programsNamed } from "../lib/ground/command_output.ts";

interface Need {
  /** The program's file, or undefined where this machine cannot do what is needed. */
  readonly find: () => string | undefined;
  /** Debian's packages. */
  readonly packages: string;
}

function program(packages: string, names: readonly string[], files: readonly string[] = []): Need {
  const find = () => names.flatMap(programsNamed)[0] ?? files.find(existsSync);
  return { find, packages };
}

/** A Python that has these modules; behind a python3 that lacks them there may be another. */
function python(packages: string, ...modules: string[]): Need {
  const code = `import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, sys.argv[1:])))`;
  const args = ["-c", code, ...modules];
  const has = (file: string) =>
    new Deno.Command(file, { args, stdout: "null", stderr: "null" }).outputSync().success;
  return { find: () => ["python3", "python"].flatMap(programsNamed).find(has), packages };
}

const TOOLS = {
  ab: program("apache2-utils", ["ab"]),
  chromium: program(
    "chromium",
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  ),
  ephem: python("python3-ephem", "ephem"),
  go: program("golang-go", ["go"]),
  hugo: program("hugo", ["hugo"]),
  jekyll: program("jekyll", ["jekyll"]),
  nbconvert: program("jupyter-nbconvert", ["jupyter-nbconvert"]),
  nbformat: python("python3-nbformat", "nbformat"),
  notebook: program("jupyter-notebook", ["jupyter-notebook"]),
  pandas: python("python3-pandas", "pandas"),
  python: python(
    "python3-requests python3-aiohttp python3-urllib3 python3-flask gunicorn python3-ephem",
    ...["requests", "aiohttp", "urllib3", "flask", "gunicorn", "ephem"],
  ),
  ip: program("iproute2", ["ip"]),
  unshare: program("util-linux", ["unshare"]),
} as const satisfies Record<string, Need>;

/** All of Debian's packages that the tests want. */
export const debianPackages: ReadonlySet<string> = new Set(
  Object.values(TOOLS).flatMap(({ packages }) => packages.split(" ")),
);

/** What a test may need; `python` stands for one with all the packages that peers use. */
export type Tool = keyof typeof TOOLS;

const places = new Map<Tool, string | undefined>();

function find(tool: Tool): string | undefined {
  if (!places.has(tool)) places.set(tool, TOOLS[tool].find());
  return places.get(tool);
}

/** The file of a tool, for a test that declares that it needs it. Throws where it is missing. */
export function pathOf(tool: Tool): string {
  const file = find(tool);
  if (file === undefined) throw new Error(`${tool} is missing: ${installing([tool])}`);
  return file;
}

function installing(tools: readonly Tool[]): string {
  return `apt-get install ${tools.map((tool) => TOOLS[tool].packages).join(" ")}`;
}

type Body = (t: Deno.TestContext) => void | Promise<void>;

/** Registers a test; `step` runs a step of one. */
export interface Needing {
  (name: string, body: Body): void;
  step(t: Deno.TestContext, name: string, body: Body): Promise<boolean>;
}

/** What takes the place of `Deno.test` and of `t.step` where all of `tools` are needed. */
export function needs(...tools: Tool[]): Needing {
  const missing = tools.filter((tool) => find(tool) === undefined);
  if (missing.length === 0) {
    // Bound, not called from here: a report says where a test stands by where it is registered.
    return Object.assign(Deno.test.bind(Deno) as (name: string, body: Body) => void, {
      step: (t: Deno.TestContext, name: string, body: Body) => t.step(name, body),
    });
  }
  const what = `needs ${missing.join(", ")}: ${installing(missing)}`;
  const instead = (name: string) => ({
    name: `${name} (${what})`,
    ignore: !/^(true|1)$/.test(Deno.env.get("CI") ?? ""),
    fn: () => {
      throw new Error(`CI skips nothing, and this ${what}`);
    },
  });
  return Object.assign((name: string) => Deno.test(instead(name)), {
    step: (t: Deno.TestContext, name: string) => t.step(instead(name)),
  });
}

/** What takes the place of `Deno.test` for what a machine refuses: it is ignored, in CI too. */
function refused(why: string): Needing {
  const ignored = (name: string) => ({ name: `${name} (${why})`, ignore: true, fn() {} });
  return Object.assign((name: string) => Deno.test(ignored(name)), {
    step: (t: Deno.TestContext, name: string) => t.step(ignored(name)),
  });
}

/**
 * What a test that has `unshare` leave these namespaces needs. A machine may forbid that, as many a
 * container does, and then nothing can be installed for it.
 */
export function needsUnshare(namespaces: readonly string[], ...tools: readonly Tool[]): Needing {
  const file = find("unshare"), args = [...namespaces, "true"];
  const allowed = () =>
    new Deno.Command(file!, { args, stdout: "null", stderr: "null" }).outputSync().success;
  if (file === undefined || allowed()) return needs("unshare", ...tools);
  return refused(`forbidden here: unshare ${namespaces.join(" ")}`);
}

/**
 * What a test needs that has very many connections, in a process that it shares with others: so many
 * files open. Deno takes as many as it may get; a machine may allow fewer, and Linux says so.
 */
export function needsFiles(files: number): Needing {
  const limits = Deno.build.os === "linux" ? Deno.readTextFileSync("/proc/self/limits") : "";
  const allowed = /^Max open files +(\d+)/m.exec(limits)?.[1] ?? Infinity;
  return +allowed >= files ? needs() : refused(`forbidden here: more than ${allowed} open files`);
}
