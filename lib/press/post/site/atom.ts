import { Feed } from "feed";
import { createHash } from "node:crypto";
import { byDate } from "./index_page.ts";
import { escape } from "../read/markup.ts";
import type { Publication } from "../page/document.ts";
import type { Entry } from "./published.ts";

/**
 * The Atom feed (RFC 4287) of posts. Where the site's address is not known, links are relative to
 * the feed, and what identifies a post is made from its name.
 */
export function atomFeed(entries: readonly Entry[], { name, site }: Publication): string {
  const at = (path: string) => new URL(path, site ?? NOWHERE).href;
  const id = (path: string) => site === null ? urn(`${name}/${path}`) : new URL(path, site).href;
  const day = (date: string) => new Date(`${date}T00:00:00Z`);
  const posts = byDate(entries);
  const feed = new Feed({
    title: xml(name),
    id: id(""),
    link: at(site === null ? "index.html" : ""),
    feedLinks: { atom: at("atom.xml") },
    updated: day(posts[0]?.date ?? "1970-01-01"),
    generator: "deno task publish",
    author: { name: xml(name) },
    copyright: "",
  });
  for (const post of posts) {
    const path = `posts/${post.slug}.html`;
    feed.addItem({
      title: escape(post.title),
      id: id(path),
      link: at(path),
      date: day(post.date),
      published: day(post.date),
      description: escape(post.description),
      author: [{ name: xml(post.author || name) }],
      category: post.tags.map(attribute).map((tag) => ({ name: tag, term: tag })),
    });
  }
  const text = feed.atom1().trimEnd() + "\n";
  return site === null ? text.replaceAll(`href="${NOWHERE}`, 'href="') : text;
}

/** The feed's writer takes absolute addresses only; taken off again where the site is not known. */
const NOWHERE = "https://nowhere.invalid/";

/** Text without what XML cannot hold; the feed's writer escapes the rest. */
function xml(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "\ufffd");
}

/** The same in an attribute, of which the feed's writer escapes no more than the quotes. */
function attribute(text: string): string {
  return xml(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A name-based UUID (version 5) as a URN. */
function urn(text: string): string {
  const hash = createHash("sha1").update(`await-lab:${text}`).digest();
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString("hex").slice(0, 32);
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`;
}
