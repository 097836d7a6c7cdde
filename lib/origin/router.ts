import type { IncomingMessage } from "node:http";
import { type Answer, json, notAllowed, notFound } from "./answer.ts";
import type { Documents } from "./documents.ts";

const root = "/api/v2/pokemon";

/** The answers of the API: a Pokémon by id or name, pages of the list, and 404 for the rest. */
export function router(documents: Documents): (request: IncomingMessage) => Answer {
  return ({ method, url, headers }) => {
    if (method !== "GET" && method !== "HEAD") return notAllowed;
    if (!url!.startsWith(root)) return notFound;
    const host = headers.host;
    const query = url!.indexOf("?");
    const path = query < 0 ? url! : url!.slice(0, query);
    const key = path.endsWith("/") ? path.slice(root.length, -1) : path.slice(root.length);
    if (key === "") {
      return json(documents.page(host, new URLSearchParams(query < 0 ? "" : url!.slice(query))));
    }
    const document = key[0] === "/" ? documents.find(host, key.slice(1)) : undefined;
    return document === undefined ? notFound : json(document);
  };
}
