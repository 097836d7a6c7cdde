/**
 * ZMTP 3.0, the wire protocol of ZeroMQ, as far as a Jupyter client needs it: connecting
 * DEALER and SUB sockets with no security (https://rfc.zeromq.org/spec/23/). Own code, because
 * npm:zeromq loses replies under Deno.
 */

const MORE = 1, LONG = 2, COMMAND = 4;
export const GREETING_BYTES = 64;

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
  const text = (name: string) => new TextEncoder().encode(name);
  const property = (name: string, value: string) => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, value.length);
    return [name.length, ...text(name), ...length, ...text(value)];
  };
  const properties = [...property("Socket-Type", type), ...property("Identity", "")];
  return encodeFrame({
    command: true,
    more: false,
    body: Uint8Array.from([5, ...text("READY"), ...properties]),
  });
}

/** A frame as it goes over the wire: flags, length in one byte or eight, body. */
export function encodeFrame({ command, more, body }: Frame): Uint8Array {
  const long = body.length > 255;
  const head = new Uint8Array(long ? 9 : 2);
  head[0] = (command ? COMMAND : 0) | (more ? MORE : 0) | (long ? LONG : 0);
  if (long) new DataView(head.buffer).setBigUint64(1, BigInt(body.length));
  else head[1] = body.length;
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
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
        const length = this.#bodyLength();
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
      const flags = this.#head[0];
      frames.push({
        command: (flags & COMMAND) !== 0,
        more: (flags & MORE) !== 0,
        body: this.#body,
      });
      this.#body = undefined;
      this.#headFilled = 0;
    }
    return frames;
  }

  #bodyLength(): number {
    if (!(this.#head[0] & LONG)) return this.#head[1];
    return Number(new DataView(this.#head.buffer).getBigUint64(1));
  }
}

/** An open socket: whole messages in and out. */
export interface ZmtpSocket {
  /** Resolves when the message has been handed to the system, in the order called. */
  send(frames: Uint8Array[]): Promise<void>;
  /** Resolves when the other end has gone away, or with why, where it sent what is no message. */
  readonly ended: Promise<Garbled | null>;
  close(): void;
}

/**
 * Connects to 127.0.0.1:`port`. Every complete message goes to `onMessage`. Rejects with
 * ConnectionRefused when nobody listens there.
 */
export async function connectZmtp(
  port: number,
  type: "DEALER" | "SUB",
  onMessage: (frames: Uint8Array[]) => void,
): Promise<ZmtpSocket> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port, transport: "tcp" });
  if ((conn.localAddr as Deno.NetAddr).port === port) {
    // A port that nobody listens on may connect to itself, and keeps others from listening there.
    conn.close();
    throw new Deno.errors.ConnectionRefused(`connected to itself on port ${port}`);
  }
  conn.setNoDelay(true);
  await writeAll(conn, greeting());
  await writeAll(conn, ready(type));
  const ended = receive(conn, onMessage)
    .then(() => null, (error) => error instanceof Garbled ? error : null);
  let last = Promise.resolve();
  return {
    ended,
    send(frames) {
      const bytes = frames.map((body, i) =>
        encodeFrame({ command: false, more: i < frames.length - 1, body })
      );
      last = last.then(async () => {
        for (const part of bytes) await writeAll(conn, part);
      });
      return last;
    },
    close() {
      try {
        conn.close();
      } catch {
        // Closed already by the other end.
      }
    },
  };
}

/** All that has come goes on at once: whoever waits for a message wakes when those behind it were heard. */
async function receive(conn: Deno.Conn, onMessage: (frames: Uint8Array[]) => void) {
  const buffer = new Uint8Array(256 * 1024);
  const decoder = new FrameDecoder();
  let greetingLeft = GREETING_BYTES;
  let message: Uint8Array[] = [];
  for (;;) {
    const count = await conn.read(buffer);
    if (count === null) return;
    const skipped = Math.min(greetingLeft, count);
    greetingLeft -= skipped;
    for (const frame of decoder.push(buffer.subarray(skipped, count))) {
      if (frame.command) continue;
      message.push(frame.body);
      if (frame.more) continue;
      onMessage(message);
      message = [];
    }
  }
}

async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}
