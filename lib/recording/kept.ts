import { FORMAT, type RecordingFile, VERSION, writeRecording } from "../origin/recording_file.ts";
import type { Outcome } from "./asking.ts";
import type { Ask } from "./asks.ts";
import { type Opened, textOf } from "./line.ts";
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

/**
 * What has been recorded so far, and its file.
 *
 * @param before what there is of it already
 * @param notes what is to be known of it, a sentence each
 */
export function keep(plan: Plan, before: RecordingFile | null, notes: Set<string>, now: number) {
  const { asks: { list, secrets }, documents, file } = plan;
  for (const note of before?.notes ?? []) {
    // These are said anew, where they hold.
    if (![UNKEPT, HTTP2].includes(note) && !note.startsWith("Not complete")) notes.add(note);
  }
  /** When it was begun, ISO 8601. */
  const begun = before?.recorded ?? new Date(now).toISOString();
  const handshakes = [...before?.handshakes ?? []];
  const requests = new Map(
    (before?.requests ?? []).map((request) => {
      const answers = request.answers.filter(({ status }) => status > 0);
      return [request.path, { ...request, answers }];
    }),
  );
  let protocol = "HTTP/1.1";
  let written = performance.now();
  return { begun, answers, has, opened, add, write };

  /** How many answers there are. */
  function answers(): number {
    return [...requests.values()].reduce((sum, { answers }) => sum + answers.length, 0);
  }

  function has({ path }: Ask, pass: number): boolean {
    return requests.get(path)?.answers.some((answer) => answer.pass === pass) ?? false;
  }

  function opened({ protocol: spoken, ...handshake }: Opened): void {
    protocol = spoken;
    handshakes.push(handshake);
  }

  /** Adds what was answered on the connection that was opened last. */
  function add({ path, method }: Ask, pass: number, at: number, outcome: Outcome): void {
    const { status, bytes, firstByte, body, error, headers, redirects } = outcome;
    const had = requests.get(path);
    const place = { pass, at, connection: handshakes.length };
    const type = (headers["content-type"] ?? "").slice(0, 200);
    requests.set(path, {
      path,
      method,
      type: status > 0 ? type : had?.type ?? "",
      redirects,
      document: documentOf(outcome, had?.document ?? null),
      answers: [...had?.answers ?? [], { ...place, status, bytes, firstByte, body, error }],
    });
    if (performance.now() - written > FRESH) write(false);
  }

  /** The document to keep of a request that had this one. */
  function documentOf(outcome: Outcome, had: string | null): string | null {
    const text = documents && answeredWell(outcome) ? textOf(outcome) : null;
    const held = [...requests.values()].map(({ document }) => document?.length ?? 0);
    const characters = held.reduce((sum, length) => sum + length, 0) - (had?.length ?? 0);
    return text === null || characters + text.length > MOST ? had : secrets.maskKnown(text);
  }

  function write(complete: boolean): void {
    const none = { type: "", redirects: 0, document: null, answers: [] };
    const all = list.map(({ path, method }) => requests.get(path) ?? { path, method, ...none });
    const unkept = documents &&
      all.some(({ document, answers }) => document === null && answers.some(answeredWell));
    writeRecording(file, {
      format: FORMAT,
      version: VERSION,
      host: list[0].url.origin,
      recorded: begun,
      protocol,
      complete,
      notes: [...notes, ...unkept ? [UNKEPT] : [], ...protocol === "HTTP/2" ? [HTTP2] : []],
      handshakes,
      requests: all,
    });
    written = performance.now();
  }
}

const answeredWell = ({ status }: { status: number }): boolean => status >= 200 && status < 300;
