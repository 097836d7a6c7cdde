/** What lists the posts of a site: its first page, and its feed. */
import { createHash } from "node:crypto";
import { htmlDocument, POLICY, type Publication, siteHead } from "../page/document.ts";
import { escape, longDate } from "../read/markup.ts";
import type { Entry } from "./write_site.ts";

/** Posts, the newest first; those of one day in the order given, which is that of the notebooks. */
function byDate(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.date < b.date ? 1 : a.date > b.date ? -1 : 0);
}

/** The page that lists the posts. */
export function indexPage(entries: readonly Entry[], publication: Publication): string {
  const { name, site } = publication;
  const cards = byDate(entries).map(card).join("\n");
  return htmlDocument({
    lang: "en",
    title: name,
    policy: POLICY.replace("data:", "'self' data: file:"),
    head: `${site === null ? "" : `<link rel="canonical" href="${escape(site)}">`}
<meta property="og:type" content="website">
<meta property="og:title" content="${escape(name)}">
${siteHead(publication, "")}`,
    body: `<div class="page">
<main>
<header>
<h1>${escape(name)}</h1>
<p class="facts"><a href="atom.xml">Atom feed</a></p>
</header>
${entries.length === 0 ? "<p>No posts yet.</p>" : `<ol class="cards">\n${cards}\n</ol>`}
</main>
</div>`,
  });
}

function card({ slug, title, description, date, draft, lang, card }: Entry): string {
  const picture = card === null
    ? ""
    : `<img src="posts/${card.file}" alt="" width="${card.width}" ` +
      `height="${card.height}" loading="lazy">`;
  const facts = `<time datetime="${date}">${escape(longDate(date, "en"))}</time>` +
    (draft ? " · <strong>Draft</strong>" : "");
  const language = lang === "en" ? "" : ` lang="${escape(lang)}"`;
  return `<li${language}>${picture}<div${card === null ? ' class="bare"' : ""}>
<h2><a href="posts/${slug}.html">${escape(title)}</a></h2>
${description === "" ? "" : `<p>${escape(description)}</p>`}
<p class="facts">${facts}</p>
</div></li>`;
}

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
