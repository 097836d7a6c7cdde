/** The conversations a client has with a Jupyter kernel: shell, control, and what is published. */
import type { Connection } from "./kernel_process.ts";
import { decodeMessage, encodeMessage, type Message, message } from "./messages.ts";
import type { JsonObject } from "../notebook/notebook.ts";
import { pause } from "./time_limit.ts";
import { connectZmtp, type Garbled, whenListening, type ZmtpSocket } from "./zmtp.ts";

/** What a cell sends while it runs, in the order the kernel published it. */
export type Listener = (message: Message) => void;

export class Channels {
  /** Told of everything published, whichever request caused it. */
  onPublished: Listener = () => {};
  /** Resolves when nothing more can be heard: with why, where what was heard made no sense. */
  silent: Promise<Garbled | null> = Promise.resolve(null);
  #session = crypto.randomUUID();
  #sockets: ZmtpSocket[] = [];
  #shell!: ZmtpSocket;
  #control!: ZmtpSocket;
  #replies = new Map<string, (reply: Message) => void>();
  #closing = new AbortController();

  constructor(readonly connection: Connection) {}

  /** Connects as soon as the kernel listens; waits until it is heard. */
  async open(): Promise<void> {
    const { shell_port, control_port, iopub_port } = this.connection;
    const answer = (message: Message) => {
      const id = message.parent_header.msg_id ?? "";
      this.#replies.get(id)?.(message);
      this.#replies.delete(id);
    };
    this.#shell = await this.#connect(shell_port, "DEALER", answer);
    this.#control = await this.#connect(control_port, "DEALER", answer);
    const hear = (message: Message) => this.onPublished(message);
    const published = await this.#connect(iopub_port, "SUB", hear);
    this.silent = published.ended;
    await published.send([Uint8Array.of(1)]);
    await this.#join();
  }

  /** Sends a request; resolves with the content of its reply, never when the kernel is gone. */
  async request(
    channel: "shell" | "control",
    type: string,
    content: JsonObject,
  ): Promise<JsonObject> {
    const request = message(type, this.#session, content);
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#replies.set(request.header.msg_id, resolve);
    const socket = channel === "shell" ? this.#shell : this.#control;
    // A kernel that is gone breaks the pipe; its end is reported by the process.
    socket.send(encodeMessage(request, this.connection.key)).catch(() => {});
    return (await promise).content;
  }

  close(): void {
    this.#closing.abort();
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  async #connect(
    port: number,
    type: "DEALER" | "SUB",
    listener: Listener,
  ): Promise<ZmtpSocket> {
    const take = (frames: Uint8Array[]) => listener(decodeMessage(frames, this.connection.key));
    const { signal } = this.#closing;
    const socket = await whenListening(() => connectZmtp(port, type, take), signal);
    this.#sockets.push(socket);
    return socket;
  }

  /** A subscription takes effect some time after it was sent: asks until something is published. */
  async #join(): Promise<void> {
    let joined = false;
    this.onPublished = () => joined = true;
    while (!joined && !this.#closing.signal.aborted) {
      await this.request("shell", "kernel_info_request", {});
      if (!joined) await pause(5, this.#closing.signal);
    }
    this.onPublished = () => {};
  }
}
