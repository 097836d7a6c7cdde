import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { SLOW } from "./draw.ts";
import type { Fault } from "./faults.ts";

/** What a request is answered with; everything is known before its service begins. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
}

function answer(status: number, type: string, body: Buffer, more: Answer["headers"]): Answer {
  return {
    status,
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Length": body.length,
      // Any page may read it, as it may PokéAPI.
      "Access-Control-Allow-Origin": "*",
      ...more,
    },
    body,
  };
}

/** A document, or a page of the list. */
export function json(body: Buffer): Answer {
  return answer(200, "application/json", body, {});
}

/** What PokéAPI says where there is nothing. */
export const notFound: Answer = answer(404, "text/plain", Buffer.from("Not Found"), {});

/** For any method but GET and HEAD. */
export const notAllowed: Answer = answer(405, "text/plain", Buffer.from("Method Not Allowed"), {
  Allow: "GET, HEAD",
});

const REASONS: Readonly<Record<number, string>> = {
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** For a request that is refused, or meets a fault; `retryAfter` in whole seconds, where it may try again. */
export function failing(status: number, retryAfter?: number): Answer {
  const more: Answer["headers"] = retryAfter === undefined ? {} : { "Retry-After": retryAfter };
  return answer(status, "text/plain", Buffer.from(REASONS[status]), more);
}

/**
 * Sends an answer, with these headers too.
 * @returns the status and the bytes of the body that were sent
 */
export function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
  more: Answer["headers"],
): { readonly status: number; readonly bytes: number } {
  response.writeHead(status, { ...headers, ...more });
  if (method === "HEAD") {
    response.end();
    return { status, bytes: 0 };
  }
  response.end(body);
  return { status, bytes: body.length };
}

/**
 * Sends an answer as the fault has it, with these headers.
 *
 * @param drawn the service time, ms, which a slow body multiplies
 * @returns the status and the bytes that were sent; `null` where there was no answer
 */
export function spoil(
  fault: Exclude<Fault, "500" | "503" | "stall">,
  response: ServerResponse,
  answer: Answer,
  headers: Answer["headers"],
  drawn: number,
): { readonly status: number; readonly bytes: number } | null {
  const { status, body } = answer;
  const half = body.subarray(0, body.length >> 1);
  const all = { ...answer.headers, ...headers };
  switch (fault) {
    case "reset":
      response.socket?.resetAndDestroy();
      return null;
    case "truncated":
      response.writeHead(status, all).write(half, () => response.socket?.destroy());
      return { status, bytes: half.length };
    case "malformed":
      response.writeHead(status, { ...all, "Content-Length": half.length }).end(half);
      return { status, bytes: half.length };
    case "slow-body": {
      response.writeHead(status, all).write(half);
      const timer = setTimeout(() => response.end(body.subarray(half.length)), SLOW * drawn);
      response.once("close", () => clearTimeout(timer));
      return { status, bytes: body.length };
    }
  }
}
