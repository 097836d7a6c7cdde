import { type Head, readHead } from "./answer.ts";
import type { Sent } from "./report.ts";

/** What came back: its status, and the bytes of its body. */
export type LoadAnswer = Pick<Sent, "status" | "bytes">;

/**
 * One slot of a load: a connection, opened when it is needed and opened anew when it is gone. It
 * speaks just enough HTTP/1.1 to send one GET after the other; a client with more to it would be
 * measured along with the server. (Beside it, on two busy cores, 20 connections to a server of a
 * constant answer, six rounds: 20–43 thousand a second here, 6–20 with undici's Client and with
 * node:http, 2–15 with fetch, for 1.5 to 3 times the CPU an answer.)
 */
export class Connection {
  /** Connections opened. */
  sockets = 0;
  /** Since when it waits for an answer, ms; NaN while it does not. */
  since = NaN;
  #socket: Deno.TcpConn | null = null;
  #used = false;
  #buffer = new Uint8Array(4096);
  readonly #address: Deno.ConnectOptions;
  readonly #keepAlive: boolean;
  readonly #request: Uint8Array;

  constructor({ hostname, port, pathname, search }: URL, keepAlive: boolean) {
    this.#keepAlive = keepAlive;
    this.#address = { hostname: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80) };
    this.#request = new TextEncoder().encode(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port || 80}\r\nAccept: */*\r\n` +
        `Connection: ${keepAlive ? "keep-alive" : "close"}\r\n\r\n`,
    );
  }

  /** Sends one request and resolves when its body has been read to the end. */
  async ask(): Promise<LoadAnswer> {
    this.since = performance.now();
    try {
      // A server may close a connection just when it is used again: that is no failure, once.
      const answer = await this.#exchange() ?? await this.#exchange();
      if (answer === null) throw new Error("the server closed the connection without an answer");
      return answer;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.since = NaN;
    }
  }

  /** Closes the connection; whoever waits for an answer gets an error. */
  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    try {
      socket?.close();
    } catch {
      // It is closed already.
    }
  }

  /** null where a used connection turned out to be closed, or a new one brought nothing. */
  async #exchange(): Promise<LoadAnswer | null> {
    const socket = this.#socket ??= await this.#open();
    const used = this.#used;
    let filled = 0;
    let head: Head | null = null;
    try {
      await socket.write(this.#request);
    } catch (error) {
      if (!used) throw error;
      this.close();
      return null;
    }
    while (head === null || filled < head.size + head.length) {
      if (filled === this.#buffer.length) this.#grow();
      const read = await socket.read(this.#buffer.subarray(filled)).catch((error) => {
        if (used && filled === 0 && this.#socket !== null) return null;
        throw error;
      });
      if (read === null) {
        if (head !== null && head.length === Infinity) break;
        this.close();
        if (filled === 0) return null;
        throw new Error("the connection ended in the middle of an answer");
      }
      filled += read;
      head ??= readHead(this.#buffer.subarray(0, filled));
    }
    this.#used = true;
    if (!this.#keepAlive || !head.kept) this.close();
    return { status: head.status, bytes: filled - head.size };
  }

  async #open(): Promise<Deno.TcpConn> {
    const socket = await Deno.connect(this.#address);
    socket.setNoDelay();
    this.sockets++;
    this.#used = false;
    return socket;
  }

  #grow(): void {
    const larger = new Uint8Array(this.#buffer.length * 2);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}
