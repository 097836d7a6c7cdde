import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import { SLOW } from "./draw.ts";
import type { Fault } from "./faults.ts";

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
