import { names } from "./pokedex.ts";
import { learnMethods, type Link, versionGroups } from "./resources.ts";

/**
 * Writes the `moves` of a Pokémon as JSON text. A full document repeats a few thousand fragments a
 * thousand times, so each is made once: an origin of full documents starts in a fraction of the
 * time that stringifying them takes.
 */
export class MovesWriter {
  readonly #link: Link;
  readonly #groups: readonly (readonly [bit: number, id: number])[];
  /** By the row without its move: what is learned alike reads alike. */
  readonly #ways = new Map<string, string>();
  readonly #details = new Map<number, string>();
  readonly #moves = new Map<number, string>();

  constructor(link: Link) {
    this.#link = link;
    this.#groups = Object.keys(versionGroups).map((id) => [2 ** Number(id), Number(id)]);
  }

  /** @param moves rows of [move, then method, level and version groups as bits, repeated] */
  write(moves: readonly (readonly number[])[]): string {
    return `[${moves.map((row) => this.#row(row)).join()}]`;
  }

  #row(row: readonly number[]): string {
    const key = row.slice(1).join();
    let ways = this.#ways.get(key);
    if (ways === undefined) {
      ways = this.#write(row);
      this.#ways.set(key, ways);
    }
    return `{"move":${this.#move(row[0])},"version_group_details":[${ways}]}`;
  }

  #write(row: readonly number[]): string {
    const details: string[] = [];
    for (const [bit, group] of this.#groups) {
      for (let i = 1; i < row.length; i += 3) {
        if ((row[i + 2] & bit) !== 0) details.push(this.#detail(row[i], row[i + 1], group));
      }
    }
    // Joined, not concatenated: one flat string that later copies need not walk.
    return details.join();
  }

  #move(id: number): string {
    let text = this.#moves.get(id);
    if (text === undefined) {
      text = JSON.stringify(this.#link("move", id, names.move[id]));
      this.#moves.set(id, text);
    }
    return text;
  }

  #detail(method: number, level: number, group: number): string {
    const key = (method * 128 + level) * 32 + group;
    let text = this.#details.get(key);
    if (text === undefined) {
      text = JSON.stringify({
        level_learned_at: level,
        move_learn_method: this.#link("move-learn-method", method, learnMethods[method]),
        order: null,
        version_group: this.#link("version-group", group, versionGroups[group]),
      });
      this.#details.set(key, text);
    }
    return text;
  }
}
