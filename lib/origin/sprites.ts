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
const backs = "back_default back_female back_shiny back_shiny_female";
const eight = `${backs} ${four}`;
const gray = "back_default back_gray back_transparent front_default front_gray front_transparent";
const grayClear = "back_transparent_gray front_transparent_gray";
const sides = "back_default back_shiny front_default front_shiny";
const clear = "back_transparent back_shiny_transparent front_shiny_transparent";

function byGeneration(id: number, recent: boolean): Pictures {
  const at = (name: string, kinds: string, exists: boolean, extra: Pictures = {}): Pictures => ({
    ...extra,
    ...pictures(`versions/generation-${name}/`, `${id}.png`, kinds, exists),
  });
  const none = (kinds: string) => pictures("", "", kinds, false);
  const icon = none("front_default");
  const [first, second, third] = [id <= 151, id <= 251, id <= 386];
  const [fourth, fifth, sixth, seventh] = [id <= 493, id <= 649, id <= 721, id <= 807];
  const still = { animated: none(four) };
  const moving = pictures("versions/generation-v/black-white/animated/", `${id}.gif`, eight, fifth);
  return {
    "generation-i": {
      "red-blue": at("i/red-blue", gray, first, none(grayClear)),
      "red-green-japan": none("back_default back_gray front_default front_gray"),
      yellow: at("i/yellow", gray, first, none(`${grayClear} back_gbc front_gbc`)),
    },
    "generation-ii": {
      crystal: at("ii/crystal", `${sides} ${clear} front_transparent`, second, {
        animated: none("front_default front_shiny"),
      }),
      gold: at("ii/gold", `${sides} front_transparent`, second, none(clear)),
      silver: at("ii/silver", `${sides} front_transparent`, second, none(clear)),
    },
    "generation-iii": {
      emerald: at("iii/emerald", "front_default front_shiny", third, {
        animated: none(sides),
        ...none("back_default back_shiny"),
      }),
      "firered-leafgreen": at("iii/firered-leafgreen", sides, first),
      icons: icon,
      "ruby-sapphire": at("iii/ruby-sapphire", sides, third),
    },
    "generation-iv": {
      "diamond-pearl": at("iv/diamond-pearl", eight, fourth, still),
      "heartgold-soulsilver": at("iv/heartgold-soulsilver", eight, fourth, still),
      icons: icon,
      platinum: at("iv/platinum", eight, fourth, still),
    },
    "generation-v": {
      "black-white": at("v/black-white", eight, fifth, { animated: moving }),
      icons: { animated: icon, ...icon },
    },
    "generation-vi": {
      icons: none("front_default front_female"),
      "omegaruby-alphasapphire": at("vi/omegaruby-alphasapphire", four, sixth, none(backs)),
      "x-y": at("vi/x-y", four, sixth, none(backs)),
    },
    "generation-vii": {
      icons: at("vii/icons", "front_default front_female", seventh),
      "lets-go-pikachu-lets-go-eevee": { icons: icon, ...none(eight) },
      "ultra-sun-ultra-moon": at("vii/ultra-sun-ultra-moon", four, seventh, none(backs)),
    },
    "generation-viii": {
      "brilliant-diamond-shining-pearl": none("front_default front_female"),
      icons: at("viii/icons", "front_default front_female", id <= 898),
    },
    "generation-ix": {
      champions: none("front_default front_shiny"),
      "scarlet-violet": at("ix/scarlet-violet", "front_default front_female", recent),
    },
  };
}

const unknown = { front_default: null };

/** Artwork of the first games, which PokéAPI lists since 2025. */
const olderArtwork = {
  "generation-i": { "red-and-blue": unknown, "red-and-green": unknown },
  "generation-ii": { "gold-and-silver": unknown },
};

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
      "official-artwork": {
        ...other("official-artwork", "png", "front_default front_shiny", true),
        versions: olderArtwork,
      },
      showdown: other("showdown", "gif", eight, id <= 898),
    },
    versions: byGeneration(id, recent),
  };
}
