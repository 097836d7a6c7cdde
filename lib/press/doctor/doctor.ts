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

/** What the modules of those files want to have examined; they are the task's, and so the project's. */
async function examinationsOf(files: readonly string[]): Promise<Examination[]> {
  const urls = files.map((file) => pathToFileURL(join(projectFolder, file)).href);
  const modules: { needs: Examination[] }[] = await Promise.all(urls.map((url) => import(url)));
  return modules.flatMap(({ needs }) => needs);
}

async function main(json: boolean, files: readonly string[]): Promise<number> {
  const findings: Finding[] = [];
  for (const examine of [...examinations, ...await examinationsOf(files)]) {
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

/** The options, or undefined for a command line that cannot be understood. */
function options(args: string[]) {
  const known = {
    json: { type: "boolean" },
    needs: { type: "string", multiple: true },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args, options: known }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\nSee deno task doctor --help`);
    return undefined;
  }
}

if (import.meta.main) {
  const chosen = options(Deno.args);
  if (chosen?.help) console.log(HELP);
  if (chosen === undefined || chosen.help) Deno.exit(chosen === undefined ? 2 : 0);
  Deno.exit(await main(chosen.json ?? false, chosen.needs ?? []));
}
