import { escape, longDate } from "../read/markup.ts";
import { htmlDocument, type Publication, siteHead } from "../page/document.ts";
import type { Entry } from "./published.ts";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: file:; " +
  "base-uri 'none'; form-action 'none'";

/** Posts, the newest first; those of one day in the order given, which is that of the notebooks. */
export function byDate(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.date < b.date ? 1 : a.date > b.date ? -1 : 0);
}

/** The page that lists the posts. */
export function indexPage(entries: readonly Entry[], publication: Publication): string {
  const { name, site } = publication;
  const cards = byDate(entries).map(card).join("\n");
  return htmlDocument({
    lang: "en",
    title: name,
    policy: POLICY,
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
