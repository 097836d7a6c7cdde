import type { Socket } from "node:net";
import type * as undici from "undici";
import connect from "undici/lib/core/connect.js";
import client from "undici/lib/dispatcher/client.js";
import type { Exchange } from "./exchange.ts";

// All of undici takes twice as long to load, and each process and thread of the lab loads it anew.
const Client: typeof undici.Client = client;
const buildConnector: typeof undici.buildConnector = connect;
type Client = undici.Client;

// TCP's keep-alive probes come after a minute, and no connection idles for so long within a trial:
// to ask for them would be calls to the system that each new connection pays for nothing.
const connector = buildConnector({ allowH2: false, timeout: 0, keepAlive: false });

/**
 * Gives each exchange a connection (an undici client): an idle one if they are kept and there is
 * one, else a new one while there may be more, else it waits its turn.
 *
 * undici's own Pool does not serve: a connection counts there as busy for a moment after its
 * answer, so that a loop that awaits on a pool without a limit holds two sockets where one is idle.
 */
export class Connections {
  /** Connections opened so far. */
  sockets = 0;
  readonly #origin: URL;
  readonly #limit: number;
  readonly #kept: boolean;
  readonly #idle: Client[] = [];
  readonly #busy = new Set<Client>();
  readonly #waiting: Exchange[] = [];
  readonly #open = new Set<Socket>();

  /** @param limit how many at once; Infinity: as many as it takes */
  constructor(origin: string, limit: number, kept: boolean) {
    this.#origin = new URL(origin);
    this.#limit = limit;
    this.#kept = kept;
  }

  /** Sends it as soon as there is a connection for it. */
  send(exchange: Exchange): void {
    const connection = this.#idle.pop() ?? (this.#busy.size < this.#limit ? this.#new() : null);
    if (connection === null) {
      this.#waiting.push(exchange);
      return;
    }
    this.#busy.add(connection);
    exchange.connection = connection;
    const { path, method } = exchange;
    // A HEAD closes undici's connection unless told not to.
    connection.dispatch({ path, method, reset: !this.#kept }, exchange);
  }

  /** Takes back the connection of an exchange that has ended, and gives it to the next one. */
  release({ connection, error }: Exchange): void {
    if (connection === null) return; // it never had one
    this.#busy.delete(connection as Client);
    const sound = error === null || error.kind === "status";
    if (this.#kept && sound) this.#idle.push(connection as Client);
    // On a new connection undici closes the socket itself once the answer is here.
    else if (!sound) connection.destroy().catch(() => {});
    let next = this.#waiting.shift();
    while (next?.ended) next = this.#waiting.shift();
    if (next) this.send(next);
  }

  /** Resolves when every socket is closed. */
  async close(): Promise<void> {
    const clients = [...this.#idle, ...this.#busy];
    const closed = [...this.#open].map((socket) =>
      new Promise<void>((resolve) => socket.once("close", () => resolve()).destroy())
    );
    await Promise.all([...closed, ...clients.map((client) => client.destroy())]);
  }

  #new(): Client {
    return new Client(this.#origin, {
      connect: this.#connect,
      pipelining: 1,
      // The lab's own deadline is exact to the ms; undici looks at these once a second.
      headersTimeout: 0,
      bodyTimeout: 0,
      // No connection goes for idling within a trial.
      keepAliveTimeout: 600_000,
    });
  }

  readonly #connect: undici.buildConnector.connector = (options, callback) => {
    // It does return the socket, which its type leaves out: one that is still connecting is to be
    // closed with the others.
    const socket = connector(options, (...result) => {
      if (result[0] === null) this.sockets++;
      callback(...result);
    }) as unknown as Socket;
    this.#open.add(socket);
    socket.once("close", () => this.#open.delete(socket));
  };
}
