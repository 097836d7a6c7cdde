/** Publishing, and saying what came of it. */
import { join } from "node:path";
import { shownPath } from "../notebook/find_notebooks.ts";
import type { Manuscript } from "../post/read/source.ts";
import { publish, type PublishOptions, type Result } from "../post/site/publish.ts";

/** How to publish posts of this project. */
export interface PostOptions extends Omit<PublishOptions, "publication" | "today" | "warn"> {
  /** The address the posts will be at; null where it is not known. */
  readonly site: string | null;
}

/** Publishes, and says on standard error where each post is, after `verb`. */
export async function publishPosts(
  manuscripts: readonly Manuscript[],
  { site, ...options }: PostOptions,
  verb: string,
): Promise<Result> {
  const result = await publish(manuscripts, {
    ...options,
    publication: { name: "Await Lab", site },
    today: Temporal.Now.plainDateISO().toString(),
    warn: (message) => console.error(`note: ${message}`),
  });
  for (const path of result.posts) console.error(verb + shownPath(join(options.out, path)));
  for (const name of result.drafts) console.error(`${name}: a draft; --drafts publishes it`);
  for (const key of result.outdated) {
    const name = shownPath(join(options.out, key));
    console.error(`${name}: other posts stand before or after it now; publish it again`);
  }
  return result;
}
