import type { PlanetSettings } from "./start.ts";
import { position } from "./position.ts";
import { readQuestion } from "./question.ts";

/** Somewhere for a thread to wait that nobody will wake. */
const still = new Int32Array(new SharedArrayBuffer(4));

/**
 * The planet tracker as a function from request to response. The two kinds differ in one thing: the
 * blocking one holds its thread while it waits for the upstream, the awaiting one lets go of it.
 * Where there is nothing to wait for, neither waits.
 */
export function planetHandler(
  { handler, upstream, bytes }: PlanetSettings,
): (request: Request) => Response | Promise<Response> {
  const answer = ({ method, url }: Request): Response => {
    const question = readQuestion(method, url);
    if ("error" in question) return json({ error: question.error }, question.status, 0);
    return json(position(question.planet, question.place, new Date()), 200, bytes);
  };
  if (handler === "blocking") {
    return (request) => {
      if (upstream > 0) Atomics.wait(still, 0, 0, upstream);
      return answer(request);
    };
  }
  return async (request) => {
    if (upstream > 0) await new Promise((resolve) => setTimeout(resolve, upstream));
    return answer(request);
  };
}

function json(document: unknown, status: number, bytes: number): Response {
  const body = JSON.stringify(document).padEnd(bytes);
  return new Response(body, { status, headers: { "content-type": "application/json" } });
}
