import { coverFile, type Dialect, plainWords } from "./dialect.ts";
import { escape } from "../read/markup.ts";
import type { Place } from "../read/post.ts";

const asset = ({ slug }: Place, file: string) => `assets/${slug}/${file}`;

/**
 * Jekyll: posts in _posts/, their files in assets/ (it publishes no pictures from _posts/). Where a
 * post will be depends on the site's settings, so addresses are left to Liquid; code is kept off it.
 */
export const jekyll: Dialect = {
  path: ({ slug, date }) => `_posts/${date}-${slug}.md`,
  filePath: asset,
  fileUrl: (front, file) => `{{ "/${asset(front, file)}" | relative_url }}`,
  postUrl: ({ slug, date }) => `{% post_url ${date}-${slug} %}`,
  front: (post) => {
    const { title, description, date, tags, author, draft } = post.front;
    const cover = coverFile(post);
    return {
      layout: "post",
      title,
      description,
      date,
      tags,
      author,
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
  // A backslash would leave `{%` as it is.
  prose: (written) => written.replaceAll("\\{", "&#123;"),
  alt: plainWords,
  // A bar in code ends no cell of kramdown's.
  code: (written, source, place) => {
    if (!/\{[{%]/.test(source)) return written;
    const kept = offLiquid(written);
    return place !== "block"
      ? kept.open + kept.text + kept.close
      : `${kept.open}\n${kept.text}\n${kept.close}`;
  },
};

/** Text between tags that keep Liquid off; what would end them early is split between two pairs. */
function offLiquid(text: string): { open: string; text: string; close: string } {
  const [open, close] = ["{% raw %}", "{% endraw %}"];
  return { open, text: text.replace(/\{%(?=-?\s*endraw)/g, `{%${close}${open}`), close };
}
