import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Connections that may wait to be accepted. With a short queue a burst loses its first packets and
 * is measured in retransmissions; every server that is compared asks for the same.
 */
export const backlog = 4096;

/** An http server that never hangs up on an idle client: a trial decides how long it keeps one. */
export function createPatientServer(): Server {
  const server = createServer({ noDelay: true });
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  server.timeout = 0;
  server.maxRequestsPerSocket = 0;
  return server;
}

/**
 * Listens and resolves to the port.
 * @throws {Error} a sentence that names host and port, where they cannot be had
 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once("error", (error) => {
    reject(new Error(explain(error, host, port), { cause: error }));
  });
  server.listen({ host, port, backlog }, () => resolve((server.address() as AddressInfo).port));
  return promise;
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const elsewhere = `host ${host} is not an address of this machine`;
  const known: Record<string, string> = {
    EADDRINUSE: `port ${port} on ${host} is taken: give another one, or 0 for any that is free`,
    EACCES: `port ${port} on ${host} may not be listened on by this user`,
    EADDRNOTAVAIL: elsewhere,
    EINVAL: elsewhere,
    ENOTFOUND: elsewhere,
    EAI_AGAIN: elsewhere,
  };
  return known[code ?? ""] ?? `cannot listen on ${host}, port ${port}: ${message}`;
}

/** The address that a client on this machine uses for a server listening there. */
export function urlOf(host: string, port: number): string {
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}
