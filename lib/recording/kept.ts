import {
  FORMAT,
  type Handshake,
  type RecordedRequest,
  type RecordingFile,
  VERSION,
  writeRecording,
} from "../origin/recording_file.ts";
import type { Outcome } from "./asking.ts";
import type { Ask } from "./asks.ts";
import type { Opened } from "./connector.ts";
import { textOf } from "./content.ts";
import type { Plan } from "./options.ts";

/** What is written while it goes on is at most so old, ms. */
const FRESH = 2_000;
/** Characters of documents that a recording holds, which may take twice as many as JSON. */
const MOST = 2 ** 25;
const TOO_MUCH = "More documents came than a recording holds: of some the sizes alone are kept.";
const HTTP2 =
  "The host speaks HTTP/2, which carries many requests at once on one connection: there " +
  '"kept" means one socket for all of them, and "new" is rarely what a client does. The replay ' +
  "speaks HTTP/1.1, one request at a time on a connection.";

/** What has been recorded so far, and its file. */
export class Kept {
  /** When it was begun, ISO 8601. */
  readonly begun: string;
  readonly #plan: Plan;
  /** What is to be known of it, a sentence each. */
  readonly #notes: Set<string>;
  readonly #requests = new Map<string, RecordedRequest>();
  readonly #handshakes: Handshake[];
  #protocol = "HTTP/1.1";
  #characters = 0;
  #written = performance.now();

  /** @param before what there is of it already */
  constructor(plan: Plan, before: RecordingFile | null, notes: Set<string>, now: number) {
    this.#plan = plan;
    this.#notes = notes;
    this.begun = before?.recorded ?? new Date(now).toISOString();
    this.#handshakes = [...before?.handshakes ?? []];
    for (const request of before?.requests ?? []) {
      const answers = request.answers.filter(({ status }) => status > 0);
      this.#requests.set(request.path, { ...request, answers });
    }
  }

  /** Answers that there are. */
  get answers(): number {
    return [...this.#requests.values()].reduce((sum, { answers }) => sum + answers.length, 0);
  }

  has({ path }: Ask, pass: number): boolean {
    return this.#requests.get(path)?.answers.some((answer) => answer.pass === pass) ?? false;
  }

  opened({ protocol, ...handshake }: Opened): void {
    this.#protocol = protocol;
    this.#handshakes.push(handshake);
  }

  /** Adds what was answered on the connection that was opened last. */
  add({ path, method }: Ask, pass: number, at: number, outcome: Outcome): void {
    const { status, bytes, firstByte, body, error, headers, redirects } = outcome;
    const had = this.#requests.get(path);
    const place = { pass, at, connection: this.#handshakes.length };
    const type = (headers["content-type"] ?? "").slice(0, 200);
    this.#requests.set(path, {
      path,
      method,
      type: status > 0 ? type : had?.type ?? "",
      redirects,
      document: this.#document(outcome, had?.document ?? null),
      answers: [...had?.answers ?? [], { ...place, status, bytes, firstByte, body, error }],
    });
    if (performance.now() - this.#written > FRESH) this.write(false);
  }

  /** The document to keep of a request that had this one. */
  #document(outcome: Outcome, had: string | null): string | null {
    const { documents, asks } = this.#plan;
    const good = documents && outcome.status >= 200 && outcome.status < 300;
    const text = good ? textOf(outcome) : null;
    if (text === null) return had;
    const more = text.length - (had?.length ?? 0);
    if (this.#characters + more > MOST) {
      this.#notes.add(TOO_MUCH);
      return had;
    }
    this.#characters += more;
    return asks.secrets.maskKnown(text);
  }

  write(complete: boolean): void {
    const { asks, file } = this.#plan;
    const none = { type: "", redirects: 0, document: null, answers: [] };
    writeRecording(file, {
      format: FORMAT,
      version: VERSION,
      host: asks.list[0].url.origin,
      recorded: this.begun,
      protocol: this.#protocol,
      complete,
      notes: [...this.#notes, ...this.#protocol === "HTTP/2" ? [HTTP2] : []],
      handshakes: this.#handshakes,
      requests: asks.list.map(({ path, method }) =>
        this.#requests.get(path) ?? { path, method, ...none }
      ),
    });
    this.#written = performance.now();
  }
}
