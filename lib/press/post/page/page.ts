import { type Entry, htmlBlocks } from "./html_blocks.ts";
import { liveScript } from "./live_script.ts";
import { escape, longDate } from "../read/markup.ts";
import { CONTENTS, type Surroundings } from "../read/post.ts";
import type { Post } from "../read/read_post.ts";
import { htmlDocument, POLICY, type Publication, siteHead } from "./document.ts";

/** A card's picture: its file beside the post and its size in pixels. */
export interface Card {
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/** A post as one HTML file that needs no other. */
export async function postPage(
  post: Post,
  around: Surroundings,
  publication: Publication,
  card: Card | null,
): Promise<string> {
  const { front } = post;
  const { html, headings } = htmlBlocks(post, around);
  const live = post.charts.some((chart) => chart.live !== null) ? await liveScript() : null;
  const facts = [
    `<time datetime="${front.date}">${escape(longDate(front.date, front.lang))}</time>`,
    ...(front.author === "" ? [] : [escape(front.author)]),
    `${post.minutes} min read`,
    ...(front.draft ? ["<strong>Draft</strong>"] : []),
  ].join(" · ");
  return htmlDocument({
    lang: front.lang,
    title: front.title,
    // No script but the one that it holds itself.
    policy: live === null ? POLICY : `${POLICY}; ${live.policy}`,
    head: `${tags(post, publication, card)}
${siteHead(publication, "../")}`,
    body: `<div class="page">
<nav class="home" aria-label="Site"><a href="../index.html">← ${escape(publication.name)}</a></nav>
<main>
<header>
<h1>${escape(front.title)}</h1>
${front.lead === "" ? "" : `<p class="lead">${escape(front.lead)}</p>`}
<p class="facts">${facts}</p>
${front.tags.length === 0 ? "" : `<p class="facts">${front.tags.map(escape).join(", ")}</p>`}
</header>
${contents(headings)}
${html}
</main>
${neighbours(around)}
<footer>Made from the notebook <code>${escape(post.source)}</code>.</footer>
</div>
${live === null ? "" : `<script>${live.text}</script>`}`,
  });
}

function contents(headings: readonly Entry[]): string {
  const sections = headings.filter(({ level }) => level === 2);
  if (sections.length < 3) return "";
  const items = sections.map(({ id, html }) => `<li><a href="#${escape(id)}">${html}</a></li>`);
  return `<nav class="contents" aria-labelledby="${CONTENTS}"><h2 id="${CONTENTS}">` +
    `Contents</h2><ol>\n${items.join("\n")}\n</ol></nav>`;
}

/** The way to the posts before and after. */
function neighbours({ places, previous, next }: Surroundings): string {
  const ways = [[previous, "prev", "Previous"], [next, "next", "Next"]] as const;
  const links = ways.flatMap(([key, rel, word]) => {
    if (key === null) return [];
    const { slug, title } = places.get(key)!;
    return [`<p>${word}: <a rel="${rel}" href="${slug}.html">${escape(title)}</a></p>`];
  });
  return links.length === 0
    ? ""
    : `<nav class="neighbours" aria-label="Before and after">${links.join("")}</nav>`;
}

/** What search engines and places of sharing read. */
function tags({ front, cover }: Post, { name, site }: Publication, card: Card | null): string {
  const at = (file: string) => site === null ? null : new URL(`posts/${file}`, site).href;
  const address = at(`${front.slug}.html`);
  const meta = (said: [key: string, content: string | null][]) =>
    said.filter(([, content]) => content).map(([key, content]) =>
      `<meta ${/^(og|article):/.test(key) ? "property" : "name"}="${key}" content="${
        escape(content!)
      }">`
    );
  const alt = card && cover!.description;
  return [
    ...meta([
      ["description", front.description],
      ["author", front.author],
      ["robots", front.draft ? "noindex" : null],
    ]),
    ...(address === null ? [] : [`<link rel="canonical" href="${escape(address)}">`]),
    ...meta([
      ["og:type", "article"],
      ["og:site_name", name],
      ["og:title", front.title],
      ["og:description", front.description],
      ["og:url", address],
      ["og:locale", front.lang.replace("-", "_")],
      ["og:image", card && (at(card.file) ?? card.file)],
      ["og:image:type", card && "image/png"],
      ["og:image:width", card && String(card.width)],
      ["og:image:height", card && String(card.height)],
      ["og:image:alt", alt],
      ["article:published_time", front.date],
      ["article:author", front.author],
      ...front.tags.map((tag): [string, string] => ["article:tag", tag]),
      // What is not said here is taken from Open Graph's.
      ["twitter:card", card === null ? "summary" : "summary_large_image"],
      ["twitter:image:alt", alt],
    ]),
  ].join("\n");
}
