import { AsyncLocalStorage } from "node:async_hooks";
import type { Call, State } from "./call.ts";

/** A clock that stays right where the code that is watched puts another in its place, ms. */
export const now = performance.now.bind(performance);

/** A call while it goes on. */
export class Entry {
  readonly began = now();
  status = 0;
  bytes = NaN;
  state: State = "open";
  /** Its connection, known by the object that it is. */
  socket: object | null = null;
  /** Whether whoever asked has given it up, which may be known before it is over. */
  givenUp = () => false;
  #blocked = NaN;
  #handshake = NaN;
  #answered = NaN;
  #ended = NaN;

  /** @param by who watches it, the innermost */
  constructor(readonly name: string, readonly by: Recorder) {}

  /** It goes out by a connection; `handshake` is what that took to open, ms, 0 for one that was open. */
  sent(socket: object | null | undefined, handshake: number): void {
    if (!Number.isNaN(this.#blocked)) return;
    const waited = now() - this.began;
    this.socket = socket ?? null;
    this.#handshake = Math.min(handshake, waited);
    this.#blocked = waited - this.#handshake;
  }

  /** The head of its answer is here. */
  answered(status: number): void {
    this.status = status;
    this.#answered = now();
  }

  /** So many bytes more of its body. */
  received(bytes: number): void {
    this.bytes = (this.bytes || 0) + bytes;
  }

  /** It is over; what is said later counts no more. */
  end(state: Exclude<State, "open">): void {
    if (this.state !== "open") return;
    this.state = state;
    this.#ended = now();
  }

  /** It as it is now, by a clock that stood at 0 when it showed `zero`. */
  seen(zero: number, connections: Map<object, number>): Call {
    const { name, began, status, bytes, state, socket } = this;
    if (socket !== null && !connections.has(socket)) connections.set(socket, connections.size);
    return {
      name,
      start: began - zero,
      latency: this.#ended - began,
      answered: this.#answered - began,
      blocked: this.#blocked,
      handshake: this.#handshake,
      status,
      bytes,
      state,
      connection: socket === null ? NaN : connections.get(socket)!,
    };
  }
}

/** Who is watching where the code runs that is running: the innermost of nested watches. */
const watching = new AsyncLocalStorage<Recorder | undefined>();
/** The call of `fetch` that the code running works for, where something that we see makes it. */
const within = new AsyncLocalStorage<Entry | null>();

/** Keeps the calls of one function, of what it calls, and of nothing else that goes on meanwhile. */
export class Recorder {
  readonly began = now();
  readonly #entries: Entry[] = [];
  readonly #outer = watching.getStore();
  #over = false;

  /** Runs the code so that its calls are known as its own. */
  run<T>(code: () => T): T {
    return watching.run(this, () => within.run(null, code));
  }

  /** What was seen; nothing that comes later changes it, or is added. */
  finish(): { readonly calls: readonly Call[]; readonly took: number } {
    this.#over = true;
    const connections = new Map<object, number>();
    for (const entry of this.#entries) if (entry.givenUp()) entry.end("aborted");
    const calls = this.#entries.map((entry) => entry.seen(this.began, connections));
    return { calls, took: now() - this.began };
  }

  /** A new call of the code that is running: null where nobody watches it. */
  static begin(name: () => string): Entry | null {
    const innermost = watching.getStore();
    let entry: Entry | null = null;
    for (let each = innermost; each !== undefined; each = each.#outer) {
      if (!each.#over) each.#entries.push(entry ??= new Entry(name(), innermost!));
    }
    return entry;
  }

  /** The call of `fetch` that the code running works for, if it does. */
  static get fetching(): Entry | null {
    return within.getStore() ?? null;
  }

  /**
   * Makes what runs from here on, in this callback, the work of whoever made a request; of nobody
   * where that is not watched.
   *
   * @param fetching the call of `fetch` that the request is part of
   */
  static answering(entry: Entry | undefined, fetching: Entry | null): void {
    watching.enterWith(entry?.by);
    within.enterWith(fetching);
  }

  /** Runs what `fetch` does for a call. */
  static fetch<T>(entry: Entry, work: () => T): T {
    return within.run(entry, work);
  }
}

/** Whether an error says that whoever asked gave up. */
export function gaveUp(error: unknown): boolean {
  const { name, code } = Object(error) as { name?: unknown; code?: unknown };
  return name === "AbortError" || name === "TimeoutError" || code === "UND_ERR_ABORTED";
}
