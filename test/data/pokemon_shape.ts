import { flag, orNull, type Shape, text, url, whole } from "./shape.ts";

const resource: Shape = { name: text, url };
const picture = orNull(url as (value: unknown) => boolean);

/** Pictures by their names, separated by spaces. */
const pictures = (names: string): { [name: string]: Shape } =>
  Object.fromEntries(names.split(" ").map((name) => [name, picture]));

const four = "front_default front_female front_shiny front_shiny_female";
const eight = `${four} back_default back_female back_shiny back_shiny_female`;
const sides = "back_default back_shiny front_default front_shiny";
const shades = "default gray transparent transparent_gray";
const both = (kinds: string) =>
  kinds.split(" ").flatMap((kind) => [`back_${kind}`, `front_${kind}`]).join(" ");
const pale = pictures(both("default shiny transparent shiny_transparent"));
const icon = pictures("front_default");
const icons = pictures("front_default front_female");
const animated = pictures(four);

const versions: Shape = {
  "generation-i": {
    "red-blue": pictures(both(shades)),
    "red-green-japan": pictures(both("default gray")),
    yellow: pictures(both(`${shades} gbc`)),
  },
  "generation-ii": {
    crystal: { ...pale, animated: pictures("front_default front_shiny") },
    gold: pale,
    silver: pale,
  },
  "generation-iii": {
    emerald: { ...pictures(sides), animated: pictures(sides) },
    "firered-leafgreen": pictures(sides),
    icons: icon,
    "ruby-sapphire": pictures(sides),
  },
  "generation-iv": {
    "diamond-pearl": { ...pictures(eight), animated },
    "heartgold-soulsilver": { ...pictures(eight), animated },
    icons: icon,
    platinum: { ...pictures(eight), animated },
  },
  "generation-v": {
    "black-white": { ...pictures(eight), animated: pictures(eight) },
    icons: { ...icon, animated: icon },
  },
  "generation-vi": {
    icons,
    "omegaruby-alphasapphire": pictures(eight),
    "x-y": pictures(eight),
  },
  "generation-vii": {
    icons,
    "lets-go-pikachu-lets-go-eevee": { ...pictures(eight), icons: icon },
    "ultra-sun-ultra-moon": pictures(eight),
  },
  "generation-viii": { "brilliant-diamond-shining-pearl": icons, icons },
  "generation-ix": {
    champions: pictures("front_default front_shiny"),
    "scarlet-violet": icons,
  },
};

const abilities: Shape = [{ ability: resource, is_hidden: flag, slot: whole }];
const stats: Shape = [{ base_stat: whole, effort: whole, stat: resource }];
const types: Shape = [{ slot: whole, type: resource }];

/** A Pokémon as PokéAPI documents it. */
export const pokemonShape: Shape = {
  abilities,
  base_experience: orNull(whole as (value: unknown) => boolean),
  cries: { latest: url, legacy: picture },
  forms: [resource],
  game_indices: [{ game_index: whole, version: resource }],
  height: whole,
  held_items: [{ item: resource, version_details: [{ rarity: whole, version: resource }] }],
  id: whole,
  is_default: flag,
  location_area_encounters: url,
  moves: [{
    move: resource,
    version_group_details: [{
      level_learned_at: whole,
      move_learn_method: resource,
      order: orNull(whole as (value: unknown) => boolean),
      version_group: resource,
    }],
  }],
  name: text,
  order: whole,
  past_abilities: [{ abilities, generation: resource }],
  past_stats: [{ generation: resource, stats }],
  past_types: [{ generation: resource, types }],
  species: resource,
  sprites: {
    ...pictures(eight),
    other: {
      dream_world: icons,
      home: pictures(four),
      "official-artwork": {
        ...pictures("front_default front_shiny"),
        versions: {
          "generation-i": { "red-and-blue": icon, "red-and-green": icon },
          "generation-ii": { "gold-and-silver": icon },
        },
      },
      showdown: pictures(eight),
    },
    versions,
  },
  stats,
  types,
  weight: whole,
};
