import { Buffer } from "node:buffer";
import pokedex from "../../data/pokemon.json" with { type: "json" };

/** Stand-in until the documents have all of their fields. */
export class Documents {
  readonly #byKey = new Map<string, Buffer>();

  constructor(_payload: "full" | "slim") {
    for (const p of pokedex.pokemon) {
      const buffer = Buffer.from(JSON.stringify(p));
      this.#byKey.set(String(p.id), buffer);
      this.#byKey.set(p.name, buffer);
    }
  }

  find(_host: string | undefined, key: string): Buffer | undefined {
    return this.#byKey.get(key);
  }

  page(_host: string | undefined, _query: URLSearchParams): Buffer {
    return Buffer.from("{}");
  }
}
