/** An error that a person can mend: a task tells its message alone, and ends with its exit code. */
export abstract class ToldError extends Error {
  abstract readonly exitCode: number;
}
