/** The command line of `deno task run`. */
import { pathOf } from "../notebook/find_notebooks.ts";
import type { Json } from "../notebook/notebook.ts";
import type { Values } from "../notebook/parameters.ts";
import { parseSite, parseTargets } from "./publish_options.ts";
import type { Target } from "../post/site/write_site.ts";
import type { Limits } from "../run/execution.ts";
import { attempt } from "../../ground/attempt.ts";
import { command, readCommandLine, UsageError } from "../../ground/usage.ts";

/** What was asked for, resolved. */
export interface RunRequest {
  names: string[];
  quick: boolean;
  /** Outputs go back into the notebook itself, with the record of what they come from. */
  save: boolean;
  /** Runs what has not changed, too. */
  fresh: boolean;
  values: Values;
  out: string;
  limits: Limits;
  json: boolean;
  /** What is published of what was run; no targets: nothing. */
  posts: { targets: Target[]; site: string | null; drafts: boolean };
}

const NOTES = `
A NOTEBOOK is a number (1), a name (catch_em_all) or the path of any .ipynb file; none means every
notebook in notebooks/, in order. Executed copies go to DIR/notebooks/; the notebooks themselves
are touched by --save only. The first failure ends the run; what ran until then is kept.

Cells run in the notebook's folder. One that imports "lab" or the like, with no deno.json in its
folder or above, runs in notebooks/, where these are known.

A copy in DIR/notebooks/ that still stands (same code cells, parameters, library, packages, files
that were read, and Deno) is not made again, unless --fresh. It is, where a cell starts a program,
asks a server that it hasn't started, or makes up the name of a module while it runs: then what it
depends on is not known. --save puts the outputs back into the notebook, with a record of what they
come from; deno task check says when that is no longer so. Parameters set by -p are part of the
record, and their cell stays in the notebook.

Parameters: a notebook declares them in a cell tagged "parameters", as const n = 150; -p sets them
in a cell added after it, tagged "injected-parameters". The value is JSON, else a string. A quick
set is in the notebook's metadata: "lab": {"quick": {"n": 30}}; --quick takes it, -p goes before it.

What was run to its end is published: posts in DIR/posts/, an index in DIR/index.html, and more with
--to; --to none publishes nothing. See deno task publish --help for front matter and tags.

Tags: cells tagged skip-execution are not run; an error in one tagged raises-exception does not end
the run.

Exit codes: 0 done, 1 a cell failed, does not parse or imports what is missing, 2 bad usage, an
unreadable notebook or nowhere to write, 3 the kernel died, 4 timed out, 130 interrupted.`;

/** Reads `args`. A UsageError for what cannot be understood; help is printed and undefined given. */
export function readRunOptions(args: readonly string[]): RunRequest | undefined {
  const what = "Runs notebooks from top to bottom and keeps executed copies.";
  const program = command("deno task run", what, NOTES)
    .argument("[notebook...]", "what to run")
    .option("--quick", "take each notebook's quick set of parameters", false)
    .option(
      "-p <name=value>",
      "set a parameter; may be repeated (default: as the notebook has them)",
      (typed, values: Map<string, string> = new Map()) =>
        new Map([...values, parseAssignment(typed)]),
    )
    .option("--save", "put the outputs of this one full run into the notebooks", false)
    .option("--fresh", "run what has not changed, too", false)
    .option("--out <dir>", "where executed copies go (default: _site)")
    .option(
      "--to <list>",
      'publish as html, markdown, hugo, jekyll, with commas between (default: "html")',
      (list) => list === "none" ? [] : parseTargets(list),
    )
    .option("--site <url>", "address the posts will be at", parseSite)
    .option("--drafts", "publish drafts, too", false)
    .option(
      "--timeout <s>",
      "seconds a notebook may take in all, or none",
      secondsOf("--timeout"),
      3600,
    )
    .option(
      "--cell-timeout <s>",
      "seconds a cell may take, or none",
      secondsOf("--cell-timeout"),
      900,
    )
    .option("--json", "print one result object on standard output", false);
  if (readCommandLine(program, args) === undefined) return undefined;
  const { p, out, timeout, cellTimeout, to, site = null, drafts, ...rest } = program.opts();
  if (rest.save && rest.quick) {
    throw new UsageError("--save with --quick: saved outputs are those of a full run; drop one");
  }
  return {
    names: program.args,
    ...rest as Pick<RunRequest, "quick" | "save" | "fresh" | "json">,
    values: p ?? new Map(),
    out: pathOf(out, "_site"),
    limits: { limit: timeout, cellLimit: cellTimeout, grace: 3 },
    posts: { targets: to ?? ["html"], site, drafts },
  };
}

/** Reads `name=value` as typed: a JSON value, else a string. */
export function parseAssignment(typed: string): [name: string, text: string] {
  const at = typed.indexOf("=");
  if (at < 1) throw new UsageError(`-p ${typed}: write name=value`);
  const name = typed.slice(0, at), text = typed.slice(at + 1);
  const value: Json | undefined = attempt(() => JSON.parse(text));
  if (value === undefined) return [name, JSON.stringify(text)];
  if (typeof value !== "number" || Number.isFinite(value)) return [name, text.trim()];
  throw new UsageError(`-p ${typed}: the number is out of range`);
}

const secondsOf = (option: string) => (typed: string): number => {
  const seconds = typed === "none" ? Infinity : Number(typed);
  if (typed.trim() !== "" && seconds > 0) return seconds;
  throw new UsageError(`${option} ${typed}: a number of seconds above 0, or none`);
};
