import { lookup } from "node:dns";
import { connect, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { buildConnector } from "undici";
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
 * @param certificates trusted besides the machine's own, as PEM; "" where there are none
 * @param stopping gives the signal that ends an attempt
 */
export function timedConnector(
  certificates: string,
  stopping: () => AbortSignal,
  onOpen: (opened: Opened) => void,
): buildConnector.connector {
  const secure = buildConnector({
    ...(certificates === "" ? {} : { ca: certificates }),
    preferH2: true,
    maxCachedSessions: 0, // each pays for TLS in full
    timeout: 0,
  });
  return (options, callback) => {
    const began = performance.now();
    let found = began; // an address needs no looking up
    const tls = options.protocol === "https:";
    const plain = connect({
      host: options.hostname,
      port: Number(options.port) || (tls ? 443 : 80),
      noDelay: true,
      lookup: (host, how, use) =>
        lookup(host, how, (...result) => {
          found = performance.now();
          use(...result as Parameters<typeof use>);
        }),
    });
    const signal = stopping();
    const stop = () => plain.destroy(signal.reason);
    signal.addEventListener("abort", stop);
    const fail = (error: Error) => {
      signal.removeEventListener("abort", stop);
      callback(error, null);
    };
    plain.once("error", fail);
    plain.once("connect", () => {
      const connected = performance.now();
      const opened = (socket: Socket | TLSSocket) => {
        signal.removeEventListener("abort", stop);
        const { alpnProtocol } = socket as TLSSocket;
        onOpen({
          lookup: found - began,
          connect: connected - found,
          tls: tls ? performance.now() - connected : 0,
          protocol: alpnProtocol === "h2" ? "HTTP/2" : "HTTP/1.1",
        });
        callback(null, socket);
      };
      plain.off("error", fail);
      if (!tls) return opened(plain);
      secure(
        { ...options, httpSocket: plain },
        (error, socket) => error ? fail(error) : opened(socket!),
      );
    });
  };
}
