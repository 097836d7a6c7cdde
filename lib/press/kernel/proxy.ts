/** Passes on what goes over a ZeroMQ connection, message by message. */
import { encodeFrame, FrameDecoder, GREETING_BYTES } from "./zmtp.ts";

/** Passes on what one end sends, message by message, but those that `take` takes. */
export async function forward(
  from: Deno.Conn,
  to: (bytes: Uint8Array) => Promise<void>,
  take: (frames: Uint8Array[]) => Promise<boolean>,
): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  const decoder = new FrameDecoder();
  let [greeting, frames]: [number, Uint8Array[]] = [GREETING_BYTES, []];
  for (let count; (count = await from.read(buffer).catch(() => null)) !== null;) {
    const first = Math.min(greeting, count);
    greeting -= first;
    if (first > 0) await to(buffer.slice(0, first));
    for (const frame of decoder.push(buffer.subarray(first, count))) {
      if (frame.command) {
        await to(encodeFrame(frame));
        continue;
      }
      frames.push(frame.body);
      if (frame.more) continue;
      if (!await take(frames)) await to(framed(frames));
      frames = [];
    }
  }
}

/** The frames of a message as they go over the wire. */
export function framed(frames: readonly Uint8Array[]): Uint8Array {
  const parts = frames.map((body, i) =>
    encodeFrame({ command: false, more: i < frames.length - 1, body })
  );
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Writes whole messages, one after the other. */
export function writer(to: Deno.Conn): (bytes: Uint8Array) => Promise<void> {
  let last = Promise.resolve();
  return (bytes) =>
    last = last.then(async () => {
      for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
    }).catch(() => {}); // whoever has gone needs nothing more
}

/** Connects as soon as the kernel listens. */
export function connected(hostname: string, port: number): Promise<Deno.Conn> {
  return whenListening(async () => {
    const conn = await Deno.connect({ hostname, port });
    if (conn.localAddr.transport === "tcp" && conn.localAddr.port !== port) return conn;
    conn.close();
    throw new Deno.errors.ConnectionRefused("connected to itself");
  });
}

/** What `connect` resolves to, tried again until somebody listens. */
export async function whenListening<T>(connect: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
