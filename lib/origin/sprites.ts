const root = "https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon";

/** A picture's address, or null where there is none or none is known. */
type Picture = string | null;

/** Pictures by name; some are gathered in groups. */
export interface Pictures {
  [name: string]: Picture | Pictures;
}

/** Where each kind of picture lies under its folder. */
const folders: Record<string, string> = {
  back_default: "back/",
  back_gray: "back/gray/",
  back_shiny: "back/shiny/",
  back_shiny_transparent: "transparent/back/shiny/",
  back_transparent: "transparent/back/",
  front_default: "",
  front_gray: "gray/",
  front_shiny: "shiny/",
  front_shiny_transparent: "transparent/shiny/",
  front_transparent: "transparent/",
};

/**
 * Pictures named in `kinds` under a folder, where `exists`; null for the others, and for those of
 * which it is not known here whether there is one (females that look different; kinds that were
 * added to PokéAPI later).
 */
function pictures(folder: string, file: string, kinds: string, exists: boolean): Pictures {
  return Object.fromEntries(
    kinds.split(" ").map((kind) => {
      const known = exists && folders[kind] !== undefined;
      return [kind, known ? `${root}/${folder}${folders[kind]}${file}` : null];
    }),
  );
}

const four = "front_default front_female front_shiny front_shiny_female";
const eight = `back_default back_female back_shiny back_shiny_female ${four}`;
const gray = "back_default back_gray back_transparent front_default front_gray front_transparent";
const metal = "back_default back_shiny front_default front_shiny front_transparent";
const crystal = `${metal} back_shiny_transparent back_transparent front_shiny_transparent`;
const sides = "back_default back_shiny front_default front_shiny";

function byGeneration(id: number, recent: boolean): Pictures {
  const at = (name: string, kinds: string, exists: boolean, extra: Pictures = {}): Pictures => ({
    ...extra,
    ...pictures(`versions/generation-${name}/`, `${id}.png`, kinds, exists),
  });
  const none = (kinds: string) => pictures("", "", kinds, false);
  const [first, second, third] = [id <= 151, id <= 251, id <= 386];
  const [fourth, fifth, sixth, seventh] = [id <= 493, id <= 649, id <= 721, id <= 807];
  const still = { animated: none(four) };
  const moving = pictures("versions/generation-v/black-white/animated/", `${id}.gif`, eight, fifth);
  return {
    "generation-i": {
      "red-blue": at("i/red-blue", gray, first),
      yellow: at("i/yellow", gray, first),
    },
    "generation-ii": {
      crystal: at("ii/crystal", crystal, second),
      gold: at("ii/gold", metal, second),
      silver: at("ii/silver", metal, second),
    },
    "generation-iii": {
      emerald: at("iii/emerald", "front_default front_shiny", third),
      "firered-leafgreen": at("iii/firered-leafgreen", sides, first),
      "ruby-sapphire": at("iii/ruby-sapphire", sides, third),
    },
    "generation-iv": {
      "diamond-pearl": at("iv/diamond-pearl", eight, fourth, still),
      "heartgold-soulsilver": at("iv/heartgold-soulsilver", eight, fourth, still),
      platinum: at("iv/platinum", eight, fourth, still),
    },
    "generation-v": {
      "black-white": at("v/black-white", eight, fifth, { animated: moving }),
    },
    "generation-vi": {
      "omegaruby-alphasapphire": at("vi/omegaruby-alphasapphire", four, sixth),
      "x-y": at("vi/x-y", four, sixth),
    },
    "generation-vii": {
      icons: at("vii/icons", "front_default front_female", seventh),
      "ultra-sun-ultra-moon": at("vii/ultra-sun-ultra-moon", four, seventh),
    },
    "generation-viii": {
      "brilliant-diamond-shining-pearl": none("front_default front_female"),
      icons: at("viii/icons", "front_default front_female", id <= 898),
    },
    "generation-ix": {
      "scarlet-violet": at("ix/scarlet-violet", "front_default front_female", recent),
    },
  };
}

/**
 * The `sprites` of a Pokémon. The pictures are PokéAPI's own, elsewhere: nothing here fetches them.
 *
 * @param recent whether it is in the games of generation 9
 */
export function sprites(id: number, recent: boolean): Pictures {
  const other = (name: string, extension: string, kinds: string, exists: boolean) =>
    pictures(`other/${name}/`, `${id}.${extension}`, kinds, exists);
  return {
    ...pictures("", `${id}.png`, eight, true),
    other: {
      dream_world: other("dream-world", "svg", "front_default front_female", id <= 649),
      home: other("home", "png", four, true),
      "official-artwork": other("official-artwork", "png", "front_default front_shiny", true),
      showdown: other("showdown", "gif", eight, id <= 898),
    },
    versions: byGeneration(id, recent),
  };
}
