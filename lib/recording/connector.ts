import type { Socket } from "node:net";
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
