/** Marks all notebooks that were handed in, a few at a time, and each exercise in a process of its own. */
import { join } from "node:path";
import pMap, { pMapSkip } from "p-map";
import { denoProgram, type Program, start } from "../../ground/program.ts";
import { projectFolder } from "../notebook/find_notebooks.ts";
import { codeCells } from "../notebook/notebook.ts";
import type { Assignment } from "./assignment.ts";
import { type ExerciseModule, exerciseModules } from "./exercise_modules.ts";
import { guessesIn } from "./guesses.ts";
import { type Mark, markOf, untold } from "./mark.ts";
import type { Submission } from "./submission.ts";

/** What there is to say of one notebook. */
export type Row = Readonly<Awaited<ReturnType<typeof rowOf>>>;

/** How many are marked at a time. */
const AT_ONCE = Math.max(1, navigator.hardwareConcurrency);

/** The rows of all submissions, in their order; `onRow` hears of each as it is done. */
export async function markClass(
  submissions: readonly Submission[],
  marking: Marking,
  onRow: (row: Row) => void,
): Promise<readonly Row[]> {
  const mark = async (submission: Submission) => {
    if (marking.signal.aborted) return pMapSkip;
    const row = await rowOf(submission, marking).catch((error): Row => ({
      ...submission,
      problem: `could not be marked (${error.message})`,
      marks: [],
      guesses: new Map(),
    }));
    onRow(row);
    return row;
  };
  return await pMap(submissions, mark, { concurrency: AT_ONCE });
}

async function rowOf(submission: Submission, marking: Marking) {
  const { student, assignment, notebook, problem } = submission;
  const marks = assignment === null
    ? []
    : await markStudent({ ...submission, assignment }, marking);
  const made = notebook === null || assignment === null ? [] : codeCells(notebook)
    .filter(({ source }) => /\bpredict\s*\(/.test(source))
    .flatMap(({ source }) => [...guessesIn(source)]);
  const asked = new Set(assignment?.questions.map(({ question }) => question));
  const guesses = made.filter((pair): pair is [string, number] =>
    pair[1] !== null && asked.has(pair[0])
  );
  // Guesses by question, those that were made.
  return { student, assignment, problem, marks, guesses: new Map(guesses) };
}

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
/** The most that a process may print, characters. */
const MOST = 1e6;
/** The memory of a process, MB. */
const MEMORY = 512;

/** The marks of all exercises, in their order; each runs in a process of its own. */
export async function markStudent(
  { assignment, notebook, problem }: Submission & { assignment: Assignment },
  marking: Marking,
): Promise<readonly Mark[]> {
  if (notebook === null) return assignment.exercises.map(({ name }) => untold(name, problem));
  const marks: Mark[] = [];
  for (const modules of exerciseModules(notebook, assignment)) {
    let mark = await markOne(modules[0], marking);
    // It was left as it was: another cell may have the answer.
    if (mark.state === "not started" && modules[1]) mark = await markOne(modules[1], marking);
    marks.push(mark);
  }
  return marks;
}

async function markOne(module: ExerciseModule, marking: Marking): Promise<Mark> {
  const { name, source, problem, detail } = module;
  return source === null ? untold(name, problem, 0, detail) : await markByRunning(module, marking);
}

/** Runs an exercise in a process of its own. */
async function markByRunning(
  { name: exercise, source, modules }: ExerciseModule,
  { limit, packages, signal }: Marking,
): Promise<Mark> {
  const secret = crypto.randomUUID();
  const process = start(markingProgram(modules, packages));
  process.tell({ secret, source, modules });
  let [text, ready, late] = ["", false, false];
  const stop = () => {
    late = true;
    process.kill();
  };
  signal.addEventListener("abort", stop);
  let timer = setTimeout(stop, 1000 * LOADING);
  const decoder = new TextDecoder();
  for await (const piece of process.pieces) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MOST) break;
    if (ready || !text.includes(`["${secret}","ready"]`)) continue;
    ready = true;
    clearTimeout(timer);
    timer = setTimeout(stop, 1000 * limit);
  }
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  await process.end();
  const said = new RegExp(`\\["${secret}",(\\{.*\\})\\]$`, "m").exec(text);
  if (said !== null) return markOf(exercise, JSON.parse(said[1]));
  if (!late) return untold(exercise, "ends the program");
  return ready ? untold(exercise, "endless loop", limit) : untold(exercise, "not loaded");
}

/**
 * Deno that reads the lab, and has no network, no files, no programs; where an exercise needs packages
 * it may load those, and learn what these ask of the system.
 */
export function markingProgram(modules: readonly string[], packages: string): Program {
  const needsPackages = modules.some((name) => name !== "lab/class");
  const module = new URL("./marking_process.ts", import.meta.url).href;
  const { args: all, ...rest } = denoProgram("an exercise", module);
  const read = [join(projectFolder, "lib"), join(projectFolder, "deno.json")];
  const more = needsPackages ? [`--allow-ffi=${packages}`, "--allow-env", "--allow-sys"] : [];
  const permissions = [
    "--no-prompt",
    "--cached-only",
    `--v8-flags=--max-old-space-size=${MEMORY}`,
    `--allow-read=${(needsPackages ? [...read, packages] : read).join()}`,
    ...more,
  ];
  // Without the lockfile Deno would ask a registry for versions of what no system here needs.
  const instead: Record<string, readonly string[]> = {
    "-A": permissions,
    "--no-lock": ["--frozen"],
  };
  return { ...rest, args: all.flatMap((arg) => instead[arg] ?? [arg]) };
}
