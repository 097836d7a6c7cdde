/**
 * ZMTP 3.0, the wire protocol of ZeroMQ, as far as a Jupyter client needs it: connecting
 * DEALER and SUB sockets with no security (https://rfc.zeromq.org/spec/23/). Own code, because
 * npm:zeromq loses replies under Deno.
 */

import { Buffer } from "node:buffer";

const MORE = 1, LONG = 2, COMMAND = 4;
const GREETING_BYTES = 64;

export interface Frame {
  /** A command of the protocol (READY, PING), not part of a message. */
  command: boolean;
  /** Another frame of the same message follows. */
  more: boolean;
  body: Uint8Array;
}

/** Our half of the greeting: signature, version 3.0, mechanism NULL, not a server. */
export function greeting(): Uint8Array {
  const bytes = new Uint8Array(GREETING_BYTES);
  bytes.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
  bytes.set(new TextEncoder().encode("NULL"), 12);
  return bytes;
}

/** The READY command that opens a socket of this type. */
export function ready(type: "DEALER" | "SUB"): Uint8Array {
  const property = (name: string, value: string) =>
    `${String.fromCharCode(name.length)}${name}\0\0\0${String.fromCharCode(value.length)}${value}`;
  const text = `\x05READY${property("Socket-Type", type)}${property("Identity", "")}`;
  return encodeFrame({ command: true, more: false, body: new TextEncoder().encode(text) });
}

/** A frame as it goes over the wire: flags, length in one byte or eight, body. */
export function encodeFrame({ command, more, body }: Frame): Uint8Array {
  const long = body.length > 255;
  const head = Buffer.alloc(long ? 9 : 2);
  head[0] = (command ? COMMAND : 0) | (more ? MORE : 0) | (long ? LONG : 0);
  if (long) head.writeBigUInt64BE(BigInt(body.length), 1);
  else head[1] = body.length;
  return Buffer.concat([head, body]);
}

/** What arrives are no frames: from here on nothing can be read. */
export class Garbled extends Error {
  override readonly name = "Garbled";
}

/** The longest frame that anybody may send, bytes. */
const LONGEST_FRAME = 2 ** 31;

/**
 * Takes bytes as they arrive and gives the frames they complete; each byte is copied once. Throws a
 * {@link Garbled} for what cannot be the head of a frame.
 */
export class FrameDecoder {
  #head = new Uint8Array(9);
  #headFilled = 0;
  #body: Uint8Array | undefined;
  #bodyFilled = 0;

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length || this.#body?.length === 0) {
      if (this.#body === undefined) {
        this.#head[this.#headFilled++] = chunk[at++];
        const needed = this.#head[0] & LONG ? 9 : 2;
        if (this.#headFilled < needed) continue;
        const long = () => new DataView(this.#head.buffer).getBigUint64(1);
        const length = this.#head[0] & LONG ? Number(long()) : this.#head[1];
        if ((this.#head[0] & ~(MORE | LONG | COMMAND)) !== 0 || length > LONGEST_FRAME) {
          throw new Garbled("these bytes are no frame");
        }
        this.#body = new Uint8Array(length);
        this.#bodyFilled = 0;
      }
      const taken = Math.min(this.#body.length - this.#bodyFilled, chunk.length - at);
      this.#body.set(chunk.subarray(at, at + taken), this.#bodyFilled);
      at += taken;
      this.#bodyFilled += taken;
      if (this.#bodyFilled < this.#body.length) break;
      const [flags] = this.#head;
      frames.push({ command: !!(flags & COMMAND), more: !!(flags & MORE), body: this.#body });
      this.#body = undefined;
      this.#headFilled = 0;
    }
    return frames;
  }
}

/** The frames of a message as they go over the wire. */
export function framed(frames: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    frames.map((body, i) => encodeFrame({ command: false, more: i < frames.length - 1, body })),
  );
}

/** An open socket: whole messages in and out. */
export interface ZmtpSocket {
  /** Resolves when the message has been handed to the system, in the order called. */
  send(frames: readonly Uint8Array[]): Promise<void>;
  /** Resolves when the other end has gone away, or with why, where it sent what is no message. */
  readonly ended: Promise<Garbled | null>;
  close(): void;
}

/**
 * Connects to 127.0.0.1:`port`. Every complete message goes to `onMessage`. Rejects with
 * ConnectionRefused when nobody listens there, or somebody does who is no kernel and hangs up.
 */
export async function connectZmtp(
  port: number,
  type: "DEALER" | "SUB",
  onMessage: (frames: Uint8Array[]) => void,
): Promise<ZmtpSocket> {
  const conn = await connect("127.0.0.1", port);
  const write = writer(conn);
  const { promise: opened, resolve } = Promise.withResolvers<boolean>();
  const ended = receive(conn, onMessage, (bytes) => {
    if (Buffer.from(bytes).includes("READY")) resolve(true);
  }).then(() => null, (error) => error instanceof Garbled ? error : null);
  ended.then(() => resolve(false));
  // Unlike close(), it may have been closed before.
  const close = () => conn[Symbol.dispose]();
  for (const bytes of [greeting(), ready(type)]) write(bytes).catch(() => {});
  if (!await opened) {
    close();
    throw new Deno.errors.ConnectionRefused(`no kernel listens on port ${port}`);
  }
  return { ended, send: (frames) => write(framed(frames)), close };
}

/** A connection to `port`. Rejects with ConnectionRefused when nobody listens there. */
export async function connect(hostname: string, port: number): Promise<Deno.TcpConn> {
  const conn = await Deno.connect({ hostname, port, transport: "tcp" });
  if (conn.localAddr.port === port) {
    // A port that nobody listens on may connect to itself, and keeps others from listening there.
    conn.close();
    throw new Deno.errors.ConnectionRefused(`connected to itself on port ${port}`);
  }
  conn.setNoDelay(true);
  return conn;
}

/** What `connect` resolves to, tried again until somebody listens or `signal` aborts. */
export async function whenListening<T>(connect: () => Promise<T>, signal?: AbortSignal) {
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if (signal?.aborted || !(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Takes what the other end sends until it is gone: whole messages, and to `pass` the rest as it
 * came, its greeting and its commands. All that has come goes on at once, unless `take` gives a
 * promise: whoever waits for a message wakes when those behind it were heard.
 */
export async function receive(
  conn: Deno.Conn,
  take: (frames: Uint8Array[]) => Promise<void> | void,
  pass: (bytes: Uint8Array) => Promise<void> | void = () => {},
): Promise<void> {
  const buffer = new Uint8Array(256 * 1024);
  const decoder = new FrameDecoder();
  let greetingLeft = GREETING_BYTES;
  let message: Uint8Array[] = [];
  for (let count; (count = await conn.read(buffer)) !== null;) {
    const first = Math.min(greetingLeft, count);
    greetingLeft -= first;
    if (first > 0) await pass(buffer.slice(0, first));
    for (const frame of decoder.push(buffer.subarray(first, count))) {
      let taken;
      if (frame.command) taken = pass(encodeFrame(frame));
      else if (message.push(frame.body) && !frame.more) {
        taken = take(message);
        message = [];
      }
      if (taken) await taken;
    }
  }
}

/** Writes whole pieces, one after the other. */
export function writer(to: Deno.Conn): (bytes: Uint8Array) => Promise<void> {
  let last = Promise.resolve();
  return (bytes) =>
    last = last.then(async () => {
      for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
    });
}
