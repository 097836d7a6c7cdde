import { codeCells, isRun, type Notebook, NotebookError } from "../../notebook/notebook.ts";
import type { Publication } from "../page/document.ts";
import type { Address } from "../read/front_fields.ts";
import { formerSlugs, type FrontMatter, frontOf } from "../read/front_matter.ts";
import { readPost } from "../read/read_post.ts";
import { type Manuscript, readSource, type Source } from "../read/source.ts";
import { atomFeed, indexPage } from "./listing.ts";
import { Places } from "./places.ts";
import { cardOf, filesOf } from "./publication_files.ts";
import {
  type Files,
  hashOf,
  type Made,
  type Published,
  readPublished,
  type Target,
  writeSite,
} from "./write_site.ts";

/** How to publish. Nothing is optional. */
export interface PublishOptions {
  readonly out: string;
  readonly targets: readonly Target[];
  readonly publication: Publication;
  readonly drafts: boolean;
  /** Whether a title and a date must be given, or are made up with a warning. */
  readonly strict: boolean;
  /** Whether these notebooks are all there are: posts of others are then removed. */
  readonly all: boolean;
  /** YYYY-MM-DD, for a notebook that gives no date. */
  readonly today: string;
  readonly warn: (message: string) => void;
}

type Posts = Published["posts"];

/** What publishing did. */
export type Result = Readonly<Awaited<ReturnType<typeof publish>>>;

/**
 * Publishes executed notebooks: posts below `out`, their index and feed.
 *
 * @throws {NotebookError} for a notebook that cannot be a post, before anything is written.
 * @throws {ClashError} for a file in the way, before anything is written.
 */
export async function publish(
  manuscripts: readonly Manuscript[],
  options: PublishOptions,
) {
  const { out, targets, publication, drafts, strict, today } = options;
  const before = readPublished(out);
  const sources = manuscripts.map((manuscript) => readSource(manuscript, out));
  const read = sources.map((source) => {
    const warn = (problem: string) => options.warn(`${source.name}: ${problem}`);
    return { source, front: frontOf(source, strict, today, warn), warn };
  });
  const shown = read.filter(({ front }) => drafts || !front.draft);
  const posts: Record<string, Posts[string]> = {};
  for (const [key, post] of Object.entries(before.posts)) {
    const gone = options.all || sources.some((source) => source.key === key);
    if (!gone && (drafts || !post.entry.draft)) posts[key] = post;
  }
  // Jekyll's build ends at a link to a post that it leaves out: a draft, one of a day to come, one
  // that was not made for it.
  const generators = targets.some((name) => name === "hugo" || name === "jekyll");
  const isLate = ({ date }: Address) => generators && date > today;
  const isThere = (post: Address & { draft: boolean }) =>
    !isLate(post) && !(generators && post.draft);
  const known = Object.entries(posts).map(([key, { entry, files }]) => {
    const published = isThere(entry) && targets.every((name) => files[name] !== undefined);
    return [key, { ...entry, published }] as const;
  });
  const own = shown.map(({ source, front }) =>
    [source.key, { ...front, published: isThere(front) }] as const
  );
  const places = new Places([...known, ...own], out, strict, today);
  checkSlugs(shown, posts);
  const files: Files = new Map();
  const made: string[] = [];
  for (const { source, front, warn } of shown) {
    if (isLate(front)) {
      warn(`its date is ${front.date}: until then Hugo and Jekyll leave it out of a site`);
    }
    if (isUnrun(source.notebook)) warn("none of its cells has been run: the post has no outputs");
    const post = await readPost(source, front, (file) => places.find(file, source.folder), warn);
    // What was made for other targets stays, unless the post has moved since.
    const { entry, files: old } = before.posts[source.key] ?? {};
    const stays = entry?.slug === front.slug && entry.date === front.date;
    const kept: Partial<Record<Target, Made>> = stays ? { ...old } : {};
    for (const target of targets) {
      const own = await filesOf(post, target, places.around(source.key), publication);
      for (const [path, content] of own) files.set(path, content);
      made.push([...own.keys()][0]);
      kept[target] = hashes(own);
    }
    const { formerly: _, others: __, ...said } = front;
    const card = await cardOf(post);
    posts[source.key] = { entry: { ...said, former: formerSlugs(front), card }, files: kept };
  }
  const entries = Object.entries(posts).sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([, { entry, files }]) => files.html ? [entry] : []);
  const site: Files = new Map();
  if (entries.length > 0 || targets.includes("html")) {
    site.set("index.html", indexPage(entries, publication));
    site.set("atom.xml", atomFeed(entries, publication));
  }
  for (const [path, content] of site) files.set(path, content);
  const after: Published = { version: 1, posts, site: hashes(site) };
  return {
    ...writeSite(out, files, before, after),
    /** Paths of the posts below OUT, by target. */
    posts: made,
    /** Names of the notebooks that were left out as drafts. */
    drafts: read.filter((each) => !shown.includes(each)).map(({ source }) => source.name),
  };
}

/** Whether there are cells to run and no trace of a run, as after a commit without outputs. */
function isUnrun(notebook: Notebook): boolean {
  return notebook.cells.some(isRun) &&
    codeCells(notebook).every((cell) => cell.execution_count === null && cell.outputs.length === 0);
}

/** Every name that leads to a post leads to one: its slug, and those that it had. */
function checkSlugs(
  shown: readonly { source: Source; front: FrontMatter }[],
  others: Posts,
): void {
  const owners = new Map(
    Object.entries(others).flatMap(([key, { entry }]) =>
      [entry.slug, ...entry.former ?? []].map((slug) => [slug, key])
    ),
  );
  for (const { source, front } of shown) {
    for (const slug of [front.slug, ...formerSlugs(front)]) {
      const owner = owners.get(slug);
      if (owner !== undefined) {
        const which = slug === front.slug ? "its slug" : "its former slug";
        throw new NotebookError(
          source.name,
          `${which} ${JSON.stringify(slug)} is that of ${owner}`,
        );
      }
      owners.set(slug, source.name);
    }
  }
}

function hashes(files: Files): Made {
  return Object.fromEntries([...files].map(([path, content]) => [path, [hashOf(content)]]));
}
