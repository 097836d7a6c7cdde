// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals } from "@std/assert";
import { Documents } from "../../lib/origin/documents.ts";
import { entries } from "../../lib/origin/pokedex.ts";
import { sprites, spritesText } from "../../lib/origin/sprites.ts";
import { pokemonShape } from "./pokemon_shape.ts";
import { misfits } from "./shape.ts";

const full = new Documents("https://pokeapi.test", "full");
const slim = new Documents("https://pokeapi.test", "slim");
const ids = entries.map(({ id }) => id);
const read = (documents: Documents, key: number | string) =>
  JSON.parse(documents.find(String(key))!.toString());
const sizes = (last: number) =>
  ids.slice(0, last).map((id) => full.find(String(id))!.length).sort((a, b) => a - b);
const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

Deno.test("all 1025 are there, in order, with names of their own", () => {
  assertEquals(ids, Array.from({ length: 1025 }, (_, i) => i + 1));
  assertEquals(new Set(entries.map(({ name }) => name)).size, 1025);
  for (const { name, species } of entries) {
    assert(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name), name);
    assert(name === species || name.startsWith(`${species}-`), `${name} of ${species}`);
  }
});

Deno.test("of every full document", async (t) => {
  // 140 MB are read once for all that is asked of them.
  const found = { misfits: [] as string[], lacking: [] as string[], twice: [] as string[] };
  for (const id of ids) {
    const document = read(full, id);
    found.misfits.push(...misfits(document, pokemonShape).map((wrong) => `${id}: ${wrong}`));
    found.lacking.push(...lacking(document).map((what) => `${id} lacks ${what}`));
    found.twice.push(...twice(document).map((move) => `${move} of ${id}`));
  }
  await t.step("fields, types and nesting are PokéAPI's, and no others", () => {
    assertEquals(found.misfits, []);
  });
  await t.step("it has a type, six stats, an ability, a size and something to do", () => {
    assertEquals(found.lacking, []);
  });
  await t.step("no detail is told twice", () => assertEquals(found.twice, []));
});

// deno-lint-ignore no-explicit-any
type Document = any;

/** What every Pokémon has, and this one has not. */
function lacking({ types, stats, abilities, height, weight, moves }: Document): string[] {
  const has = {
    "one type or two": types.length >= 1 && types.length <= 2,
    "six stats": stats.length === 6,
    "an ability": abilities.length >= 1,
    "a size": height > 0 && weight > 0,
    "something to do": moves.length >= 1,
    "details of a move": moves.every((move: Document) => move.version_group_details.length >= 1),
  };
  return Object.entries(has).flatMap(([what, there]) => there ? [] : what);
}

/** The moves of which a detail is told twice. */
function twice({ moves }: Document): string[] {
  return moves.flatMap(({ move, version_group_details }: Document) => {
    const told = version_group_details.map((detail: unknown) => JSON.stringify(detail));
    return new Set(told).size === told.length ? [] : move.name;
  });
}

Deno.test("a document that lacks something, or tells a detail twice, is noticed", () => {
  const document = read(full, 1);
  const { moves: [cut, ...others] } = document;
  const version_group_details = [...cut.version_group_details, cut.version_group_details[0]];
  assertEquals([lacking(document), twice(document)], [[], []]);
  assertEquals(lacking({ ...document, stats: [], height: 0 }), ["six stats", "a size"]);
  const repeated = { ...cut, version_group_details };
  assertEquals(twice({ ...document, moves: [repeated, ...others] }), [cut.move.name]);
});

Deno.test("pictures written once for all that have the same are each one's own", () => {
  for (const id of ids) {
    for (const recent of [true, false]) {
      assertEquals(spritesText(id, recent), JSON.stringify(sprites(id, recent)), `${id}`);
    }
  }
});

Deno.test("the shape test notices what is missing, what is too much and what is of another type", () => {
  const document = read(slim, 1);
  const { weight: _, ...light } = document;
  assertEquals(misfits(light, pokemonShape), ["weight is missing"]);
  assertEquals(misfits({ ...document, extra: 1 }, pokemonShape), ["extra is not documented"]);
  assertEquals(misfits({ ...document, height: "7" }, pokemonShape), ['height is "7"']);
  assertEquals(misfits({ ...document, forms: {} }, pokemonShape), ["forms is no array"]);
  document.stats[2].stat.url = "stat/3";
  assertEquals(misfits(document, pokemonShape), ['stats[2].stat.url is "stat/3"']);
});

Deno.test("names that PokéAPI spells in its own way are spelled so", () => {
  const spelled: Record<number, string> = {
    29: "nidoran-f",
    32: "nidoran-m",
    83: "farfetchd",
    122: "mr-mime",
    250: "ho-oh",
    386: "deoxys-normal",
    413: "wormadam-plant",
    439: "mime-jr",
    474: "porygon-z",
    550: "basculin-red-striped",
    669: "flabebe",
    678: "meowstic-male",
    718: "zygarde-50",
    772: "type-null",
    774: "minior-red-meteor",
    785: "tapu-koko",
    849: "toxtricity-amped",
    892: "urshifu-single-strike",
    925: "maushold-family-of-four",
    1001: "wo-chien",
    1025: "pecharunt",
  };
  for (const [id, name] of Object.entries(spelled)) assertEquals(read(slim, id).name, name);
});

