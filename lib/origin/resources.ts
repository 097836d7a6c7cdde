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

/** Names with their ids, in the order of these. */
type Numbered = readonly (readonly [id: number, name: string])[];

/** Numbers names from `first` on; a dash is an id of something that no document here mentions. */
function numbered(names: string, first = 1): Numbered {
  return names.split(" ").map((name, i) => [first + i, name] as const)
    .filter(([, name]) => name !== "-");
}

/** PokéAPI's ids of the types, by name. */
export const typeIds: ReadonlyMap<string, number> = new Map(
  numbered(
    "normal fighting flying poison ground rock bug ghost steel fire water grass electric psychic " +
      "ice dragon dark fairy",
  ).map(([id, name]) => [name, id]),
);

/** The stats in the order of `Entry.stats`, with PokéAPI's ids; the last was generation 1's. */
export const stats = numbered("hp attack defense special-attack special-defense speed - - special");

const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

/** The name of a generation: 1 is "generation-i". */
export function generationName(generation: number): string {
  return `generation-${romans[generation - 1]}`;
}

/** The ways to learn a move, with PokéAPI's ids. */
export const learnMethods = numbered("level-up egg tutor machine");

/** The version groups that moves are known for, with PokéAPI's ids. */
export const versionGroups = numbered(
  "red-blue yellow gold-silver crystal ruby-sapphire emerald firered-leafgreen diamond-pearl " +
    "platinum heartgold-soulsilver black-white - - black-2-white-2 x-y omega-ruby-alpha-sapphire " +
    "sun-moon ultra-sun-ultra-moon lets-go-pikachu-lets-go-eevee sword-shield - - " +
    "brilliant-diamond-shining-pearl legends-arceus scarlet-violet",
);

/**
 * Versions whose internal number of a Pokémon is its national one, up to `last`: of generations 1
 * and, for those that were new in it, 3 the internal numbers are others, which no source here has.
 */
export const numberedVersions: readonly (readonly [last: number, versions: Numbered])[] = [
  [251, numbered("gold silver crystal ruby sapphire emerald firered leafgreen", 4)],
  [493, numbered("diamond pearl platinum heartgold soulsilver", 12)],
  [649, numbered("black white - - black-2 white-2", 17)],
];
