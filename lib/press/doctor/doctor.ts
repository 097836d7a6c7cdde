/**
 * `deno task doctor`: examines what the lab needs and says what to do about what is missing.
 * It imports no package: where none can be had, it is needed most.
 */
import { parseArgs } from "node:util";
import { examineKernel, examinePackages, examineVersion } from "./examine_deno.ts";
import { examinePorts, examineWriteAccess } from "./examine_machine.ts";
import { examineApacheBench, examineGo, examineJupyter, examinePython } from "./examine_tools.ts";
import type { Finding, State } from "./finding.ts";

const HELP = `Usage: deno task doctor [--json]

Examines what the lab needs on this machine and says what to do about it.

Options:
  --json  print one object on standard output
  --help  show this help

Exit codes: 0 the lab works (what ! says is advice), 1 something required is broken, 2 bad usage.`;

const examinations = [
  () => examineVersion(Deno.version.deno),
  examineWriteAccess,
  examinePorts,
  examinePackages,
  examineKernel,
  examineJupyter,
  examineGo,
  examinePython,
  examineApacheBench,
];

const MARKS: Record<State, string> = { ok: "ok", advice: "! ", broken: "NO" };

async function main(json: boolean): Promise<number> {
  const findings: Finding[] = [];
  for (const examine of examinations) {
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

/** The options, or undefined for a command line that is none. */
function options(args: string[]): { json?: boolean; help?: boolean } | undefined {
  const known = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
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
  Deno.exit(chosen === undefined ? 2 : chosen.help ? 0 : await main(chosen.json ?? false));
}
