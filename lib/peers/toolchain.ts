/**
 * What a peer needs is not on this machine; the message says what to install.
 *
 * ```ts
 * if (error.name === "MissingToolchain") console.log(error.message); // what to install
 * ```
 */
export class MissingToolchain extends Error {
  override readonly name = "MissingToolchain";

  /**
   * @param language what it is called, e.g. "Python"
   * @param found what there is of it, e.g. "not installed"
   * @param install a sentence on what to install
   */
  constructor(readonly language: string, readonly found: string, readonly install: string) {
    super(`${language} is ${found}: ${install}`);
  }
}

/** What work comes to, or the toolchain that is missing for it; any other error goes on. */
export async function orMissing<T>(work: Promise<T>): Promise<T | MissingToolchain> {
  return await work.catch((error) => {
    if (error instanceof MissingToolchain) return error;
    throw error;
  });
}
