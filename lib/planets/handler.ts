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
  { handler, upstream }: PlanetSettings,
): (request: Request) => Response | Promise<Response> {
  const answer = ({ method, url }: Request): Response => {
    const question = readQuestion(method, url);
    if ("error" in question) {
      return Response.json({ error: question.error }, { status: question.status });
    }
    return Response.json(position(question.planet, question.place, new Date()));
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
