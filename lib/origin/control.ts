import type { IncomingMessage, ServerResponse } from "node:http";
import { attempt } from "../ground/attempt.ts";
import { check, SEED } from "../ground/options.ts";
import type { OriginConfig } from "./origin.ts";
import type { Service } from "./service.ts";

/** What control answers: a status and a document; errors are `{"error": "a sentence"}`. */
interface Reply {
  readonly status: number;
  readonly document: unknown;
  readonly allow?: string;
}

/** How often a trial that cannot begin or end looks again; where it cannot begin, after how many ms. */
const TURNS = 200, TURN = 5;
/** How many turns without a new connection say that none stands in line any more. */
const QUIET = 3;

/**
 * Handles the control port: `POST /begin {"seed": n}`, `POST /end`, `GET /config`, `GET /now`. It
 * has a port of its own, so that it never counts as load and never waits behind it. Before a trial
 * begins, the server has to be ready, and its connections closed (`renew`).
 */
export function control(service: Service, config: OriginConfig, renew: () => Promise<void>) {
  let open = false;

  async function begin(request: IncomingMessage): Promise<Reply> {
    const seed = await readSeed(request);
    // Clients that have hung up may not have been noticed yet, on a busy machine not for a while.
    for (let turn = 0; turn < TURNS && service.inFlight > 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve, TURN));
    }
    if (service.inFlight > 0) {
      const requests = service.inFlight === 1 ? "1 request is" : `${service.inFlight} requests are`;
      return refuse(409, `a trial cannot begin while ${requests} in flight`);
    }
    await renew();
    service.begin(seed);
    open = true;
    return { status: 200, document: { seed } };
  }

  async function end(): Promise<Reply> {
    if (!open) return refuse(409, "no trial has begun: POST /begin comes first");
    open = false;
    // A client has its connection before it is accepted here, and may not have needed it in the end.
    for (let turn = 0, quiet = 0; turn < TURNS && quiet < QUIET; turn++) {
      const before = service.accepted;
      await new Promise((resolve) => setTimeout(resolve, 1));
      quiet = service.accepted === before ? quiet + 1 : 0;
    }
    return { status: 200, document: service.end() };
  }

  async function reply(request: IncomingMessage): Promise<Reply> {
    const path = request.url!.split("?")[0];
    const expected = { "/begin": "POST", "/end": "POST", "/config": "GET", "/now": "GET" }[path];
    if (expected === undefined) {
      return refuse(404, `control has /begin, /end, /config and /now, and no ${path.slice(0, 80)}`);
    }
    if (request.method !== expected) {
      const sentence = `${path} is asked for by ${expected}, not by ${request.method}`;
      return { ...refuse(405, sentence), allow: expected };
    }
    if (path === "/begin") return await begin(request);
    if (path === "/end") return await end();
    if (path === "/now") return { status: 200, document: { inFlight: service.inFlight } };
    return { status: 200, document: config };
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let answer: Reply;
    try {
      answer = await reply(request);
    } catch (error) {
      answer = refuse(400, error instanceof Error ? error.message : String(error));
    }
    request.resume();
    // JSON has no Infinity: an unbounded capacity is null.
    const body = JSON.stringify(answer.document);
    response.writeHead(answer.status, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Length": new TextEncoder().encode(body).length,
      ...(answer.allow === undefined ? {} : { Allow: answer.allow }),
    });
    response.end(body);
  };
}

function refuse(status: number, error: string): Reply {
  return { status, document: { error } };
}

async function readSeed(request: IncomingMessage): Promise<number> {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 1000) throw new RangeError('begin takes {"seed": n} and no more');
  }
  // What is not JSON has no seed either.
  const seed: unknown = attempt(() => Object(JSON.parse(text)).seed);
  if (seed === undefined) throw new TypeError('begin takes a JSON object, {"seed": n}');
  return check("begin", "seed", seed, SEED);
}
