import { DIALECTS } from "../markdown/dialects.ts";
import { markdownPost } from "../markdown/markdown_post.ts";
import { type Card, postPage } from "../page/page.ts";
import { formerSlugs } from "../read/front_matter.ts";
import { chartFiles, coverFile, type Surroundings } from "../read/post.ts";
import type { Post } from "../read/read_post.ts";
import { movedPage, type Publication } from "../page/document.ts";
import type { Files, Target } from "./write_site.ts";

/** All files of one post for one target, the post itself first. */
export async function filesOf(
  post: Post,
  target: Target,
  around: Surroundings,
  publication: Publication,
): Promise<Files> {
  const { front, charts, cover, pictures } = post;
  const files: Files = new Map();
  if (target === "html") {
    const card = await cardOf(post);
    files.set(`posts/${front.slug}.html`, await postPage(post, around, publication, card));
    if (card !== null) files.set(`posts/${card.file}`, (await cover!.png()).bytes);
    for (const former of formerSlugs(front)) {
      files.set(`posts/${former}.html`, movedPage(`${front.slug}.html`));
    }
    return files;
  }
  const dialect = DIALECTS[target];
  const body = markdownPost(post, around, dialect);
  files.set(`${target}/${dialect.path(front)}`, body);
  for (const [path, text] of dialect.redirects(post)) files.set(`${target}/${path}`, text);
  // What a post does not show is not published with it: a hidden output, a picture left out.
  const isShown = (file: string) => file === coverFile(post) || body.includes(file);
  const put = (file: string, content: string | Uint8Array) =>
    isShown(file) && files.set(`${target}/${dialect.filePath(front, file)}`, content);
  for (const chart of charts) {
    const { svg, png } = chartFiles(chart);
    put(svg, await chart.svg());
    put(png, (await chart.png()).bytes);
  }
  for (const { file, bytes } of pictures.values()) put(file, bytes);
  return files;
}

/** The card's picture, two pixels to a CSS px; null where the post has none. */
export async function cardOf({ cover, front }: Post): Promise<Card | null> {
  if (cover === null) return null;
  const { width, height } = await cover.png();
  return { file: `${front.slug}.png`, width: width * 2, height: height * 2 };
}
