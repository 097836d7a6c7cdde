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
  const at = (path: string) => escape(site === null ? path : new URL(path, site).href);
  const id = (path: string) => site === null ? urn(`${name}/${path}`) : at(path);
  const day = (date: string) => `${date}T00:00:00.000Z`;
  // To readers of a feed these are HTML, so that text is escaped for that, and then for XML.
  const html = (text: string) => escape(escape(text));
  const posts = byDate(entries).map((post) =>
    `<entry>
<title type="html">${html(post.title)}</title>
<id>${id(`posts/${post.slug}.html`)}</id>
<link href="${at(`posts/${post.slug}.html`)}"/>
<updated>${day(post.date)}</updated>
<published>${day(post.date)}</published>
<summary type="html">${html(post.description)}</summary>
<author><name>${escape(post.author || name)}</name></author>
${post.tags.map(escape).map((tag) => `<category label="${tag}" term="${tag}"/>\n`).join("")}</entry>
`
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${id("")}</id>
<title>${escape(name)}</title>
<updated>${day(byDate(entries)[0]?.date ?? "1970-01-01")}</updated>
<generator>deno task publish</generator>
<author><name>${escape(name)}</name></author>
<link rel="alternate" href="${at(site === null ? "index.html" : "")}"/>
<link rel="self" href="${at("atom.xml")}"/>
${posts.join("")}</feed>
`;
}

/** A name-based UUID (version 5) as a URN. */
function urn(text: string): string {
  const hash = createHash("sha1").update(`await-lab:${text}`).digest();
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = hash.toString("hex").slice(0, 32);
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}`;
}
