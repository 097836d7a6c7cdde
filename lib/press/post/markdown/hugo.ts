import { barsEscaped, coverFile, type Dialect, plainWords } from "./dialect.ts";

/**
 * Hugo: a page bundle a post, below the site's content/. Its own templates find the post's picture
 * by the name "featured".
 */
export const hugo: Dialect = {
  path: ({ slug }) => `content/posts/${slug}/index.md`,
  filePath: ({ slug }, file) => `content/posts/${slug}/${file}`,
  fileUrl: (_, file) => file,
  postUrl: ({ slug }) => `../${slug}/`,
  front: (post) => {
    const { title, description, date, tags, author, draft, slug } = post.front;
    const cover = coverFile(post);
    const resources = cover === null ? [] : [{ src: cover, name: "featured" }];
    return { title, description, date, tags, author, draft: draft || null, slug, resources };
  },
  opening: () => "",
  unsafe: [{ character: "{" }, { character: ":", atBreak: true }],
  prose: (written) => written,
  alt: plainWords,
  code: (written, _, place) => withoutShortcodes(barsEscaped(written, place)),
};

/**
 * Text in which Hugo finds no shortcode and that shows the same: one that is closed is written as
 * Hugo's comment of itself. One that is not has no such form: an invisible joiner parts its braces.
 */
export function withoutShortcodes(text: string): string {
  return text.replace(
    /\{\{([<%])([^]*?)([>%])\}\}|\{\{(?=[<%])/g,
    (whole, open?: string, inner?: string, close?: string) => {
      const closes = open === "<" ? ">" : "%";
      if (open === undefined || close !== closes || /\{\{[<%]/.test(inner!)) {
        return `{\u2060${whole.slice(1, 2)}${withoutShortcodes(whole.slice(2))}`;
      }
      return `{{${open}/*${inner}*/${closes}}}`;
    },
  );
}
