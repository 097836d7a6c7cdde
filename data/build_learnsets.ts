/** Which moves each Pokémon learns, in which version groups, how and at what level. */

// deno-lint-ignore no-explicit-any
type Loose = Record<string, any>;
type Load = (file: string, name: string) => Promise<Loose>;

/** PokéAPI's numbers of the ways to learn a move. */
const methods = { level: 1, egg: 2, tutor: 3, machine: 4 };

/** PokéAPI's numbers of the version groups, by oakdex's names of their games. */
const olderGroups: Record<string, number> = {
  "Red/Blue": 1,
  "Yellow": 2,
  "Gold/Silver": 3,
  "Crystal": 4,
  "Ruby/Sapphire": 5,
  "Emerald": 6,
  "FireRed/LeafGreen": 7,
  "Diamond/Pearl": 8,
  "Platinum": 9,
  "HeartGold/SoulSilver": 10,
  "Black/White": 11,
  "Black 2/White 2": 14,
  "X/Y": 15,
  "Omega Ruby/Alpha Sapphire": 16,
  "Sun/Moon": 17,
  "Ultra Sun/Ultra Moon": 18,
};

/** Moves that oakdex lists for all varieties at once count where they are the default one's. */
const defaultVarieties: Record<number, string> = {
  386: "Normal Forme",
  413: "Plant Cloak",
  492: "Land Forme",
  678: "Male",
  720: "Hoopa Confined",
  745: "Midday Form",
};

/** Taught by the tutors of Emerald. */
const emerald = new Set(
  ("bodyslam counter defensecurl doubleedge dreameater dynamicpunch endure explosion firepunch " +
    "furycutter icepunch icywind megakick megapunch metronome mimic mudslap psychup rockslide " +
    "rollout seismictoss sleeptalk snore softboiled substitute swagger swift swordsdance " +
    "thunderpunch thunderwave").split(" "),
);

/** Taught in every game from its generation on; other tutors are those of the later games only. */
const everywhere = new Set(
  ("blastburn dracometeor firepledge frenzyplant grasspledge hydrocannon relicsong secretsword " +
    "waterpledge").split(" "),
);

/** Entries of one Pokémon: move → "method level" → version groups, as bits 2^id. */
class Learned {
  readonly #moves = new Map<number, Map<string, number>>();

  add(move: number, method: number, level: number, group: number): void {
    const ways = this.#moves.get(move) ?? new Map<string, number>();
    this.#moves.set(move, ways);
    const way = `${method} ${level}`;
    ways.set(way, (ways.get(way) ?? 0) | 2 ** group);
  }

  /** [move, method, level, groups, method, level, groups, …], by move. */
  rows(): number[][] {
    return [...this.#moves].sort(([a], [b]) => a - b).map(([move, ways]) => [
      move,
      ...[...ways].flatMap(([way, groups]) => [...way.split(" ").map(Number), groups]),
    ]);
  }
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Version groups in which a tutor of that generation teaches a move. */
function tutors(generation: number, move: string, has: (mod: string) => boolean): number[] {
  const all = everywhere.has(move);
  switch (generation) {
    case 2:
      return [4];
    case 3:
      return [...emerald.has(move) ? [6] : [], ...has("gen3frlg") ? [7] : []];
    case 4:
      return [...all ? [8] : [], ...all || has("gen4pt") ? [9] : [], 10];
    case 5:
      return all ? [11, 14] : [14];
    case 6:
      return all ? [15, 16] : [16];
    case 7:
      return all ? [17, 18] : [18];
    default:
      return [];
  }
}

/** For each id, rows of [move, then method, level and version groups, as often as needed]. */
export async function learnsets(
  load: Load,
  entries: Map<number, Loose>,
  older: Map<number, Loose>,
  moves: Loose,
): Promise<Map<number, number[][]>> {
  const main = await load("learnsets", "Learnsets");
  const mods = Object.fromEntries(
    await Promise.all(
      ["gen2", "gen3frlg", "gen4pt", "gen7letsgo", "gen8bdsp", "gen8legends"].map(
        async (mod) => [mod, await load(`mods/${mod}/learnsets`, "Learnsets")],
      ),
    ),
  );
  const number = (name: string): number => {
    const move = moves[name === "vicegrip" ? "visegrip" : name];
    if (!move) throw new Error(`no move is called ${name}`);
    return move.num;
  };

  function addOlder(learned: Learned, id: number, pokemon: Loose): void {
    const variety = defaultVarieties[id] ?? pokemon.names.en;
    for (const { games, learnset } of pokemon.move_learnsets) {
      const group = olderGroups[games.join("/")];
      if (group === undefined) continue;
      for (const { move, level, tm, egg_move, variations } of learnset) {
        if (variations && !variations.includes(variety)) continue;
        const how = tm ? methods.machine : egg_move ? methods.egg : methods.level;
        learned.add(number(plain(move)), how, level ?? 0, group);
      }
    }
  }

  /** Sources look like "8M" or "9L12": a generation, how, and for L at what level. */
  function addSources(
    learned: Learned,
    learnset: Loose,
    groupsOf: (generation: number, how: string, move: string) => number[],
  ): void {
    for (const [move, sources] of Object.entries(learnset)) {
      for (const source of sources as string[]) {
        const [generation, how] = [Number(source[0]), source[1]];
        const method = { L: methods.level, E: methods.egg, T: methods.tutor, M: methods.machine };
        if (!(how in method)) continue;
        for (const group of groupsOf(generation, how, move)) {
          const level = how === "L" ? Number(source.slice(2)) : 0;
          learned.add(number(move), method[how as keyof typeof method], level, group);
        }
      }
    }
  }

  const result = new Map<number, number[][]>();
  for (const [id, entry] of entries) {
    const learned = new Learned();
    const key = plain(entry.name.normalize("NFD"));
    if (older.has(id)) addOlder(learned, id, older.get(id)!);
    const taught = (mod: string, source: string) => (move: string) =>
      mods[mod][key]?.learnset?.[move]?.includes(source) ?? false;
    const inMod = { gen3frlg: taught("gen3frlg", "3T"), gen4pt: taught("gen4pt", "4T") };
    addSources(learned, main[key]?.learnset ?? {}, (generation, how, move) => {
      if (generation === 9) return [25];
      if (generation === 8) return [20];
      if (how !== "T") return [];
      return tutors(generation, move, (mod) => inMod[mod as keyof typeof inMod](move));
    });
    const only = (mod: string, from: number, how: string, group: number) =>
      addSources(
        learned,
        mods[mod][key]?.learnset ?? {},
        (generation, way) => generation === from && how.includes(way) ? [group] : [],
      );
    only("gen2", 2, "T", 4);
    only("gen7letsgo", 7, "LMT", 19);
    only("gen8bdsp", 8, "LMTE", 23);
    only("gen8legends", 8, "LT", 24);
    result.set(id, learned.rows());
  }
  return result;
}
