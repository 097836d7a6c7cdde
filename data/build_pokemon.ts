/**
 * Writes data/pokemon.json from packages on npm:
 *
 *     deno run -A --no-lock data/build_pokemon.ts
 *
 * data/README.md says what comes from where, what is derived, and what is not known. The packages
 * are imported by computed specifiers, so that checking types or caching the project never
 * downloads them: only running this does.
 */
import { learnsets } from "./build_learnsets.ts";
import { changes } from "./build_past.ts";

// deno-lint-ignore no-explicit-any
type Loose = Record<string, any>;

const showdown = "npm:pokemon-showdown@0.11.11/dist/data";
const oakdex = "npm:oakdex-pokedex@0.4.5/data/pokemon.json";

async function load(file: string, name: string): Promise<Loose> {
  const module = await import(`${showdown}/${file}.js`);
  return (module.default ?? module)[name];
}

/** How PokéAPI spells a name in its paths: "Mr. Mime" is "mr-mime". */
function slug(name: string): string {
  return name.normalize("NFD").toLowerCase().replace(/[^a-z0-9 -]/g, "").replace(/ +/g, "-");
}

/** What PokéAPI adds to the names of those whose default variety is one of several. */
const varieties: Record<string, string> = {
  aegislash: "shield",
  basculegion: "male",
  basculin: "red-striped",
  darmanitan: "standard",
  deoxys: "normal",
  dudunsparce: "two-segment",
  eiscue: "ice",
  enamorus: "incarnate",
  giratina: "altered",
  gourgeist: "average",
  indeedee: "male",
  keldeo: "ordinary",
  landorus: "incarnate",
  lycanroc: "midday",
  maushold: "family-of-four",
  meloetta: "aria",
  meowstic: "male",
  mimikyu: "disguised",
  minior: "red-meteor",
  morpeko: "full-belly",
  oinkologne: "male",
  oricorio: "baile",
  palafin: "zero",
  pumpkaboo: "average",
  shaymin: "land",
  squawkabilly: "green-plumage",
  tatsugiri: "curly",
  thundurus: "incarnate",
  tornadus: "incarnate",
  toxtricity: "amped",
  urshifu: "single-strike",
  wishiwashi: "solo",
  wormadam: "plant",
  zygarde: "50",
};

/** Abilities by slot: first, second, hidden. 0 is none. */
function abilitySlots(abilities: Loose, ids: Map<string, number>): number[] {
  return ["0", "1", "H"].map((key) => abilities[key] ? ids.get(abilities[key])! : 0);
}

/** Whether a row of a learnset says that the move is learned in scarlet-violet, version group 25. */
function isRecent([, ...ways]: number[]): boolean {
  return ways.some((groups, i) => i % 3 === 2 && (groups & 2 ** 25) !== 0);
}

/** PokéAPI's order of the six stats. */
const stats = ["hp", "atk", "def", "spa", "spd", "spe"];
const efforts = ["hp", "atk", "def", "sp_atk", "sp_def", "speed"];

/** Families stand together, at the place of their lowest id, and inside it by stage, then id. */
function sortOrder(entries: Map<number, Loose>): Map<number, number> {
  const byName = new Map([...entries.values()].map((entry) => [entry.name, entry]));
  const before = (entry: Loose) => byName.get(entry.prevo);
  const stage = (entry: Loose): number => before(entry) ? stage(before(entry)!) + 1 : 0;
  const root = (entry: Loose): Loose => before(entry) ? root(before(entry)!) : entry;
  const place = new Map<Loose, number>();
  for (const [id, entry] of entries) {
    place.set(root(entry), Math.min(place.get(root(entry)) ?? Infinity, id));
  }
  const key = ([id, entry]: [number, Loose]) => [place.get(root(entry))!, stage(entry), id];
  const sorted = [...entries].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
  return new Map(sorted.map(([id], i) => [id, i + 1]));
}

const [pokedex, abilities, moves, measured] = await Promise.all([
  load("pokedex", "Pokedex"),
  load("abilities", "Abilities"),
  load("moves", "Moves"),
  import(oakdex, { with: { type: "json" } }).then((module) => module.default as Loose),
]);
const abilityIds = new Map<string, number>(
  Object.values(abilities).map((a) => [a.name, a.num]),
);
const older = new Map(Object.values(measured).map((p) => [p.national_id as number, p as Loose]));

const entries = new Map<number, Loose>();
for (const entry of Object.values(pokedex)) {
  if (entry.num < 1 || entry.num > 1025 || entry.forme || entry.baseSpecies) continue;
  entries.set(entry.num, entry);
}
const order = sortOrder(entries);
const learned = await learnsets(load, entries, older, moves);
const past = await changes(load, entries, abilityIds);

const pokemon = [...entries.keys()].sort((a, b) => a - b).map((id) => {
  const entry = entries.get(id)!;
  // Outside a battle Minior wears its shell: that is PokéAPI's default variety.
  const shown = entry.name === "Minior" ? pokedex.miniormeteor : entry;
  const species = slug(entry.name);
  const known = older.get(id);
  return {
    id,
    species,
    name: varieties[species] ? `${species}-${varieties[species]}` : species,
    order: order.get(id)!,
    height: Math.round(shown.heightm * 10),
    weight: Math.round(shown.weightkg * 10),
    experience: known?.base_exp_yield ?? null,
    types: shown.types.map(slug),
    stats: stats.map((stat) => shown.baseStats[stat]),
    effort: known ? efforts.map((stat) => known.ev_yield[stat]) : null,
    abilities: abilitySlots(shown.abilities, abilityIds),
    ...past.get(id),
    recent: learned.get(id)!.some(isRecent),
    moves: learned.get(id)!,
  };
});

const usedMoves = new Set(pokemon.flatMap((p) => p.moves.map((m) => m[0])));
const usedAbilities = new Set(
  pokemon.flatMap((p) => [...p.abilities, ...(p.pastAbilities ?? []).flatMap((e) => e[1])]),
);
const names = (all: Loose, used: Set<number>) =>
  Object.fromEntries(
    Object.values(all).filter((x) => used.has(x.num) && !x.isNonstandard?.match(/^(CAP|LGPE-)/))
      .map((x) => [x.num, slug(x.name)]),
  );
// Moves are most of the file, and as text they are read only where a full document is made.
const lines = pokemon.map((p) => JSON.stringify({ ...p, moves: JSON.stringify(p.moves) }))
  .join(",\n");
await Deno.writeTextFile(
  new URL("pokemon.json", import.meta.url),
  `{"abilities":${JSON.stringify(names(abilities, usedAbilities))},\n` +
    `"moves":${JSON.stringify(names(moves, usedMoves))},\n"pokemon":[\n${lines}\n]}\n`,
);
console.log(`${pokemon.length} Pokémon, ${usedMoves.size} moves`);
