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
