import type { Unsafe } from "mdast-util-to-markdown";
import { movedPage } from "../page/document.ts";
import { escape, longDate } from "../read/markup.ts";
import { formerAddresses, formerSlugs } from "../read/front_matter.ts";
import type { Address } from "../read/front_fields.ts";
import { coverFile, type Place } from "../read/post.ts";
import type { Post } from "../read/read_post.ts";
import { offLiquid, plainWords, withoutShortcodes } from "./guard.ts";

/** Where code or a formula stands: alone, in a line of text, or in a table's cell. */
export type Spot = "block" | "span" | "cell";

const same = (written: string) => written;
const block = (tex: string) => `$$\n${tex}\n$$`;
const asset = ({ slug }: Address, file: string) => `assets/${slug}/${file}`;
/** TeX's own words for bars, for where a bar is a sign of Markdown. */
const barless = (tex: string) => tex.replaceAll("\\|", "\\Vert ").replaceAll("|", "\\vert ");
/** What a reader who knows no TeX would take for HTML or a link has a space in it, as TeX may. */
const inert = (tex: string) => tex.replace(/<(?=[a-z/!?])|\](?=[([])/gi, "$& ");
/** In a table's cell a bar ends the cell, even in code. */
const escaped = (text: string, spot: Spot) => spot === "cell" ? text.replaceAll("|", "\\|") : text;

/** A change to prose: these signs as entities, where they stand behind a backslash. */
const coded = (signs: string) => (written: string) =>
  written.replace(
    /\\([^])/g,
    (pair, sign) => signs.includes(sign) ? `&#${sign.charCodeAt(0)};` : pair,
  );

const shown = (text: string) => text.replace(/[\\`*_[\]<>&#|~]/g, "\\$&");

/** What one reader of Markdown does differently from others. */
export type Dialect = typeof plain;

/** Markdown for whatever reads Markdown: a folder a post, its pictures beside it. */
const plain = {
  /** Paths below the target's folder: of the post, and of a file that belongs to it. */
  path: ({ slug }: Address) => `${slug}/index.md`,
  filePath: ({ slug }: Address, file: string) => `${slug}/${file}`,
  /** How the post's text refers to such a file, and to another post. */
  fileUrl: (_: Address, file: string) => file,
  postUrl: ({ slug }: Place) => `../${slug}/index.md`,
  /** The fields of its front matter that are its own. */
  front: ({ front }: Post): Record<string, unknown> => ({ draft: front.draft || null }),
  /** What stands before the body, "" for nothing. */
  opening: ({ front, minutes }: Post) => {
    const facts = [longDate(front.date, front.lang), front.author, `${minutes} min read`];
    const line = facts.filter((fact) => fact !== "").map(shown).join(" · ");
    return `# ${shown(front.title)}\n\n${line}`;
  },
  /** Characters that mean something to it in prose, beyond what they mean in Markdown. */
  unsafe: [{ character: "$" }] as Unsafe[],
  /** Prose as Markdown has it, with what only this reader would stumble over written otherwise. */
  prose: same,
  /** What stands for a picture in words; null where Markdown's own escapes are understood there. */
  alt: (_: string): string | null => null,
  /** A picture at a size, ` width="9"`; null where it cannot be said. `alone`: in a paragraph of its own. */
  sized: (url: string, alt: string, size: string, _alone: boolean): string | null =>
    `<img src="${url}" alt="${escape(alt)}"${size}>`,
  /** Code as it stands in a file: `written` is the fence or span around `source`. */
  code: (written: string, _source: string, spot: Spot) => escaped(written, spot),
  /** TeX as it stands in a file. */
  formula: (tex: string, spot: Spot) =>
    spot === "block" ? block(inert(tex)) : `$${escaped(inert(tex), spot)}$`,
  paragraph: same,
  /** What gives the heading before it an id. */
  headingId: (_: string) => "",
  /** Whether it hands on what front matter of other systems says. */
  handsOn: false,
  /** The tag that opens what is folded; null where no HTML is let through, an anchor either. */
  fold: "<details>" as string | null,
  /** Files, by their paths, that lead from the post's earlier addresses to it. */
  redirects: ({ front }: Post): (readonly [path: string, text: string])[] =>
    formerSlugs(front).map((slug) => [
      `${slug}/index.md`,
      `This post has moved: [${shown(front.title)}](../${front.slug}/index.md).\n`,
    ]),
};

/**
 * Hugo: a page bundle a post, below the site's content/. Its own templates find the post's picture
 * by the name "featured". It shows no HTML. Formulas stand between the delimiters that its manual
 * gives its passthrough extension, which hands them to the site's typesetter untouched.
 */
const hugo: Dialect = {
  ...plain,
  path: ({ slug }) => `content/posts/${slug}/index.md`,
  filePath: ({ slug }, file) => `content/posts/${slug}/${file}`,
  postUrl: ({ slug }) => `../${slug}/`,
  front: (post) => {
    const cover = coverFile(post);
    const resources = cover === null ? [] : [{ src: cover, name: "featured" }];
    const { draft, slug, others } = post.front;
    // Beside the post, wherever the site has its posts.
    const aliases = [others.aliases ?? [], formerSlugs(post.front)].flat();
    return { draft: draft || null, slug, aliases, resources };
  },
  opening: () => "",
  unsafe: [{ character: "{" }, { character: ":", atBreak: true }, { character: "$" }],
  // Behind a backslash one would end what is no formula, or begin it.
  prose: coded("]("),
  alt: plainWords,
  sized: (url, alt, size, alone) =>
    alone ? `{{< figure src="${url}" alt="${alt}"${size} >}}` : null,
  code: (written, _, spot) => withoutShortcodes(escaped(written, spot)),
  formula: (tex, spot) => {
    const guarded = inert(tex).replace(/\{\{(?=[<%])/g, "{ {");
    return spot === "block"
      ? block(guarded)
      : `\\(${spot === "cell" ? barless(guarded) : guarded}\\)`;
  },
  headingId: (id) => ` {#${id}}`,
  handsOn: true,
  fold: null,
  redirects: () => [],
};

/**
 * The address of a post that Jekyll may not have, in Liquid: then it is the site's first page, where
 * `post_url` would end the build.
 */
const wherever = (slug: string) =>
  `{% assign post = site.posts | where: "slug", "${slug}" | first %}` +
  `{{ post.url | default: "/" | relative_url }}`;

/**
 * Jekyll: posts in _posts/, their files in assets/ (it publishes no pictures from _posts/). Where a
 * post will be depends on the site's settings, so addresses are left to Liquid; code is kept off it.
 */
const jekyll: Dialect = {
  ...plain,
  path: ({ slug, date }) => `_posts/${date}-${slug}.md`,
  filePath: asset,
  fileUrl: (front, file) => `{{ "/${asset(front, file)}" | relative_url }}`,
  postUrl: ({ slug, date, published }) =>
    published ? `{% post_url ${date}-${slug} %}` : wherever(slug),
  front: (post) => {
    const { title, description, draft, others } = post.front;
    const cover = coverFile(post);
    return {
      layout: others.layout ?? "post",
      published: draft ? false : null,
      // HTML to Jekyll, which would else cut one out of the body, through what keeps Liquid off.
      excerpt: escape(description || title),
      image: cover === null ? null : `/${asset(post.front, cover)}`,
    };
  },
  opening: () => "",
  // kramdown makes tables of bars, and lists of attributes of braces, wherever they stand.
  unsafe: [{ character: "{" }, { character: "|" }, { character: ":", atBreak: true }, {
    character: "$",
  }],
  // A backslash would leave `{%` as it is, and kramdown shows it before the two others.
  prose: coded("{&@"),
  alt: plainWords,
  // A bar in code ends no cell of kramdown's.
  code: offLiquid,
  // kramdown has two dollars for both, and tells them apart by where they stand.
  formula: (tex, spot) =>
    offLiquid(spot === "block" ? block(tex) : `$$${escaped(tex, spot)}$$`, tex, spot),
  // A first line with a bar would be a table: the formula that has one goes to the second.
  paragraph: (written) => {
    const bar = written.search(/\$\$[^$]*\|/);
    const space = written.lastIndexOf(" ", bar);
    if (bar < 0 || written.slice(0, bar).includes("\n")) return written;
    if (space > 0 && /^ [\p{L}$(]/u.test(written.slice(space))) {
      return `${written.slice(0, space)}\n${written.slice(space + 1)}`;
    }
    return written.replace(/\$\$[^$]*\$\$/g, barless);
  },
  // Behind the heading, as Hugo has it, kramdown takes no id that starts with a digit.
  headingId: (id) => `\n{: id="${id}"}`,
  handsOn: true,
  fold: '<details markdown="1">',
  // Pages at what Jekyll's own setting made of the earlier names: they need no plugin.
  redirects: ({ front }) =>
    formerAddresses(front).map(({ slug, date }) => [
      `redirects/${date}-${slug}.html`,
      `---\nlayout: null\nsitemap: false\npermalink: /${
        date.replaceAll("-", "/")
      }/${slug}.html\n---\n` +
      movedPage(wherever(front.slug)),
    ]),
};

/** The readers of Markdown that posts are written for. */
export const DIALECTS = { markdown: plain, hugo, jekyll };
