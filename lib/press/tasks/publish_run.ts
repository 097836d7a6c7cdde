import { NotebookError } from "../notebook/notebook.ts";
import type { RunRequest } from "./run_options.ts";
import type { JobResult } from "./session.ts";
import { shownPath } from "../notebook/find_notebooks.ts";
import { join } from "node:path";

/**
 * Publishes the notebooks that were run to their end, and says where their posts are. `all` is
 * whether they are all there are. Returns whether it could; why not has then been said.
 */
export async function publishRun(
  results: readonly JobResult[],
  { posts, out, names }: RunRequest,
  say: (line: string) => void,
): Promise<boolean> {
  const done = results.filter(({ status }) => status === "done");
  if (posts.targets.length === 0 || done.length === 0) return true;
  // The runner starts without what posts are made with.
  const { publish } = await import("../post/site/publish.ts");
  const { ClashError } = await import("../post/site/write_site.ts");
  const { NAME, today } = await import("./publish_options.ts");
  try {
    const result = await publish(
      done.map(({ job }) => ({ file: job.target, name: job.name, original: job.file })),
      {
        out,
        targets: posts.targets,
        publication: { name: NAME, site: posts.site },
        drafts: posts.drafts,
        strict: false,
        all: names.length === 0 && done.length === results.length,
        today: today(),
        warn: (message) => say(`note: ${message}`),
      },
    );
    for (const path of result.posts) say(`published ${shownPath(join(out, path))}`);
    for (const name of result.drafts) say(`${name}: a draft; --drafts publishes it`);
    for (const key of result.outdated) {
      say(`${shownPath(join(out, key))}: other posts stand before or after it now`);
    }
    return true;
  } catch (error) {
    if (!(error instanceof ClashError || error instanceof NotebookError)) throw error;
    say(error.message);
    return false;
  }
}
