import { slug } from "github-slugger";
import { extname } from "node:path";
import type { Cell } from "../../notebook/notebook.ts";
import type { Notes } from "./notes.ts";
import type { PictureShelf } from "./pictures.ts";
import { postLink } from "./post.ts";

/** Another post as a link finds it: its key, and whether it is published already. */
export interface Other {
  readonly key: string;
  readonly slug: string;
  readonly published: boolean;
}

/** Finds the post that a notebook's file, beside the one that is read, becomes; undefined for none. */
export type FindPost = (file: string) => Other | undefined;

/** What becomes of a picture's address: the picture itself, a link to it, or why it is not there. */
export type PictureLink =
  | { readonly url: string }
  | { readonly elsewhere: string }
  | { readonly note: string };

/** What the links and pictures of one cell lead to. */
export class Links {
  /** `shelf` takes the pictures found. */
  constructor(
    readonly shelf: PictureShelf,
    readonly findPost: FindPost,
    readonly notes: Notes,
  ) {}

  /**
   * The address a link gets in the publication; null where there is nothing to lead to. One within
   * the post, `#x`, stays until all of the post is known.
   */
  link(url: string): string | null {
    if (url.startsWith("#")) return url;
    if (/^(https?|mailto):/i.test(url)) return tidy(url);
    if (url.startsWith("//")) return tidy(`https:${url}`);
    const [, path, fragment] = /^([^?#]*)[^#]*(?:#(.*))?$/s.exec(url)!;
    const file = decoded(path).split("/").at(-1)!;
    const post = extname(file) === ".ipynb" ? this.findPost(file) : undefined;
    if (post !== undefined) {
      if (!post.published) {
        this.notes.warn(`the link to ${short(url)} leads to ${post.slug}, which is not here yet`);
      }
      return postLink(post.key) + (fragment ? `#${slug(decoded(fragment))}` : "");
    }
    this.notes.warn(`the link to ${short(url)} leads nowhere in a post and is left out`);
    return null;
  }

  /** The picture that `url` names, from an attachment of `cell`, the address itself or a file. */
  picture(url: string, cell: Cell | null): PictureLink {
    if (/^(https?:)?\/\//i.test(url)) {
      this.notes.warn(
        `the picture at ${short(url)} is linked to, not shown: a post fetches nothing`,
      );
      return { elsewhere: tidy(url.startsWith("//") ? `https:${url}` : url) };
    }
    try {
      const found = /^attachment:/i.test(url)
        ? this.shelf.fromAttachment(cell, decoded(url.slice("attachment:".length)))
        : /^data:/i.test(url)
        ? this.shelf.fromDataUrl(url)
        : this.shelf.fromFile(decoded(url.replace(/[?#].*$/, "")));
      for (const part of found.without) {
        this.notes.warn(`the drawing ${short(url)} is shown without ${part}`);
      }
      return { url: `lab-picture:${found.file}` };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return { note: this.notes.leaveOut(`the picture ${short(url)}`, error.message) };
    }
  }
}

/** Braces and bars mean something to the generators that posts are written for. */
function tidy(url: string): string {
  return url.replace(/[{}|<>"\\^`\s]/g, (character) => encodeURIComponent(character));
}

/** An address without its escapes; one whose escapes are broken stays as it is. */
export function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

function short(url: string): string {
  return url.length > 60 ? `${url.slice(0, 57)}…` : url;
}
