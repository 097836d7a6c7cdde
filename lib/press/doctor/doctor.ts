/**
 * `deno task doctor`: examines what the lab needs and says what to do about what is missing.
 * It imports no package: where none can be had, it is needed most.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { projectFolder } from "../notebook/find_notebooks.ts";
import * as machine from "./examine_machine.ts";
import type { Examination, Finding, State } from "../../ground/finding.ts";

const HELP = `Usage: deno task doctor [--json]

Examines what the lab needs on this machine and says what to do about it.

Options:
  --json        print one object on standard output
  --needs FILE  ask a module that exports examinations as "needs", too
  --help        show this help

Exit codes: 0 the lab works (what ! says is advice), 1 something required is broken, 2 bad usage.`;

const examinations: readonly Examination[] = [
  () => machine.examineVersion(Deno.version.deno),
  machine.examineWriteAccess,
  machine.examinePackages,
  machine.examineKernel,
  machine.examineJupyter,
];

const MARKS: Record<State, string> = { ok: "ok", advice: "! ", broken: "NO" };

/**
 * What the module of a file wants to have examined; it is the task's, and so the project's.
 * @throws {Error} naming the file, where it cannot be loaded or has no examinations
 */
async function examinationsOf(file: string): Promise<Examination[]> {
  const url = pathToFileURL(join(projectFolder, file)).href;
  const { needs } = await import(url).catch((error) => {
    throw new Error(`--needs ${file}: ${error.message}`);
  });
  if (Array.isArray(needs)) return needs;
  throw new Error(`--needs ${file}: it exports no "needs"`);
}

async function main(json: boolean, ofFloors: readonly Examination[]): Promise<number> {
  const findings: Finding[] = [];
  for (const examine of [...examinations, ...ofFloors]) {
    const finding = await examine();
    findings.push(finding);
    if (!json) console.log(describe(finding));
  }
  const works = findings.every(({ state }) => state !== "broken");
  if (json) console.log(JSON.stringify({ works, findings }, null, 2));
  return works ? 0 : 1;
}

function describe({ name, state, found, remedy }: Finding): string {
  const line = `${MARKS[state]} ${name.padEnd(9)}${found}`;
  return remedy === null ? line : `${line}\n${" ".repeat(12)}→ ${remedy}`;
}

/** The options and the examinations they name; undefined for a command line that cannot be understood. */
async function options(args: string[]) {
  const known = {
    json: { type: "boolean" },
    needs: { type: "string", multiple: true },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    const { needs = [], ...chosen } = parseArgs({ args, options: known }).values;
    return { ...chosen, ofFloors: (await Promise.all(needs.map(examinationsOf))).flat() };
  } catch (error) {
    console.error(`${(error as Error).message}\nSee deno task doctor --help`);
    return undefined;
  }
}

if (import.meta.main) {
  const chosen = await options(Deno.args);
  if (chosen?.help) console.log(HELP);
  if (chosen === undefined || chosen.help) Deno.exit(chosen === undefined ? 2 : 0);
  Deno.exit(await main(chosen.json ?? false, chosen.ofFloors));
}
