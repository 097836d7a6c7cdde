/** `deno task doctor`: examines what the lab needs and says what to do about what is missing. */
import { Command } from "commander";
import { examineKernel, examinePackages, examineVersion } from "./doctor/examine_deno.ts";
import { examinePorts, examineWriteAccess } from "./doctor/examine_machine.ts";
import {
  examineApacheBench,
  examineGo,
  examineJupyter,
  examinePython,
} from "./doctor/examine_tools.ts";
import type { Finding, State } from "./doctor/finding.ts";

const program = new Command("deno task doctor")
  .description("Examines what the lab needs on this machine and says what to do about it.")
  .option("--json", "print one object on standard output", false)
  .helpOption("--help", "show this help")
  .addHelpText(
    "after",
    "\nExit codes: 0 the lab works (what ! says is advice), 1 something required is broken, " +
      "2 bad usage.",
  );

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

if (import.meta.main) {
  program.exitOverride((error) => Deno.exit(error.exitCode === 0 ? 0 : 2));
  Deno.exit(await main(program.parse(Deno.args, { from: "user" }).opts().json));
}
