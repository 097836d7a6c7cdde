/** A running Deno kernel. */
import { Channels, type Listener } from "./channels.ts";
import { type KernelEnd, KernelProcess } from "./kernel_process.ts";
import type { JsonObject } from "../notebook/notebook.ts";
import { displayId } from "./outputs.ts";
import { NOTHING_PRINTED, type Printing, printingCode } from "./printed.ts";
import { pause } from "./time_limit.ts";

/** The kernel ended while it was needed. */
export class KernelDied extends Error {
  override readonly name = "KernelDied";
  constructor(readonly end: KernelEnd) {
    super(`the kernel ended (${end.signal ?? `exit code ${end.code}`})`);
  }
}

/** How long a kernel may take to start, ms. */
const PATIENCE = 30_000;
/** How long what a dead kernel has sent, or a living one printed, may take to arrive, ms. */
const LAST_WORDS = 1_000;

export class Kernel {
  #channels: Channels;
  #died: Promise<never>;
  #garbled = false;

  private constructor(readonly process: KernelProcess) {
    this.#channels = new Channels(process.connection);
    this.#died = process.ended.then(async (end) => {
      const late = new AbortController();
      await Promise.race([this.#channels.silent, pause(LAST_WORDS, late.signal)]);
      late.abort();
      this.#channels.close();
      throw new KernelDied({ ...end, garbled: this.#garbled });
    });
    this.#died.catch(() => {});
  }

  /**
   * Starts a kernel in the folder `cwd` and waits until it answers and its outputs arrive. Rejects
   * with KernelDied when it ends instead, also when `signal` is why.
   */
  static async start(cwd: string, signal: AbortSignal): Promise<Kernel> {
    for (let attempt = 1;; attempt++) {
      const kernel = new Kernel(new KernelProcess(cwd));
      const stop = () => kernel.kill();
      const timer = setTimeout(stop, PATIENCE);
      signal.addEventListener("abort", stop);
      if (signal.aborted) stop();
      try {
        await kernel.orDied(kernel.#channels.open());
        kernel.#endWhenGarbled();
        return kernel;
      } catch (error) {
        await kernel.kill();
        // Another process may have taken a port between our choice and the kernel's start.
        if (signal.aborted || attempt === 3) throw error;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        kernel.process.forgetConnection();
      }
    }
  }

  /** Everything published from now on goes to `listener`, whichever request caused it. */
  set onPublished(listener: Listener) {
    this.#channels.onPublished = listener;
  }

  /**
   * Runs `code`; resolves with the content of the reply, rejects with KernelDied. What it shows may
   * still be on its way.
   */
  execute(code: string, silent: boolean): Promise<JsonObject> {
    return this.orDied(this.#channels.request("shell", "execute_request", {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    }));
  }

  /**
   * Resolves when everything published before has been heard. The Deno kernel publishes outputs after
   * it has said that it is idle, so listening until idle loses some. With `printing` it resolves with
   * what went past the messages to standard output, which takes half as long as a small cell.
   */
  async fence(printing = false): Promise<Printing> {
    const marker = `fence-${crypto.randomUUID()}`;
    const { promise, resolve } = Promise.withResolvers<void>();
    const heard = this.#channels.onPublished;
    this.onPublished = (message) =>
      displayId(message.content) === marker ? resolve() : heard(message);
    const late = new AbortController();
    try {
      const content = JSON.stringify({ data: {}, metadata: {}, transient: { display_id: marker } });
      const broadcast = `await Deno.jupyter.broadcast("display_data", ${content});`;
      await this.execute((printing ? printingCode(marker) : "") + broadcast, true);
      await this.orDied(promise);
      if (!printing) return NOTHING_PRINTED;
      const printed = this.process.printed.until(marker);
      const waited = pause(LAST_WORDS, late.signal).then(() => NOTHING_PRINTED);
      return await this.orDied(Promise.race([printed, waited]));
    } finally {
      late.abort();
      this.onPublished = heard;
    }
  }

  /** Whoever waits for what a garbled kernel publishes would wait for ever. */
  async #endWhenGarbled(): Promise<void> {
    if (await this.#channels.silent === null) return;
    this.#garbled = true;
    await this.process.kill();
  }

  /** Asks the kernel to stop what it computes; a pending `await` goes on all the same. */
  async interrupt(): Promise<void> {
    await this.orDied(this.#channels.request("control", "interrupt_request", {}));
  }

  /** Ends the kernel and whatever its cells left running. */
  async kill(): Promise<void> {
    await this.process.kill();
    this.#channels.close();
  }

  /** What `promise` comes to; rejects with KernelDied where the kernel ends before. */
  orDied<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => {}); // The kernel's end is the reason that counts.
    return Promise.race([promise, this.#died]);
  }
}

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
