/** Command lines: what was asked for, or in one sentence why that cannot be understood. */
import { Command, CommanderError } from "commander";
import { ToldError } from "./told_error.ts";

/** A command line that cannot be understood. */
export class UsageError extends ToldError {
  override readonly name = "UsageError";
  readonly exitCode = 2;
}

/** A command of this project, to be given its options; `notes` are at the end of its help. */
export function command(called: string, description: string, notes: string): Command {
  return new Command(called).description(description)
    .helpOption("--help", "show this help").addHelpText("after", notes);
}

/**
 * Reads `args`; help, if asked for, is printed and undefined given.
 * @throws {UsageError} naming the option that is wrong
 */
export function readCommandLine(program: Command, args: readonly string[]): Command | undefined {
  program.configureOutput({ writeErr: () => {} }).exitOverride();
  try {
    program.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(error.message.replace(/^error: /, ""));
  }
  for (const [name, value] of Object.entries(program.opts())) {
    if (![value].flat().includes("")) continue;
    const option = program.options.find((each) => each.attributeName() === name);
    throw new UsageError(`option '${option?.long ?? option?.short}' has an empty value`);
  }
  return program;
}

/** Something that the system refuses, such as to write where the disk is full. */
class RefusedError extends ToldError {
  override readonly name = "RefusedError";
  readonly exitCode = 2;
}

const REFUSALS = /^E(ACCES|DQUOT|ISDIR|NAMETOOLONG|NOENT|NOSPC|NOTDIR|PERM|ROFS)$/;

/** A thrown error as one to be told, where a person can mend it; undefined for any other. */
export function toldOf(error: unknown): ToldError | undefined {
  if (error instanceof ToldError) return error;
  const { code, message } = error as { code?: string; message?: string };
  return REFUSALS.test(code ?? "") ? new RefusedError(message, { cause: error }) : undefined;
}

/**
 * Runs a task, `deno task NAME`, and ends the process with its exit code, or that of an error
 * {@link toldOf}, whose message is told; a {@link UsageError} with where to read on.
 */
export async function runTask(name: string, task: () => number | Promise<number>): Promise<never> {
  try {
    Deno.exit(await task());
  } catch (thrown) {
    const error = toldOf(thrown);
    if (error === undefined) throw thrown;
    const more = error instanceof UsageError ? `\nSee deno task ${name} --help` : "";
    console.error(error.message + more);
    Deno.exit(error.exitCode);
  }
}
