import { extname } from "node:path";
import type { PictureShelf } from "./pictures.ts";
import type { Cell } from "../../notebook/notebook.ts";

/** What becomes of a picture's address: the picture itself, or words that say where it is. */
export type PictureLink = { readonly url: string } | { readonly elsewhere: string | null };

/** What the links and pictures of one notebook lead to. */
export class Links {
  /**
   * `shelf` takes the pictures found; `posts` maps a notebook's file name to its key; `warn` hears
   * of what cannot be published.
   */
  constructor(
    readonly shelf: PictureShelf,
    readonly posts: ReadonlyMap<string, string>,
    readonly warn: (problem: string) => void,
  ) {}

  /** The same, for a second look at what has been warned of already. */
  quietly(): Links {
    return new Links(this.shelf, this.posts, () => {});
  }

  /** The address a link gets in the publication; null where there is nothing to lead to. */
  link(url: string): string | null {
    if (url.startsWith("#") || /^(https?|mailto|lab-post):/i.test(url)) return tidy(url);
    const [, path, fragment] = /^([^?#]*)[^#]*(#.*)?$/.exec(url)!;
    const file = decoded(path).split("/").at(-1)!;
    const key = extname(file) === ".ipynb" ? this.posts.get(file) : undefined;
    if (key !== undefined) return `lab-post:${encodeURIComponent(key)}${tidy(fragment ?? "")}`;
    this.warn(`the link to ${short(url)} leads nowhere in a post and is left out`);
    return null;
  }

  /** The picture that `url` names, from an attachment of `cell`, the address itself or a file. */
  picture(url: string, cell: Cell | null): PictureLink {
    if (/^lab-picture:/.test(url)) return { url };
    if (/^(https?:)?\/\//i.test(url)) {
      this.warn(`the picture at ${short(url)} is linked to, not shown: a post fetches nothing`);
      return { elsewhere: tidy(url.startsWith("//") ? `https:${url}` : url) };
    }
    const found = /^attachment:/i.test(url)
      ? this.shelf.fromAttachment(cell, decoded(url.slice("attachment:".length)))
      : /^data:/i.test(url)
      ? this.shelf.fromDataUrl(url)
      : this.shelf.fromFile(decoded(url.replace(/[?#].*$/, "")));
    if (found !== null) return { url: `lab-picture:${found.file}` };
    this.warn(`there is no picture at ${short(url)}`);
    return { elsewhere: null };
  }
}

/** Braces and bars mean something to the generators that posts are written for. */
function tidy(url: string): string {
  return url.replace(/[{}|<>"\\^`\s]/g, (character) => encodeURIComponent(character));
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function short(url: string): string {
  return url.length > 60 ? `${url.slice(0, 57)}…` : url;
}
