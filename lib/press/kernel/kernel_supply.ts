import { Kernel } from "./kernel.ts";

/**
 * Kernels for a run, one of them started before it is needed: starting takes as long as a hundred
 * small cells. Dispose of it at the end, so that none is left that nobody took.
 */
export class KernelSupply implements AsyncDisposable {
  #prepared: { cwd: string; kernel: Promise<Kernel> } | undefined;
  constructor(readonly signal: AbortSignal) {}

  /** Starts a kernel for the folder `cwd` to be taken later, unless one is waiting already. */
  prepare(cwd: string): void {
    this.#prepared ??= { cwd, kernel: this.#start(cwd) };
  }

  /** A kernel in the folder `cwd` that nothing has run in. Rejects with KernelDied. */
  take(cwd: string): Promise<Kernel> {
    if (this.#prepared?.cwd !== cwd) return this.#start(cwd);
    const { kernel } = this.#prepared;
    this.#prepared = undefined;
    return kernel;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#prepared?.kernel.then((kernel) => kernel.kill(), () => {});
  }

  #start(cwd: string): Promise<Kernel> {
    const kernel = Kernel.start(cwd, this.signal);
    kernel.catch(() => {}); // For those who take it to see.
    return kernel;
  }
}
