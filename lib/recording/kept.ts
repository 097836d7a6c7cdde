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
import { textOf } from "./line.ts";
import type { Plan } from "./options.ts";

/** What is written while it goes on is at most so old, ms. */
const FRESH = 2_000;
/** Characters of documents that a recording holds, which may take twice as many as JSON. */
const MOST = 2 ** 25;
const UNKEPT =
  "Of some requests the sizes alone are kept: their documents are not text, larger than " +
  "16 MB (64 MB unpacked), or together more than a recording holds.";
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
  #written = performance.now();

  /** @param before what there is of it already */
  constructor(plan: Plan, before: RecordingFile | null, notes: Set<string>, now: number) {
    this.#plan = plan;
    this.#notes = notes;
    for (const note of before?.notes ?? []) {
      // These are said anew, where they hold.
      if (![UNKEPT, HTTP2].includes(note) && !note.startsWith("Not complete")) notes.add(note);
    }
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
    const text = documents && answeredWell(outcome) ? textOf(outcome) : null;
    const held = [...this.#requests.values()].map(({ document }) => document?.length ?? 0);
    const characters = held.reduce((sum, length) => sum + length, 0) - (had?.length ?? 0);
    return text === null || characters + text.length > MOST ? had : asks.secrets.maskKnown(text);
  }

  write(complete: boolean): void {
    const { asks, file, documents } = this.#plan;
    const none = { type: "", redirects: 0, document: null, answers: [] };
    const requests = asks.list.map(({ path, method }) =>
      this.#requests.get(path) ?? { path, method, ...none }
    );
    const unkept = documents &&
      requests.some(({ document, answers }) => document === null && answers.some(answeredWell));
    writeRecording(file, {
      format: FORMAT,
      version: VERSION,
      host: asks.list[0].url.origin,
      recorded: this.begun,
      protocol: this.#protocol,
      complete,
      notes: [
        ...this.#notes,
        ...unkept ? [UNKEPT] : [],
        ...this.#protocol === "HTTP/2" ? [HTTP2] : [],
      ],
      handshakes: this.#handshakes,
      requests,
    });
    this.#written = performance.now();
  }
}

const answeredWell = ({ status }: { status: number }): boolean => status >= 200 && status < 300;
