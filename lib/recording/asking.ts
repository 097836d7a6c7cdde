import type { Secrets } from "../ground/secrets.ts";
import { count } from "../ground/words.ts";
import type { Ask } from "./asks.ts";
import { ENCODINGS, type Leaving, type Line, type Reply } from "./line.ts";
import type { Plan } from "./options.ts";
import { answered, holdOff, LONGEST, pauseBefore } from "./pace.ts";

/** Why a recording ends before its time, and keeps what it has. */
export class Enough extends Error {}

/** What came of a request in the end; its times are those of all redirects together. */
export interface Outcome extends Reply {
  readonly redirects: number;
}

/** By this a host knows who asks. */
const AGENT = "AwaitLab/1.0 (records latencies, one request at a time)";
/** So often the same is asked again after being told to wait, and so many failures in a row are enough. */
const PATIENCE = 5;
/** Redirects that are followed, within the host. */
const HOPS = 5;

/**
 * Asks a host politely: with pauses, when it says so, no more than agreed, and nobody else.
 *
 * @param notes gathers what is to be known of how it went, a sentence each
 * @returns asks until the host does not say to wait, and follows where it leads within itself; throws
 * {@link Enough} where to go on would be too much
 */
export function politely(plan: Plan, notes: Set<string>, signal: AbortSignal) {
  const { pause, most, documents, asks: { list: [{ url: { origin: host } }], secrets } } = plan;
  let [sent, failures, everAnswered] = [0, 0, false];

  return async (line: Line, ask: Ask, keep: boolean): Promise<Outcome> => {
    let leaving = departing(ask, secrets, documents);
    let [before, redirects, held] = [0, 0, 0];
    for (;;) {
      await pauseBefore(host, pause, signal);
      const reply = await once(line, leaving, keep);
      const wait = holdOff(reply, held, pause);
      if (!Number.isNaN(wait)) {
        const told = `${host} answered ${reply.status} and asked to wait`;
        if (++held > PATIENCE || wait > LONGEST) throw new Enough(told);
        notes.add(`${told} now and then, which was done.`);
        await pauseBefore(host, wait, signal);
        continue;
      }
      const outcome = { ...reply, firstByte: before + reply.firstByte, redirects };
      const target = reply.status >= 300 && reply.status < 400 ? reply.headers.location : undefined;
      const to = target === undefined ? null : URL.parse(target, host + leaving.path);
      if (to === null) return outcome;
      if (to.origin !== host || redirects === HOPS) {
        const where = to.origin === host ? "in circles" : `to ${to.host}, which was not asked`;
        notes.add(`${ask.path} leads ${where}: its redirect was recorded, not followed.`);
        return outcome;
      }
      redirects++;
      before += reply.firstByte + reply.body;
      leaving = redirected(leaving, reply.status, to);
    }
  };

  /** A request as it is; one that fails is an answer with the status 0, unless nothing ever came. */
  async function once(line: Line, leaving: Leaving, keep: boolean): Promise<Reply> {
    if (++sent > most) {
      throw new Enough(`${count(most, "request")} were sent, the most there may be`);
    }
    try {
      const reply = await line.ask(leaving, keep, signal);
      [failures, everAnswered] = [0, true];
      return reply;
    } catch (cause) {
      signal.throwIfAborted();
      const error = secrets.error(cause);
      const path = secrets.mask(leaving.path);
      const sentence = `${leaving.method} ${host}${path} failed: ${error.message}`;
      if (!everAnswered) throw new Error(`record: ${sentence}${remedy(error)}`);
      if (++failures >= PATIENCE) throw new Enough(sentence);
      const none = { status: 0, headers: {}, firstByte: 0, body: 0, bytes: 0 };
      return { ...none, content: new Uint8Array(), error: error.message };
    } finally {
      answered(host);
    }
  }
}

/** As browsers do it: what was posted is not posted again, unless the status says so. */
function redirected(leaving: Leaving, status: number, to: URL): Leaving {
  const { method } = leaving;
  const again = method === "HEAD" || status > 303 || status < 303 && method !== "POST";
  const path = to.pathname + to.search;
  return again ? { ...leaving, path } : { ...leaving, path, method: "GET", body: null };
}

/** What may be done about an error, where that is known. */
function remedy(error: Error): string {
  const { code = "" } = error as { code?: string };
  const untrusted = /CERT|SELF_SIGNED|ISSUER/.test(code) || /certificate/i.test(error.message);
  return untrusted ? '. Trust its certificate with certificates: "its.pem"' : "";
}

/**
 * A request as it leaves: only now are the variables that it names looked up.
 *
 * @param documents whether bodies are kept, which then come as they are
 * @throws {Error} naming a variable that is not set
 */
export function departing(ask: Ask, secrets: Secrets, documents: boolean): Leaving {
  const headers: Record<string, string> = {
    "accept-encoding": documents ? "identity" : ENCODINGS,
  };
  for (const [name, value] of ask.headers) {
    const filled = secrets.fill(value, `record: header ${name}`);
    headers[name] = filled.replace(/^Basic (.*:.*)$/i, (_, login) => {
      const base64 = new TextEncoder().encode(login).toBase64();
      secrets.add(base64);
      return `Basic ${base64}`;
    });
  }
  const own = headers["user-agent"];
  headers["user-agent"] = own === undefined ? AGENT : `${own} ${AGENT}`;
  return {
    path: secrets.fill(ask.url.pathname + ask.url.search, "record: url", encodeURIComponent),
    method: ask.method,
    headers,
    body: ask.body === null ? null : secrets.fill(ask.body, "record: body"),
  };
}
