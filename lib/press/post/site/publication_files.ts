import { DIALECTS } from "../markdown/dialects.ts";
import { markdownPost } from "../markdown/markdown_post.ts";
import { type Card, postPage } from "../page/page.ts";
import { coverFile, dataFiles, pictureFiles } from "../read/post_files.ts";
import { formerSlugs } from "../read/front_matter.ts";
import type { Post, Surroundings } from "../read/post.ts";
import { movedPage, type Publication } from "../page/document.ts";
import type { Target } from "./published.ts";

/** Files by their path below OUT, with slashes. */
export type Files = Map<string, string | Uint8Array>;

/** All files of one post for one target, the post itself first. */
export async function filesOf(
  post: Post,
  target: Target,
  around: Surroundings,
  publication: Publication,
): Promise<Files> {
  if (target === "html") {
    const card = await cardOf(post);
    const page = await postPage(post, around, publication, card);
    return new Map<string, string | Uint8Array>([
      [`posts/${post.front.slug}.html`, page],
      ...(card === null ? [] : [[`posts/${card.file}`, (await post.cover!.png()).bytes] as const]),
      ...dataFiles(post).map(([name, rows]) => [`posts/${name}`, rows] as const),
      ...formerSlugs(post.front).map((former) =>
        [`posts/${former}.html`, movedPage(`${post.front.slug}.html`)] as const
      ),
    ]);
  }
  const dialect = DIALECTS[target];
  const files = await pictureFiles(post);
  const page = publication.site && new URL(`posts/${post.front.slug}.html`, publication.site).href;
  const body = markdownPost(post, around, dialect, page);
  // What a post does not show is not published with it: a hidden output, a picture left out.
  return new Map<string, string | Uint8Array>([
    [`${target}/${dialect.path(post.front)}`, body],
    ...dialect.redirects(post).map(([path, page]) => [`${target}/${path}`, page] as const),
    ...[...files].filter(([file]) => file === coverFile(post) || body.includes(file)).map((
      [file, bytes],
    ) => [`${target}/${dialect.filePath(post.front, file)}`, bytes] as const),
  ]);
}

/** The card's picture, two pixels to a CSS px; null where the post has none. */
export async function cardOf({ cover, front }: Post): Promise<Card | null> {
  if (cover === null) return null;
  const { width, height } = await cover.png();
  return { file: `${front.slug}.png`, width: width * 2, height: height * 2 };
}
