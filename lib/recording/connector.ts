import { lookup } from "node:dns/promises";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { buildConnector } from "undici";
import type { Handshake } from "../origin/recording_file.ts";

/** A connection that was set up. */
export interface Opened extends Handshake {
  /** e.g. "HTTP/1.1". */
  readonly protocol: string;
}

/**
 * An undici connector that times what a new connection pays: finding the address, connecting, TLS.
 * It offers HTTP/2, and says what the host chose.
 *
 * @param patience gives the signal that ends an attempt
 * @param certificates trusted besides the machine's own, as PEM; "" where there are none
 */
export function timedConnector(
  certificates: string,
  patience: () => AbortSignal,
  onOpen: (opened: Opened) => void,
): buildConnector.connector {
  return (options, callback) => {
    open(options, certificates, patience()).then(
      ({ socket, ...opened }) => {
        onOpen(opened);
        callback(null, socket as TLSSocket);
      },
      (error) => callback(error, null),
    );
  };
}

async function open(options: buildConnector.Options, pem: string, signal: AbortSignal) {
  const { hostname, port, protocol, servername } = options;
  const began = performance.now();
  const host = hostname.replace(/^\[|\]$/g, "");
  const addresses = await lookup(host, { all: true });
  const found = performance.now();
  const { socket: plain, took } = await firstOf(
    addresses.map(({ address }) => address),
    Number(port) || (protocol === "https:" ? 443 : 80),
    signal,
  );
  const times = { lookup: found - began, connect: took };
  if (protocol !== "https:") return { socket: plain, ...times, tls: 0, protocol: "HTTP/1.1" };
  const connected = performance.now();
  const socket = connectTls({
    socket: plain,
    // An address is no server name.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: servername ?? host }),
    ...(pem === "" ? {} : { ca: pem }),
    ALPNProtocols: ["h2", "http/1.1"],
  });
  await once(socket, "secureConnect", signal);
  const tls = performance.now() - connected;
  return { socket, ...times, tls, protocol: socket.alpnProtocol === "h2" ? "HTTP/2" : "HTTP/1.1" };
}

/** A connection to the first of the addresses that takes one, and how long that one took, ms. */
async function firstOf(addresses: readonly string[], port: number, signal: AbortSignal) {
  let refusal: unknown = new Error("the host has no address");
  for (const host of addresses) {
    signal.throwIfAborted();
    const began = performance.now();
    const socket = connect({ host, port, noDelay: true });
    try {
      await once(socket, "connect", signal);
      return { socket, took: performance.now() - began };
    } catch (error) {
      socket.destroy();
      refusal = error;
    }
  }
  throw refusal;
}

/** Resolves at the event, or rejects with the error that comes instead, or the signal does. */
function once(socket: Socket, event: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once("error", reject);
  socket.once("close", () => reject(new Error("the host hung up")));
  const stop = () => socket.destroy(signal.reason);
  signal.addEventListener("abort", stop);
  promise.catch(() => {}).finally(() => signal.removeEventListener("abort", stop));
  socket.once(event, () => {
    socket.off("error", reject);
    resolve();
  });
  return promise;
}
