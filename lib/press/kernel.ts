/** A running Deno kernel and the four conversations a client has with it. */
import { type KernelEnd, type KernelProcess, startKernelProcess } from "./kernel_process.ts";
import { decodeMessage, encodeMessage, type Message, message } from "./messages.ts";
import type { JsonObject } from "./notebook.ts";
import { connectZmtp, type ZmtpSocket } from "./zmtp.ts";

/** The kernel ended while it was needed. */
export class KernelDied extends Error {
  override readonly name = "KernelDied";
  constructor(readonly end: KernelEnd) {
    super(`the kernel ended (${end.signal ?? `exit code ${end.code}`})`);
  }
}

/** How long a kernel may take to start, ms. */
const PATIENCE = 30_000;
/** How long what a dead kernel has sent may take to arrive, ms. */
const LAST_WORDS = 1_000;

/** What a cell sends while it runs, in the order the kernel published it. */
export type Listener = (message: Message) => void;

export class Kernel {
  #session = crypto.randomUUID();
  #sockets: ZmtpSocket[] = [];
  #shell!: ZmtpSocket;
  #control!: ZmtpSocket;
  #replies = new Map<string, (reply: Message) => void>();
  #onPublished: Listener = () => {};
  #died: Promise<never>;
  /** Resolves when nothing more can be heard. */
  #silent: Promise<void> = Promise.resolve();

  private constructor(readonly process: KernelProcess) {
    this.#died = process.ended.then(async (end) => {
      await Promise.race([this.#silent, pause(LAST_WORDS)]);
      this.#close();
      throw new KernelDied(end);
    });
    this.#died.catch(() => {});
  }

  /**
   * Starts a kernel in the folder `cwd` and waits until it answers and its outputs arrive. Rejects
   * with KernelDied when it ends instead, also when `signal` is why.
   */
  static async start(cwd: string, signal: AbortSignal): Promise<Kernel> {
    for (let attempt = 1;; attempt++) {
      const kernel = new Kernel(startKernelProcess(cwd));
      const stop = () => kernel.kill();
      const timer = setTimeout(stop, PATIENCE);
      signal.addEventListener("abort", stop);
      if (signal.aborted) stop();
      try {
        await kernel.#orDied(kernel.#connect());
        await kernel.#join();
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
    this.#onPublished = listener;
  }

  /** Runs `code`; resolves with the content of the reply. Its outputs may still be on their way. */
  async execute(code: string, silent: boolean): Promise<JsonObject> {
    const reply = await this.#request(this.#shell, "execute_request", {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    });
    return reply.content;
  }

  /**
   * Resolves when everything published before has been heard. The Deno kernel publishes outputs
   * after it has said that it is idle, so listening until idle loses some.
   */
  async fence(): Promise<void> {
    const marker = `fence-${crypto.randomUUID()}`;
    const { promise, resolve } = Promise.withResolvers<void>();
    const heard = this.#onPublished;
    this.#onPublished = (message) => {
      const transient = message.content.transient as JsonObject | null | undefined;
      if (transient?.display_id === marker) resolve();
      else heard(message);
    };
    try {
      const content = JSON.stringify({ data: {}, metadata: {}, transient: { display_id: marker } });
      await this.execute(`await Deno.jupyter.broadcast("display_data", ${content});`, true);
      await this.#orDied(promise);
    } finally {
      this.#onPublished = heard;
    }
  }

  /** Asks the kernel to stop what it computes; a pending `await` goes on all the same. */
  async interrupt(): Promise<void> {
    await this.#request(this.#control, "interrupt_request", {});
  }

  /** Ends the kernel and whatever its cells left running. */
  async kill(): Promise<void> {
    await this.process.kill();
    this.#close();
  }

  async #connect(): Promise<void> {
    const { shell, iopub, control } = this.process.connection;
    const answer = (message: Message) => {
      const id = message.parent_header.msg_id ?? "";
      this.#replies.get(id)?.(message);
      this.#replies.delete(id);
    };
    this.#shell = await this.#open(shell, "DEALER", answer);
    this.#control = await this.#open(control, "DEALER", answer);
    const { promise, resolve } = Promise.withResolvers<void>();
    const published = await this.#open(
      iopub,
      "SUB",
      (message) => this.#onPublished(message),
      resolve,
    );
    this.#silent = promise;
    await published.send([Uint8Array.of(1)]);
  }

  /** Connects as soon as the kernel listens. */
  async #open(
    port: number,
    type: "DEALER" | "SUB",
    listener: Listener,
    onClose = () => {},
  ): Promise<ZmtpSocket> {
    const { key } = this.process.connection;
    for (let alive = true; alive;) {
      try {
        const socket = await connectZmtp(
          port,
          type,
          (frames) => listener(decodeMessage(frames, key)),
          onClose,
        );
        this.#sockets.push(socket);
        return socket;
      } catch (error) {
        if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
        alive = await Promise.race([
          pause(5).then(() => true),
          this.process.ended.then(() => false),
        ]);
      }
    }
    return await this.#died;
  }

  /** A subscription takes effect some time after it was sent: asks until something is published. */
  async #join(): Promise<void> {
    let joined = false;
    this.#onPublished = () => joined = true;
    while (!joined) {
      await this.#request(this.#shell, "kernel_info_request", {});
      if (!joined) await pause(5);
    }
    this.#onPublished = () => {};
  }

  async #request(socket: ZmtpSocket, type: string, content: JsonObject): Promise<Message> {
    const request = message(type, this.#session, content);
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#replies.set(request.header.msg_id, resolve);
    // A kernel that is gone breaks the pipe; its end is reported by the process.
    socket.send(encodeMessage(request, this.process.connection.key)).catch(() => {});
    return await this.#orDied(promise);
  }

  #orDied<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#died]);
  }

  #close(): void {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
