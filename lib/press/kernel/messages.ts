/** Jupyter's messages on the wire: `<IDS|MSG>`, a signature, then four JSON parts. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { JsonObject } from "../notebook/notebook.ts";

type Header = Record<"msg_id" | "msg_type" | "session" | "username" | "date" | "version", string>;

export interface Message {
  header: Header;
  /** The header of the request this answers; `{}` when it answers none. */
  parent_header: Partial<Header>;
  metadata: JsonObject;
  content: JsonObject;
}

const DELIMITER = "<IDS|MSG>";
const encoder = new TextEncoder(), decoder = new TextDecoder();

/** A message of this type that answers nothing. */
export function message(type: string, session: string, content: JsonObject): Message {
  const header = {
    msg_id: crypto.randomUUID(),
    msg_type: type,
    session,
    username: "lab",
    date: new Date().toISOString(),
    version: "5.3",
  };
  return { header, parent_header: {}, metadata: {}, content };
}

/** Hex HMAC-SHA256 over the parts in order. */
export function sign(key: string, parts: readonly Uint8Array[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** The frames of a message, signed with `key`. */
export function encodeMessage(message: Message, key: string): Uint8Array[] {
  const { header, parent_header, metadata, content } = message;
  const parts = [header, parent_header, metadata, content].map((part) =>
    encoder.encode(JSON.stringify(part))
  );
  return [encoder.encode(DELIMITER), encoder.encode(sign(key, parts)), ...parts];
}

/**
 * The message in `frames`, whatever routing frames stand before it.
 * A TypeError when there is none, or when the signature is not `key`'s.
 */
export function decodeMessage(frames: readonly Uint8Array[], key: string): Message {
  const at = frames.findIndex((frame) =>
    frame.length === DELIMITER.length && decoder.decode(frame) === DELIMITER
  );
  const parts = frames.slice(at + 2, at + 6);
  if (at < 0 || parts.length < 4) throw new TypeError("no Jupyter message in these frames");
  const expected = encoder.encode(sign(key, parts));
  const signature = frames[at + 1];
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new TypeError("a Jupyter message whose signature does not match the key");
  }
  const [header, parent_header, metadata, content] = parts.map((part) =>
    JSON.parse(decoder.decode(part))
  );
  return { header, parent_header, metadata, content };
}
