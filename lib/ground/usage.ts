/** Command lines: what was asked for, or in one sentence why that cannot be understood. */
import { type Command, CommanderError } from "commander";

/** A command line that cannot be understood. */
export class UsageError extends RangeError {
  override readonly name = "UsageError";
}

/**
 * Reads `args`; help, if asked for, is printed and undefined given.
 * @throws {UsageError} naming the option that is wrong
 */
export function readCommandLine(program: Command, args: readonly string[]): Command | undefined {
  program.configureOutput({ writeErr: () => {} }).exitOverride();
  try {
    return program.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new UsageError(error.message.replace(/^error: /, ""));
  }
}

/**
 * Runs a task and ends the process with its exit code. An error that a person can mend is told as its
 * message alone; a {@link UsageError} with where to read on.
 *
 * @param name as in `deno task run`
 * @param codeOf the exit code for an error that a person can mend; undefined for a mistake of ours
 */
export async function runTask(
  name: string,
  task: () => number | Promise<number>,
  codeOf: (error: unknown) => number | undefined = () => undefined,
): Promise<never> {
  try {
    Deno.exit(await task());
  } catch (error) {
    const misused = error instanceof UsageError;
    const code = misused ? 2 : codeOf(error);
    if (code === undefined) throw error;
    const { message } = error as Error;
    console.error(misused ? `${message}\nSee deno task ${name} --help` : message);
    Deno.exit(code);
  }
}
