/** The head of an HTTP/1.1 answer: what is needed to know where it ends. */
export interface Head {
  readonly status: number;
  /** Bytes of the head, its empty line included. */
  readonly size: number;
  /** Bytes of the body; Infinity where it ends with the connection. */
  readonly length: number;
  /** Whether the server keeps the connection open. */
  readonly kept: boolean;
}

const decoder = new TextDecoder("latin1");

/**
 * Reads the head at the start of what has been received; null while it is not all there.
 * @throws {Error} where it is no HTTP answer, or one in chunks on a connection that stays open
 */
export function readHead(received: Uint8Array): Head | null {
  const size = endOfHead(received);
  if (size < 0) return null;
  const text = decoder.decode(received.subarray(0, size));
  const [, version, code] = /^HTTP\/(1\.[01]) (\d{3})/.exec(text) ?? [];
  if (code === undefined) throw new Error(`no HTTP answer: ${Deno.inspect(text.slice(0, 60))}`);
  const status = Number(code);
  const connection = field(text, "connection").toLowerCase();
  const kept = version === "1.1" ? !connection.includes("close") : connection === "keep-alive";
  if (status === 204 || status === 304) return { status, size, length: 0, kept };
  const declared = field(text, "content-length");
  if (declared !== "") return { status, size, length: Number(declared), kept };
  if (kept) throw new Error("a kept connection needs answers with a Content-Length");
  return { status, size, length: Infinity, kept };
}

function field(head: string, name: string): string {
  return new RegExp(`\r\n${name}:[ \t]*([^\r\n]*)`, "i").exec(head)?.[1].trim() ?? "";
}

/** Where the empty line ends, −1 where there is none yet. */
function endOfHead(received: Uint8Array): number {
  for (let i = received.indexOf(13); i >= 0; i = received.indexOf(13, i + 1)) {
    if (received[i + 1] === 10 && received[i + 2] === 13 && received[i + 3] === 10) return i + 4;
  }
  return -1;
}
