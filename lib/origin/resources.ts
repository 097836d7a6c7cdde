/** A link as PokéAPI writes it. */
export interface Resource {
  readonly name: string;
  readonly url: string;
}

/** Writes links to what lives under one address, e.g. `http://127.0.0.1:4100`. */
export type Link = (kind: string, id: number, name: string) => Resource;

/** Links to resources under `base`. */
export function linksUnder(base: string): Link {
  return (kind, id, name) => ({ name, url: `${base}/api/v2/${kind}/${id}/` });
}

/** Turns names listed in the order of their ids, from 1, into ids by name. */
function idsOf(names: string): ReadonlyMap<string, number> {
  return new Map(names.split(" ").map((name, i) => [name, i + 1]));
}

/** PokéAPI's ids of the types. */
export const typeIds = idsOf(
  "normal fighting flying poison ground rock bug ghost steel fire water grass electric psychic " +
    "ice dragon dark fairy",
);

/** The stats in the order of `Entry.stats`, with PokéAPI's ids; the last was generation 1's. */
export const stats: readonly (readonly [id: number, name: string])[] = [
  [1, "hp"],
  [2, "attack"],
  [3, "defense"],
  [4, "special-attack"],
  [5, "special-defense"],
  [6, "speed"],
  [9, "special"],
];

const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

/** The name of a generation: 1 is "generation-i". */
export function generationName(generation: number): string {
  return `generation-${romans[generation - 1]}`;
}

/** The ways to learn a move, by PokéAPI's id. */
export const learnMethods: Readonly<Record<number, string>> = {
  1: "level-up",
  2: "egg",
  3: "tutor",
  4: "machine",
};

/** The version groups that moves are known for, by PokéAPI's id. */
export const versionGroups: Readonly<Record<number, string>> = {
  1: "red-blue",
  2: "yellow",
  3: "gold-silver",
  4: "crystal",
  5: "ruby-sapphire",
  6: "emerald",
  7: "firered-leafgreen",
  8: "diamond-pearl",
  9: "platinum",
  10: "heartgold-soulsilver",
  11: "black-white",
  14: "black-2-white-2",
  15: "x-y",
  16: "omega-ruby-alpha-sapphire",
  17: "sun-moon",
  18: "ultra-sun-ultra-moon",
  19: "lets-go-pikachu-lets-go-eevee",
  20: "sword-shield",
  23: "brilliant-diamond-shining-pearl",
  24: "legends-arceus",
  25: "scarlet-violet",
};

/**
 * Versions whose internal number of a Pokémon is its national one, up to `last`: of generations 1
 * and, for those that were new in it, 3 the internal numbers are others, which no source here has.
 */
export const numberedVersions: readonly (readonly [id: number, name: string, last: number])[] = [
  [4, "gold", 251],
  [5, "silver", 251],
  [6, "crystal", 251],
  [7, "ruby", 251],
  [8, "sapphire", 251],
  [9, "emerald", 251],
  [10, "firered", 251],
  [11, "leafgreen", 251],
  [12, "diamond", 493],
  [13, "pearl", 493],
  [14, "platinum", 493],
  [15, "heartgold", 493],
  [16, "soulsilver", 493],
  [17, "black", 649],
  [18, "white", 649],
  [21, "black-2", 649],
  [22, "white-2", 649],
];
