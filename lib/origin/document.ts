import { type Entry, names } from "./pokedex.ts";
import { generationName, type Link, numberedVersions, stats, typeIds } from "./resources.ts";

const cries = "https://raw.githubusercontent.com/PokeAPI/cries/main/cries/pokemon";

/** The types of a Pokémon, with the slots they take. */
function typeSlots(types: readonly string[], link: Link) {
  return types.map((type, i) => ({ slot: i + 1, type: link("type", typeIds.get(type)!, type) }));
}

/** Its abilities: first, second, hidden; an id of 0 is an empty slot. */
function abilitySlots(ids: readonly number[], link: Link) {
  return ids.flatMap((id, i) =>
    id === 0
      ? []
      : [{ ability: link("ability", id, names.ability[id]), is_hidden: i === 2, slot: i + 1 }]
  );
}

/** Its stats; one that is null is left out. */
function statValues(
  values: readonly (number | null)[],
  effort: readonly number[] | null,
  link: Link,
) {
  return values.flatMap((value, i) => {
    const [id, name] = stats[i];
    return value === null
      ? []
      : [{ base_stat: value, effort: effort?.[i] ?? 0, stat: link("stat", id, name) }];
  });
}

/** Its number inside the games, where that is its national one. */
function gameIndices({ id }: Entry, link: Link) {
  return numberedVersions.filter(([last]) => id <= last).flatMap(([, versions]) =>
    versions.map(([n, name]) => ({ game_index: id, version: link("version", n, name) }))
  );
}

/** A Pokémon in PokéAPI's shape, its `moves` and `sprites` left empty. */
export function outline(entry: Entry, base: string, link: Link) {
  const { id, name, effort } = entry;
  const generation = (n: number) => link("generation", n, generationName(n));
  return {
    abilities: abilitySlots(entry.abilities, link),
    base_experience: entry.experience,
    cries: {
      latest: `${cries}/latest/${id}.ogg`,
      legacy: id <= 649 ? `${cries}/legacy/${id}.ogg` : null,
    },
    forms: [link("pokemon-form", id, name)],
    game_indices: gameIndices(entry, link),
    height: entry.height,
    held_items: [],
    id,
    is_default: true,
    location_area_encounters: `${base}/api/v2/pokemon/${id}/encounters`,
    moves: [],
    name,
    order: entry.order,
    past_abilities: (entry.pastAbilities ?? []).map(([last, abilities]) => ({
      abilities: abilitySlots(abilities, link),
      generation: generation(last),
    })),
    past_stats: (entry.pastStats ?? []).map(([last, values]) => ({
      generation: generation(last),
      stats: statValues(values, null, link),
    })),
    past_types: (entry.pastTypes ?? []).map(([last, types]) => ({
      generation: generation(last),
      types: typeSlots(types, link),
    })),
    species: link("pokemon-species", id, entry.species),
    sprites: {},
    stats: statValues(entry.stats, effort, link),
    types: typeSlots(entry.types, link),
    weight: entry.weight,
  };
}
