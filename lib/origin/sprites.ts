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

const none = (kinds: string) => pictures("", "", kinds, false);
const icon = none("front_default");
const still = { animated: none(four) };

/**
 * By generation and game: up to which id (or "recent") it has pictures, of which kinds, and those of
 * which nothing is known.
 */
const games: Record<string, readonly [last: number | "recent", kinds: string, unknown?: Pictures]> =
  {
    "i/red-blue": [151, gray, none(grayClear)],
    "i/red-green-japan": [0, "back_default back_gray front_default front_gray"],
    "i/yellow": [151, gray, none(`${grayClear} back_gbc front_gbc`)],
    "ii/crystal": [251, `${sides} ${clear} front_transparent`, {
      animated: none("front_default front_shiny"),
    }],
    "ii/gold": [251, `${sides} front_transparent`, none(clear)],
    "ii/silver": [251, `${sides} front_transparent`, none(clear)],
    "iii/emerald": [386, "front_default front_shiny", {
      animated: none(sides),
      ...none("back_default back_shiny"),
    }],
    "iii/firered-leafgreen": [151, sides],
    "iii/icons": [0, "front_default"],
    "iii/ruby-sapphire": [386, sides],
    "iv/diamond-pearl": [493, eight, still],
    "iv/heartgold-soulsilver": [493, eight, still],
    "iv/icons": [0, "front_default"],
    "iv/platinum": [493, eight, still],
    "v/black-white": [649, eight],
    "v/icons": [0, "front_default", { animated: icon }],
    "vi/icons": [0, "front_default front_female"],
    "vi/omegaruby-alphasapphire": [721, four, none(backs)],
    "vi/x-y": [721, four, none(backs)],
    "vii/icons": [807, "front_default front_female"],
    "vii/lets-go-pikachu-lets-go-eevee": [0, eight, { icons: icon }],
    "vii/ultra-sun-ultra-moon": [807, four, none(backs)],
    "viii/brilliant-diamond-shining-pearl": [0, "front_default front_female"],
    "viii/icons": [898, "front_default front_female"],
    "ix/champions": [0, "front_default front_shiny"],
    "ix/scarlet-violet": ["recent", "front_default front_female"],
  };

function byGeneration(id: number, recent: boolean): Record<string, Record<string, Pictures>> {
  const moving = pictures(
    "versions/generation-v/black-white/animated/",
    `${id}.gif`,
    eight,
    id <= 649,
  );
  const found: Record<string, Record<string, Pictures>> = {};
  for (const [path, [last, kinds, unknown]] of Object.entries(games)) {
    const [generation, game] = path.split("/");
    const there = last === "recent" ? recent : id <= last;
    (found[`generation-${generation}`] ??= {})[game] = {
      ...(path === "v/black-white" ? { animated: moving } : unknown),
      ...pictures(`versions/generation-${path}/`, `${id}.png`, kinds, there),
    };
  }
  return found;
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

/** Up to which ids there are pictures of some kind. */
const lasts = [...new Set(Object.values(games).map(([last]) => last))];

/** By what those that have the same pictures have in common: what stands around their file names. */
const pieces = new Map<string, string[]>();

/**
 * {@link sprites} as JSON text. Those that have the same pictures differ in a number alone, and are
 * written once for all: anew for each they would be most of what an origin's start takes.
 */
export function spritesText(id: number, recent: boolean): string {
  const kinds = `${lasts.filter((last) => id <= Number(last))} ${recent}`, name = `/${id}.`;
  const around = pieces.get(kinds) ?? JSON.stringify(sprites(id, recent)).split(name);
  pieces.set(kinds, around);
  return around.join(name);
}
