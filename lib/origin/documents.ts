import { Buffer } from "node:buffer";
import { outline } from "./document.ts";
import { movesWriter } from "./moves.ts";
import { entries } from "./pokedex.ts";
import { type Link, linksUnder } from "./resources.ts";
import { spritesText } from "./sprites.ts";

const ids = new Map(entries.flatMap(({ id, name }) => [[String(id), id], [name, id]]));

/**
 * What the API has under one address: links inside the documents lead to the host that was asked,
 * as in any installation of PokéAPI, so that a client that follows them stays here.
 */
export class Documents {
  readonly #link: Link;
  readonly #moves: ReturnType<typeof movesWriter> | undefined;
  readonly #cache: (Buffer | undefined)[] = [];

  /** @param base the address, e.g. `http://127.0.0.1:4100` */
  constructor(readonly base: string, readonly payload: "full" | "slim") {
    this.#link = linksUnder(base);
    this.#moves = payload === "full" ? movesWriter(this.#link) : undefined;
  }

  /** Makes every document that is not made yet, so that no request waits for one. */
  prepare(): void {
    for (const { id } of entries) this.#document(id);
  }

  /** The document of an id or a name, as UTF-8 JSON; undefined where there is none. */
  find(key: string): Buffer | undefined {
    const id = ids.get(key);
    return id === undefined ? undefined : this.#document(id);
  }

  /**
   * A page of the list. As PokéAPI reads them: a `limit` or `offset` that is no number or 0 is the
   * default (20, 0); the links repeat the path that was asked and give offset before limit.
   */
  page(path: string, query: URLSearchParams): Buffer {
    const offset = Math.max(0, parseInt(query.get("offset") ?? "") || 0);
    const limit = Math.max(0, parseInt(query.get("limit") ?? "") || 0) || 20;
    const count = entries.length;
    const link = (from: number, to: number) =>
      `${this.base}${path}?offset=${from}&limit=${to - from}`;
    const next = offset + limit;
    return encode(JSON.stringify({
      count,
      next: next < count ? link(next, Math.min(next + limit, count)) : null,
      previous: offset > 0 ? link(Math.max(0, offset - limit), offset) : null,
      results: entries.slice(offset, next).map(({ id, name }) => this.#link("pokemon", id, name)),
    }));
  }

  #document(id: number): Buffer {
    return this.#cache[id] ??= encode(this.#text(id));
  }

  #text(id: number): string {
    const entry = entries[id - 1];
    const text = JSON.stringify(outline(entry, this.base, this.#link));
    const [before, between, after] = text.split(/(?<="moves":)\[\]|(?<="sprites":)\{\}/);
    const moves = this.#moves?.(entry.moves) ?? "[]";
    return before + moves + between + spritesText(id, entry.recent) + after;
  }
}

const encoder = new TextEncoder();

/** Text as UTF-8; several times faster than `Buffer.from`, which counts where a first trial begins. */
function encode(text: string): Buffer {
  const { buffer, byteOffset, byteLength } = encoder.encode(text);
  return Buffer.from(buffer, byteOffset, byteLength);
}
