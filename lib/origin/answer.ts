import { Buffer } from "node:buffer";

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
