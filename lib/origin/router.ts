import type { IncomingMessage } from "node:http";
import { attempt } from "../ground/attempt.ts";
import { type Answer, json, notAllowed, notFound } from "./answer.ts";
import { Documents } from "./documents.ts";
import type { Route } from "./service.ts";

const root = "/api/v2/pokemon";

/** Hosts, besides its own, that an origin keeps documents for; the one added first goes first. */
const otherHosts = 2;

/**
 * The answers of the API: a Pokémon by id or name, pages of the list, and 404 for the rest, with or
 * without a trailing slash, in any case and however escaped, as PokéAPI reads them. Links lead to
 * the host that a client knows it by, which may be another than that of its `own` documents.
 */
export function router(own: Documents): Route {
  const ownHost = own.base.slice("http://".length);
  const others = new Map<string, Documents>();

  function documentsFor(host: string | undefined): Documents {
    if (host === undefined || host === ownHost) return own;
    // It comes from outside and goes into documents.
    if (!/^[\w.:[\]-]{1,255}$/.test(host)) return own;
    let documents = others.get(host);
    if (documents === undefined) {
      documents = new Documents(`http://${host}`, own.payload);
      others.set(host, documents);
      if (others.size > otherHosts) others.delete(others.keys().next().value!);
    }
    return documents;
  }

  return ({ method, url, headers }: IncomingMessage): Answer => {
    if (method !== "GET" && method !== "HEAD") return notAllowed;
    const mark = url!.indexOf("?");
    const path = unescaped(mark < 0 ? url! : url!.slice(0, mark)).toLowerCase();
    if (!path.startsWith(root)) return notFound;
    const key = path.slice(root.length, path.endsWith("/") ? -1 : undefined);
    if (key === "") {
      const query = new URLSearchParams(mark < 0 ? "" : url!.slice(mark));
      return json(documentsFor(headers.host).page(path, query));
    }
    const document = key[0] === "/" ? documentsFor(headers.host).find(key.slice(1)) : undefined;
    return document === undefined ? notFound : json(document);
  };
}

/** A path without its percent signs, where they stand for characters; else as it is. */
const unescaped = (path: string): string =>
  path.includes("%") ? attempt(() => decodeURIComponent(path)) ?? path : path;
