import { Buffer } from "node:buffer";

/** What a request is answered with; everything is known before its service begins. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** A document, or a page of the list. */
export function json(body: Buffer): Answer {
  return { status: 200, type: "application/json; charset=utf-8", body };
}

/** What PokéAPI says where there is nothing. */
export const notFound: Answer = plain(404, "Not Found");

/** For any method but GET and HEAD. */
export const notAllowed: Answer = plain(405, "Method Not Allowed");

function plain(status: number, text: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body: Buffer.from(text) };
}
