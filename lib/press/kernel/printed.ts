/**
 * What reaches a kernel's standard output: reports of `Deno.test`, and with them all that goes past
 * its messages (`Deno.stdout`, `process.stdout`, workers, children that inherit it). The kernel keeps
 * the latter to itself until a test runs, so a test without content makes it say what it has.
 */

/** What was printed since the last time, and the tests that failed meanwhile. */
export interface Printing {
  readonly text: string;
  readonly failedTests: readonly string[];
}

export const NOTHING_PRINTED: Printing = { text: "", failedTests: [] };

/** Code for a kernel that makes it print what it keeps, and then `marker`. */
export function printingCode(marker: string): string {
  const unchecked = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };
  return `Deno.test({ name: "${marker}", ...${JSON.stringify(unchecked)}, fn() {} });`;
}

const KEPT = /^-{7} pre-test output -{7}\n([^]*?)-{5} pre-test output end -{5}\n/gm;

/** Cuts what a kernel prints at the markers it was made to print. */
export class Printed {
  #text = "";
  #look = () => {};

  take(piece: string): void {
    this.#text += piece;
    this.#look();
  }

  /** What was printed before `marker`, once that has come. */
  async until(marker: string): Promise<Printing> {
    const report = new RegExp(`^${marker} \\.\\.\\. .*\\n\\n.* passed \\| .*\\n`, "m");
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#look = () => {
      const found = this.#text.match(report);
      if (found === null) return;
      const before = this.#text.slice(0, found.index);
      this.#text = this.#text.slice(found.index! + found[0].length);
      this.#look = () => {};
      resolve(before);
    };
    this.#look();
    return readPrinting(await promise);
  }
}

function readPrinting(printed: string): Printing {
  const reports = printed.replace(KEPT, "");
  // A report names under FAILURES each test or step that failed.
  const failedTests = [...reports.matchAll(/^ FAILURES \n\n([^]*?)\n\nFAILED \| /gm)]
    .flatMap(([, names]) => names.split("\n").map((name) => name.replace(/ => .*$/, "")));
  return { text: printed.replace(KEPT, "$1"), failedTests };
}
