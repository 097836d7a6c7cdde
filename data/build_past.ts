/** What used to be otherwise: types, abilities and stats of earlier generations. */

// deno-lint-ignore no-explicit-any
type Loose = Record<string, any>;
type Load = (file: string, name: string) => Promise<Loose>;

/** Each entry: the last generation in which it was so, and what it was. */
export interface Past {
  readonly pastTypes?: [generation: number, types: string[]][];
  /** Ability ids by slot, 0 where that slot did not change. */
  readonly pastAbilities?: [generation: number, abilities: number[]][];
  /** The six stats, null where one did not change; in generation 1 a seventh, special. */
  readonly pastStats?: [generation: number, stats: (number | null)[]][];
}

const stats = ["hp", "atk", "def", "spa", "spd", "spe"];

/** The last id of each generation, from the first. */
const lastOf = [151, 251, 386, 493, 649, 721, 809, 905, 1025];

/** Compares each generation's facts with those of the one after it. */
export async function changes(
  load: Load,
  entries: Map<number, Loose>,
  abilityIds: Map<string, number>,
): Promise<Map<number, Past>> {
  const generations = [1, 2, 4, 5, 6, 7, 8];
  const mods = new Map(
    await Promise.all(
      generations.map(async (g) =>
        [g, await load(`mods/gen${g}/pokedex`, "Pokedex")] as [number, Loose]
      ),
    ),
  );
  const result = new Map<number, Past>();
  for (const [id, entry] of entries) {
    const key = entry.name.normalize("NFD").toLowerCase().replace(/[^a-z0-9]/g, "");
    const first = lastOf.findIndex((last) => id <= last) + 1;
    const pastTypes: [number, string[]][] = [];
    const pastAbilities: [number, number[]][] = [];
    const pastStats: [number, (number | null)[]][] = [];
    let later = entry;
    for (let generation = 8; generation >= first; generation--) {
      // What a generation does not override it has in common with the next.
      const now = { ...later, ...mods.get(generation)?.[key] };
      if (String(now.types) !== String(later.types)) {
        pastTypes.push([generation, now.types.map((t: string) => t.toLowerCase())]);
      }
      // Having no ability yet is no change: they came with generation 3, hidden ones with generation
      // 5, and the game that brought 899–905 has none.
      const slots = ["0", "1", "H"].map((slot) => {
        const [was, is] = [now.abilities[slot], later.abilities[slot]];
        return was && is && was !== is ? abilityIds.get(was) ?? 0 : 0;
      });
      const had = generation >= 3 && !(id >= 899 && id <= 905);
      if (had && slots.some(Boolean)) pastAbilities.push([generation, slots]);
      const changed: (number | null)[] = stats.map((stat) =>
        now.baseStats[stat] === later.baseStats[stat] ? null : now.baseStats[stat]
      );
      // The first generation had one special stat, which later became two.
      if (generation === 1) {
        changed[3] = changed[4] = null;
        pastStats.push([1, [...changed, now.baseStats.spa]]);
      } else if (changed.some((value) => value !== null)) pastStats.push([generation, changed]);
      later = now;
    }
    result.set(id, {
      ...pastTypes.length && { pastTypes },
      ...pastAbilities.length && { pastAbilities },
      ...pastStats.length && { pastStats },
    });
  }
  return result;
}
