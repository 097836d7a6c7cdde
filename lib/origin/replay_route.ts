import { Buffer } from "node:buffer";
import { type Answer, notFound } from "./answer.ts";
import { recorded } from "./draw.ts";
import type { Replay, Replayed } from "./replay.ts";
import type { Route } from "./service.ts";

/** The answers of a recording: to each arrival the one that was drawn for it, whatever its method. */
export function replayRoute(replay: Replay): Route {
  const made = new Map<Replayed, Answer>();
  return ({ url }, { seed, k }) => {
    const drawn = recorded(replay, seed, url!, k);
    if (drawn === undefined) return notFound;
    let answer = made.get(drawn);
    if (answer === undefined) made.set(drawn, answer = answerOf(drawn, url!));
    return answer;
  };
}

/** Statuses whose answers have no body. */
const BODILESS = [204, 205, 304];

function answerOf({ status, bytes, type, document }: Replayed, path: string): Answer {
  const length = BODILESS.includes(status) ? 0 : bytes;
  const body = document === null ? filler(length, path) : Buffer.from(document);
  return {
    status: status < 200 ? 200 : status,
    headers: {
      ...(type === "" ? {} : { "Content-Type": type }),
      "Content-Length": body.length,
      "Access-Control-Allow-Origin": "*",
    },
    body,
  };
}

/**
 * A body of that many bytes where the document was not kept: JSON that names the path, and spaces.
 * Whatever its type was, the lab's clients read JSON.
 */
function filler(bytes: number, path: string): Buffer {
  const documents = [JSON.stringify({ name: path }), "{}", "0"].map((text) => Buffer.from(text));
  const body = Buffer.alloc(bytes, " ");
  documents.find(({ length }) => length <= bytes)?.copy(body);
  return body;
}
