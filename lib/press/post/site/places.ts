/** Where the posts of a publication are found, and in what order they are read. */
import { basename, dirname, join } from "node:path";
import { NotebookError } from "../../notebook/notebook.ts";
import { frontOf } from "../read/front_matter.ts";
import type { FindPost } from "../read/links.ts";
import type { Place, Surroundings } from "../read/post.ts";
import { readSource } from "../read/source.ts";

/** The places of posts, by key. One that is not published yet is found when something leads there. */
export class Places {
  readonly #places: Map<string, Place>;

  /** `known` are the posts that a publication has; `today` is for notebooks that need no date. */
  constructor(
    known: Iterable<readonly [string, Place]>,
    readonly out: string,
    readonly strict: boolean,
    readonly today: string,
  ) {
    this.#places = new Map(known);
  }

  /**
   * The post that the notebook `file`, beside one in `folder`, becomes or will become; undefined
   * where there is no such notebook, or where it cannot be a post.
   */
  find(file: string, folder: string): ReturnType<FindPost> {
    const known = [...this.#places].find(([key]) => basename(key) === file);
    if (known !== undefined) return { key: known[0], ...known[1] };
    try {
      const original = join(folder, file);
      const source = readSource({ file: original, name: file, original }, this.out);
      const front = frontOf(source, this.strict, this.today, () => {});
      if (front.draft) return undefined;
      const place = { ...front, published: false };
      this.#places.set(source.key, place);
      return { key: source.key, ...place };
    } catch (error) {
      if (error instanceof NotebookError) return undefined;
      throw error;
    }
  }

  /** What the post of `key` knows of the others. */
  around(key: string): Surroundings {
    return { places: this.#places, ...neighbours(key, this.#places) };
  }
}

/**
 * The keys of the posts that one is read between. Numbered notebooks of a folder are chapters, in
 * that order; all others follow each other by their dates.
 */
export function neighbours(
  key: string,
  places: ReadonlyMap<string, Place>,
): { previous: string | null; next: string | null } {
  const series = [...places].filter(([other, { published }]) =>
    published && seriesOf(other) === seriesOf(key)
  );
  const order = series.map(([other, { date }]) => [isChapter(key) ? "" : date, other])
    .sort(([date, one], [after, other]) =>
      date < after ? -1 : date > after ? 1 : BY_NUMBER.compare(basename(one), basename(other))
    ).map(([, other]) => other);
  const at = order.indexOf(key);
  return { previous: order[at - 1] ?? null, next: order[at + 1] ?? null };
}

const BY_NUMBER = new Intl.Collator("en", { numeric: true });

/** Whether a notebook's name starts with a number that orders it among others. */
function isChapter(key: string): boolean {
  return /^\d+\.?[-_ ]+(?=\D)/.test(basename(key));
}

function seriesOf(key: string): string | null {
  return isChapter(key) ? dirname(key) : null;
}