Deno.test("Bulbasaur is as it is known", () => {
  const bulbasaur = read(full, "bulbasaur");
  assertEquals([bulbasaur.id, bulbasaur.order, bulbasaur.is_default], [1, 1, true]);
  assertEquals([bulbasaur.height, bulbasaur.weight, bulbasaur.base_experience], [7, 69, 64]);
  assertEquals(
    bulbasaur.stats.map((s: { base_stat: number; effort: number; stat: { name: string } }) => [
      s.stat.name,
      s.base_stat,
      s.effort,
    ]),
    [
      ["hp", 45, 0],
      ["attack", 49, 0],
      ["defense", 49, 0],
      ["special-attack", 65, 1],
      ["special-defense", 65, 0],
      ["speed", 45, 0],
    ],
  );
  assertEquals(bulbasaur.types.map((t: { type: { url: string } }) => t.type.url), [
    "https://pokeapi.test/api/v2/type/12/",
    "https://pokeapi.test/api/v2/type/4/",
  ]);
  assertEquals(bulbasaur.abilities, [
    {
      ability: { name: "overgrow", url: "https://pokeapi.test/api/v2/ability/65/" },
      is_hidden: false,
      slot: 1,
    },
    {
      ability: { name: "chlorophyll", url: "https://pokeapi.test/api/v2/ability/34/" },
      is_hidden: true,
      slot: 3,
    },
  ]);
  const cut = bulbasaur.moves.find((m: { move: { name: string } }) => m.move.name === "cut");
  assertEquals(cut.move.url, "https://pokeapi.test/api/v2/move/15/");
  assertEquals(cut.version_group_details[0], {
    level_learned_at: 0,
    move_learn_method: {
      name: "machine",
      url: "https://pokeapi.test/api/v2/move-learn-method/4/",
    },
    order: null,
    version_group: { name: "red-blue", url: "https://pokeapi.test/api/v2/version-group/1/" },
  });
});

Deno.test("what used to be otherwise is told with the last generation in which it was so", () => {
  const names = (of: { name: string }) => of.name;
  const clefairy = read(slim, "clefairy").past_types[0];
  assertEquals(names(clefairy.generation), "generation-v");
  assertEquals(clefairy.types.map((t: { type: { name: string } }) => t.type.name), ["normal"]);
  const gengar = read(slim, "gengar").past_abilities[0];
  assertEquals([names(gengar.generation), gengar.abilities[0].ability.name], [
    "generation-vi",
    "levitate",
  ]);
  const special = read(slim, "magnemite").past_stats.at(-1);
  assertEquals([names(special.generation), special.stats[0].stat.name], [
    "generation-i",
    "special",
  ]);
  assertEquals(special.stats[0].base_stat, 95);
});

Deno.test("order keeps families together, the young before the old", () => {
  const order = (name: string) => read(slim, name).order;
  assertEquals(new Set(entries.map((entry) => entry.order)).size, 1025);
  assertEquals(order("pichu") + 1, order("pikachu"));
  assertEquals(order("pikachu") + 1, order("raichu"));
  assertEquals(order("vileplume") + 1, order("bellossom"));
});

Deno.test("full documents come near the sizes of PokéAPI's own, by content", () => {
  // PokéAPI, minified: ids 1–150 have a mean of 228 KB and quartiles of 205, 228 and 255; ids
  // 1–898 a mean of 139 KB, from 8.6 to 559; 93 moves and 1,075 details on average in 1–150.
  const [first, most] = [sizes(150), sizes(898)];
  const near = (got: number, real: number, share: number) =>
    assert(Math.abs(got / 1000 / real - 1) <= share, `${got} bytes, not ${real} KB`);
  near(mean(first), 228, 0.15);
  near(first[37], 205, 0.15);
  near(first[75], 228, 0.15);
  near(first[112], 255, 0.15);
  near(mean(most), 139, 0.2);
  near(most[0], 8.6, 0.2);
  near(most.at(-1)!, 559, 0.2);
  const moves = ids.slice(0, 150).map((id) => read(full, id).moves);
  assert(Math.abs(mean(moves.map((m) => m.length)) / 93 - 1) < 0.1);
  const details = moves.map((m) =>
    m.reduce((n: number, { version_group_details: d }: { version_group_details: unknown[] }) => {
      return n + d.length;
    }, 0)
  );
  assert(Math.abs(mean(details) / 1075 - 1) < 0.1, `${mean(details)} details`);
});

Deno.test("the file that all of this is in stays below 3 MB", async () => {
  const { size } = await Deno.stat(new URL("../../data/pokemon.json", import.meta.url));
  assert(size < 3e6, `${size} bytes`);
});
