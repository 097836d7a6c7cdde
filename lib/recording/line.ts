import { Buffer } from "node:buffer";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { buildConnector, Client, type Dispatcher } from "undici";
import { attempt } from "../ground/attempt.ts";
import type { Handshake } from "../origin/recording_file.ts";

/** A request with everything filled in, as it leaves. */
export interface Leaving {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** From sending the request to the first byte of the answer, and from there to the last, ms. */
  readonly firstByte: number;
  readonly body: number;
  /** Of the body, as it came. */
  readonly bytes: number;
  /** The body as it came; empty where it was not kept or is larger than {@link MOST}. */
  readonly content: Uint8Array;
  /** Why no answer came; "" where one did. */
  readonly error: string;
}

/** A document that is kept has at most so many bytes. */
const MOST = 2 ** 24;
/** Unpacked it has at most so many. */
const MOST_UNPACKED = 2 ** 26;

/** What hosts are asked to compress with: what most clients ask for. */
export const ENCODINGS = "gzip, br";

const DECOMPRESS: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
};

/** The text of a body, decompressed; `null` where it is none, or was too large to keep. */
export function textOf({ content, bytes: came, headers }: Reply): string | null {
  if (content.length < came) return null;
  const decompress = DECOMPRESS[headers["content-encoding"]?.trim().toLowerCase() ?? ""];
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const unpacked = { maxOutputLength: MOST_UNPACKED };
  return attempt(() => decoder.decode(decompress?.(content, unpacked) ?? content)) ?? null;
}

/** A connection to a host, as {@link openLine} makes it. */
export type Line = ReturnType<typeof openLine>;

/**
 * One connection to a host, opened by the first request and kept; one request at a time.
 *
 * @param deadline for each request, from asking to the last byte, ms
 * @param onOpen is told of each connection: there is another one where the host hangs up in between
 */
export function openLine(
  origin: string,
  certificates: string,
  deadline: number,
  onOpen: (opened: Opened) => void,
) {
  /** Ends the request under way, and the connection that it waits for. */
  let stop = AbortSignal.abort();
  /** When the request under way was sent: its connection's handshake does not count in it. */
  let sent = NaN;
  const client = new Client(origin, {
    connect: timedConnector(certificates, () => stop, (opened) => {
      onOpen(opened);
      sent = performance.now();
    }),
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 600_000,
  });
  return {
    /** Asks and reads the answer to its end; rejects where none comes whole. */
    async ask(leaving: Leaving, keep: boolean, signal: AbortSignal): Promise<Reply> {
      const late = AbortSignal.timeout(deadline);
      stop = AbortSignal.any([signal, late]);
      sent = performance.now();
      try {
        const { statusCode: status, headers, body } = await client.request({
          ...leaving,
          method: leaving.method as Dispatcher.HttpMethod,
          signal: stop,
        });
        const first = performance.now();
        const chunks: Uint8Array[] = [];
        let bytes = 0;
        for await (const chunk of body) {
          bytes += chunk.length;
          if (keep && bytes <= MOST) chunks.push(chunk);
        }
        return {
          status,
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, String(value ?? "")]),
          ),
          firstByte: first - sent,
          body: performance.now() - first,
          bytes,
          content: Buffer.concat(bytes <= MOST ? chunks : []),
          error: "",
        };
      } catch (error) {
        throw late.aborted ? new Error(`no answer within ${deadline} ms`) : error;
      }
    },
    [Symbol.asyncDispose]: () => client.destroy(),
  };
}

/** A connection that was set up. */
export interface Opened extends Handshake {
  /** e.g. "HTTP/1.1". */
  readonly protocol: string;
}

/**
 * An undici connector that times what a new connection pays: finding the address, connecting, TLS.
 * It offers HTTP/2, and says what the host chose.
 *
 * @param certificates trusted besides the machine's own, as PEM; "" where there are none
 * @param stopping gives the signal that ends an attempt
 */
function timedConnector(
  certificates: string,
  stopping: () => AbortSignal,
  onOpen: (opened: Opened) => void,
): buildConnector.connector {
  const connect = buildConnector({
    ...(certificates === "" ? {} : { ca: certificates }),
    preferH2: true,
    maxCachedSessions: 0, // each pays for TLS in full
    timeout: 0,
  }) as (...args: Parameters<buildConnector.connector>) => Socket | TLSSocket;
  return (options, callback) => {
    const began = performance.now();
    let [found, connected] = [began, NaN]; // an address needs no looking up
    const signal = stopping();
    const stop = () => socket.destroy(signal.reason);
    const socket = connect(options, (...result) => {
      signal.removeEventListener("abort", stop);
      const opened = performance.now();
      // Where nothing is encrypted, undici hears of the connection first.
      if (Number.isNaN(connected)) connected = opened;
      if (result[0] === null) {
        onOpen({
          lookup: found - began,
          connect: connected - found,
          tls: opened - connected,
          protocol: (socket as TLSSocket).alpnProtocol === "h2" ? "HTTP/2" : "HTTP/1.1",
        });
      }
      callback(...result);
    });
    socket.once("lookup", () => found = performance.now());
    socket.once("connect", () => connected = performance.now());
    signal.addEventListener("abort", stop);
  };
}
