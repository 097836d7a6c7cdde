import type { Document } from "../trial/strategy.ts";

/**
 * What the library's strategies keep of a document: its `name`, and of one without (the answer to
 * a HEAD, an API of your own) the path it was asked by. The document itself is let go, so that a
 * hundred thousand of them are never held at once.
 */
export function nameOf(document: Document, path: string): unknown {
  return document?.name ?? path;
}
