/** Runs one student's exercises in a process of their own. */
import { join } from "node:path";
import { denoProgram, type Running, start } from "../../ground/program.ts";
import { projectFolder } from "../notebook/find_notebooks.ts";
import type { Assignment } from "./assignment.ts";
import { type Runnable, writeExercises } from "./exercise_modules.ts";
import { type Mark, markOf, type Outcome, unrun } from "./mark.ts";
import type { Order } from "./marking_process.ts";
import type { Submission } from "./submission.ts";

/** What marking goes by. */
export interface Marking {
  /** How long an exercise may take, s. */
  readonly limit: number;
  /** Where Deno keeps packages. */
  readonly packages: string;
  readonly signal: AbortSignal;
}

/** How long what a check needs may take to load, s: machines stall. */
const LOADING = 60;
/** The most that a process may print, bytes. */
const MOST = 1e6;
/** The memory of a process, MB. */
const MEMORY = 512;

/** The marks of all exercises, in their order; none where `signal` ended it. */
export async function markStudent(
  { assignment, notebook, problem }: Submission & { assignment: Assignment },
  marking: Marking,
): Promise<readonly Mark[]> {
  const { exercises } = assignment;
  if (notebook === null) return exercises.map(({ name }) => unrun(name, problem));
  const folder = Deno.makeTempDirSync({ prefix: "lab-marks-" });
  try {
    const cells = writeExercises(notebook, assignment, folder);
    const outcomes = await outcomesOf(cells, assignment, folder, marking);
    return cells.map(({ name, problem }, i) =>
      outcomes[i] === undefined ? unrun(name, problem) : markOf(name, outcomes[i], marking.limit)
    );
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** By the exercise; a process that ends takes one with it, and another goes on with the rest. */
async function outcomesOf(
  cells: readonly Runnable[],
  assignment: Assignment,
  folder: string,
  marking: Marking,
): Promise<readonly (Outcome | undefined)[]> {
  const outcomes: (Outcome | undefined)[] = cells.map(() => undefined);
  const waiting = cells.flatMap(({ url }, i) => url === null ? [] : [{ url, i }]);
  while (waiting.length > 0 && !marking.signal.aborted) {
    const done = await runTogether(waiting.map(({ url }) => url), assignment, folder, marking);
    if (done.length < waiting.length) done.push({ kind: "ended" });
    for (const [n, { i }] of waiting.splice(0, done.length).entries()) outcomes[i] = done[n];
  }
  return outcomes;
}

/** Outcomes in order, as far as the process came. */
async function runTogether(
  urls: readonly string[],
  { modules }: Assignment,
  folder: string,
  { limit, packages, signal }: Marking,
): Promise<Outcome[]> {
  const secret = crypto.randomUUID();
  const process = start(program(folder, modules.some(isPackage) ? packages : undefined));
  const stop = () => process.kill();
  signal.addEventListener("abort", stop);
  // The process keeps its own time, unless something holds up all of it.
  const timer = setTimeout(stop, 1000 * urls.length * (limit + LOADING));
  const order: Order = {
    urls,
    preload: modules,
    limit: 1000 * limit,
    loading: 1000 * LOADING,
    secret,
  };
  process.tell(order);
  try {
    return await heard(process, secret);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    await process.end();
  }
}

async function heard(process: Running, secret: string): Promise<Outcome[]> {
  const decoder = new TextDecoder();
  let text = "", size = 0;
  for await (const piece of process.pieces) {
    if ((size += piece.length) > MOST) break;
    text += decoder.decode(piece, { stream: true });
  }
  const lines = text.split("\n").filter((line) => line.includes(`["${secret}"`));
  return lines.map((line) => JSON.parse(line.slice(line.indexOf(`["${secret}"`)))[2]);
}

const isPackage = (specifier: string) => !specifier.startsWith("lab");

/**
 * Deno that reads the lab and the exercises, and has no network, no files, no programs; where checks
 * need `packages` it may load those, and what they ask of the system.
 */
function program(folder: string, packages: string | undefined) {
  const read = [folder, join(projectFolder, "lib"), join(projectFolder, "deno.json")];
  const more = packages === undefined
    ? []
    : [`--allow-ffi=${packages}`, "--allow-env", "--allow-sys"];
  const { args, ...program } = denoProgram(
    "an exercise",
    new URL("./marking_process.ts", import.meta.url).href,
  );
  const permissions = [
    "--no-prompt",
    "--cached-only",
    `--v8-flags=--max-old-space-size=${MEMORY}`,
    `--allow-read=${[...read, ...packages === undefined ? [] : [packages]].join(",")}`,
    ...more,
  ];
  return { ...program, args: args.flatMap((arg) => arg === "-A" ? permissions : [arg]) };
}
