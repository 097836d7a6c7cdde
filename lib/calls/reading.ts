import { count } from "../ground/words.ts";
import { type Call, callName } from "./call.ts";

/** A call as a file has it: what the file does not say is left out. Its start may be by any clock. */
export interface ReadCall extends Partial<Omit<Call, "name">> {
  readonly method?: string;
  readonly url?: string;
  readonly latency: number;
}

/** Longer than this, in ms, is no latency: 30 days. */
const LONGEST = 30 * 86_400_000;
/** As many calls as are read. */
const MOST = 1_000_000;

/** Calls that are being read, and what is to be said of them. */
export class Reading {
  readonly calls: Call[] = [];
  readonly #notes: string[] = [];
  #left = 0;
  #why = "";

  /** @param what it is read out of, in words: "network.har", "the rows" */
  constructor(readonly what: string) {}

  /** Takes a call in, or leaves it out where its times are no times; `where`: "line 12". */
  add(where: string, call: ReadCall): void {
    const { latency, start = NaN } = call;
    if (Number.isNaN(latency)) return this.leave(where, "has no duration");
    if (latency < 0) return this.leave(where, `has a duration below 0 (${latency} ms)`);
    if (latency > LONGEST) return this.leave(where, "has a duration of more than 30 days");
    if ("start" in call && !Number.isFinite(start)) return this.leave(where, "has no start");
    if (this.calls.length >= MOST) {
      throw new RangeError(
        `whatIf: ${this.what} holds more than a million calls: take a part of it`,
      );
    }
    const part = (ms = NaN) => ms >= 0 ? Math.min(ms, latency) : NaN;
    this.calls.push({
      name: call.url === undefined ? where : callName(call.method ?? "GET", call.url),
      start,
      latency,
      answered: part(call.answered),
      blocked: part(call.blocked),
      handshake: part(call.handshake),
      status: call.status ?? NaN,
      bytes: call.bytes ?? NaN,
      state: call.state ?? "done",
      connection: call.connection ?? NaN,
    });
  }

  /** Leaves something out, and counts it. */
  leave(where: string, why: string): void {
    if (this.#left++ === 0) this.#why = `${where} ${why}`;
  }

  /** Adds a sentence to what is said. */
  say(note: string): void {
    this.#notes.push(note);
  }

  /** Whole sentences on how it was read. */
  get notes(): readonly string[] {
    if (this.#left === 0) return this.#notes;
    const of = count(this.#left + this.calls.length, "row");
    return [...this.#notes, `Left out: ${this.#left} of ${of}; ${this.#why}.`];
  }

  /** Why nothing could be read. */
  get why(): string {
    return this.#left === 0 ? "it is empty" : this.#why;
  }
}
