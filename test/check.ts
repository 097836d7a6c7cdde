/**
 * `deno task check [--strict]`: formatting, lint and types, of the notebooks' code cells too, and
 * whether the notebooks' outputs are those of the code as it is. Every part runs, and what it found
 * is said at the end. Stale outputs are a warning, since a notebook is run again on purpose, with
 * `--save`, and not at every change; with --strict they are an error like the others.
 */
import { Command } from "commander";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../deno.json" with { type: "json" };
import { codeCells, type Notebook } from "../lib/press/notebook/notebook.ts";
import { parseNotebook } from "../lib/press/notebook/parse_notebook.ts";
import { reasonsToSave } from "../lib/press/record/stale.ts";
import { readCommandLine, runTask } from "../lib/ground/usage.ts";
import { testConfig } from "./config.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const NOTES = `
Changes nothing. Outputs are stale where the notebook's code or what it uses has changed since they
were saved; that is a warning, unless --strict.

Exit codes: 0 all is well, 1 something is not, 2 bad usage or a file that is not a notebook.`;

async function deno(args: string[]): Promise<{ ok: boolean; output: string }> {
  const color: Record<string, string> = Deno.stdout.isTerminal() ? {} : { NO_COLOR: "1" };
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: color,
  }).output();
  const decoder = new TextDecoder();
  return { ok: code === 0, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** The text of a notebook as `deno fmt` has it. */
async function formatted(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "ipynb", "-"],
    cwd: root,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const output = child.output();
  await new Blob([text]).stream().pipeTo(child.stdin);
  return new TextDecoder().decode((await output).stdout);
}

/** The code cells as one module, so that tools which read only modules read them; that two of them declare the same name is an error to type-checkers. */
function joinCells(notebook: Notebook) {
  const lines = codeCells(notebook).flatMap((cell) => {
    const number = notebook.cells.indexOf(cell) + 1;
    return cell.source.split("\n").map((text, i) => ({
      text,
      place: `cell ${number}, line ${i + 1}`,
    }));
  });
  return {
    text: lines.map(({ text }) => text).join("\n") + "\nexport {};\n",
    /** `output` of a tool that read the text in `file`, with the cells of the notebook `name` named. */
    named: (output: string, file: string, name: string) =>
      output.replaceAll("file://", "").split(file).map((part, i) => {
        const [at, line] = (i > 0 && part.match(/^:(\d+):\d+/)) || ["", ""];
        const place = lines[Number(line) - 1]?.place;
        const where = place === undefined ? name + at : `${name}, ${place}`;
        return i === 0 ? part : where + part.slice(at.length);
      }).join(""),
  };
}

/** All notebooks: the chapters, and those in lib/ that others are made from. */
function notebooks(): string[] {
  const inFolder = (folder: string, below: boolean): string[] =>
    [...Deno.readDirSync(join(root, folder))].flatMap(({ name, isDirectory }) => {
      const path = `${folder}/${name}`;
      if (isDirectory) return below ? inFolder(path, below) : [];
      return name.endsWith(".ipynb") ? [path] : [];
    });
  return [...inFolder("notebooks", false), ...inFolder("lib", true)].sort();
}

async function checkNotebooks(flags: string[]): Promise<string[]> {
  const folder = join(root, ".lab", "cells");
  await Deno.mkdir(folder, { recursive: true });
  const failures: string[] = [];
  const modules = await Promise.all(
    notebooks().map(async (notebook) => {
      const text = await Deno.readTextFile(join(root, notebook));
      // `deno fmt --check` calls every notebook unformatted that it has not written itself.
      if (await formatted(text) !== text) failures.push(`fmt ${notebook}: deno fmt ${notebook}`);
      const { text: code, named } = joinCells(parseNotebook(text, notebook));
      const file = join(folder, basename(notebook, ".ipynb") + ".ts");
      await Deno.writeTextFile(file, code);
      return { file, named: (output: string) => named(output, file, notebook) };
    }),
  );
  // Of all at once: what they import is read once.
  const files = modules.map(({ file }) => file);
  for (const tool of [["check", "--quiet", ...flags], ["lint", "--rules-exclude=no-unused-vars"]]) {
    const { ok, output } = await deno([...tool, ...files]);
    const said = modules.reduce((said, { named }) => named(said), output);
    if (!ok) failures.push(`${tool[0]} the notebooks' code cells\n${said}`);
  }
  return failures;
}

/** How many reasons are told of what is stale. */
const REASONS = 5;

/** Names the notebooks in `folder` whose saved outputs are stale, and why. */
export async function staleNotebooks(folder: string): Promise<string[]> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const chapters = names.filter((name) => /^[^.].*\.ipynb$/.test(name)).sort();
  const all = await Promise.all(chapters.map((name) => reasonsToSave(join(folder, name))));
  return chapters.flatMap((name, i) => {
    const reasons = all[i];
    if (reasons.length === 0) return [];
    const more = reasons.length > REASONS ? [`and ${reasons.length - REASONS} more`] : [];
    const lines = [...reasons.slice(0, REASONS), ...more].map((reason) => `\n  ${reason}`).join("");
    return [`stale: ${name}${lines}\n  deno task run ${name.replace(".ipynb", "")} --save\n`];
  });
}

/** What was found, as it is said at the end, and the exit code. */
export function conclusion(
  failures: readonly string[],
  stale: readonly string[],
  strict: boolean,
): { said: string; code: number } {
  const notes = stale.map((one) => strict ? one : `warning: ${one}`);
  const code = failures.length > 0 || (strict && stale.length > 0) ? 1 : 0;
  return { said: [...failures, ...notes].map((one) => `\n${one}`).join("\n"), code };
}

/** Runs every part, and resolves to the exit code. */
async function check(strict: boolean): Promise<number> {
  const { path, lock, standIn } = await testConfig();
  if (standIn) {
    console.error("JSR does not answer: @std/assert is stood in for by test/std_assert.");
  }
  const flags = ["--config", path, "--lock", lock];
  const failures: string[] = [];
  // The option takes the place of what deno.json leaves out.
  const left = [...project.fmt.exclude, "notebooks", "**/*.ipynb"].join(",");
  const types = ["check", ...flags, "lib", "test", "data"];
  for (const args of [["fmt", "--check", `--ignore=${left}`], ["lint"], types]) {
    const { ok, output } = await deno(args);
    console.error(`${ok ? "ok    " : "FAILED"} deno ${args[0]}`);
    if (!ok) failures.push(output);
  }
  const cells = await checkNotebooks(flags);
  console.error(`${cells.length ? "FAILED" : "ok    "} the notebooks' code cells`);
  failures.push(...cells);
  const stale = await staleNotebooks(join(root, "notebooks"));
  console.error(`${stale.length ? "STALE " : "ok    "} the notebooks' outputs`);
  const { said, code } = conclusion(failures, stale, strict);
  if (said) console.error(said);
  return code;
}

if (import.meta.main) {
  const program = new Command("deno task check")
    .description(
      "Checks formatting, lint and types, those of the notebooks' code cells too, and whether the " +
        "outputs in the notebooks are still those of the code as it is.",
    )
    .option("--strict", "stale outputs are an error", false)
    .allowExcessArguments(false)
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", NOTES);
  await runTask("check", () => {
    const read = readCommandLine(program, Deno.args);
    return read === undefined ? 0 : check(program.opts().strict);
  });
}
