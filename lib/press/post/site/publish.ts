import { basename, dirname, relative, sep } from "node:path";
import { codeCells, isRun, type Notebook, NotebookError } from "../../notebook/notebook.ts";
import { withInjected } from "../../notebook/parameters.ts";
import { readNotebook } from "../../notebook/parse_notebook.ts";
import { atomFeed } from "./atom.ts";
import { frontOf } from "../read/front_matter.ts";
import type { FrontMatter } from "../read/front_matter.ts";
import { indexPage } from "./index_page.ts";
import type { Place } from "../read/post.ts";
import type { Publication } from "../page/publication.ts";
import { cardOf, type Files, filesOf } from "./publication_files.ts";
import type { Target } from "./targets.ts";
import type { Entry, Made, Published } from "./published.ts";
import { readPost } from "../read/read_post.ts";
import { hashOf, readPublished, writeSite, type Written } from "./write_site.ts";
import type { Source } from "../read/source.ts";

/** A notebook to publish. */
export interface Manuscript {
  /** The notebook that has the outputs; messages call it `name`. */
  readonly file: string;
  readonly name: string;
  /** The notebook people edit: what it is known by, and where its pictures are. */
  readonly original: string;
}

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

/** What publishing did. */
export interface Result extends Written {
  /** Paths of the posts below OUT, by target. */
  readonly posts: readonly string[];
  /** Names of the notebooks that were left out as drafts. */
  readonly drafts: readonly string[];
}

/**
 * Publishes executed notebooks: posts below `out`, their index and feed.
 *
 * @throws {NotebookError} for a notebook that cannot be a post, before anything is written.
 * @throws {ClashError} for a file in the way, before anything is written.
 */
export async function publish(
  manuscripts: readonly Manuscript[],
  options: PublishOptions,
): Promise<Result> {
  const { out, targets, publication, drafts, strict, today } = options;
  const before = readPublished(out);
  const sources = manuscripts.map((manuscript) => readSource(manuscript, out));
  const fronts = sources.map((source) =>
    frontOf(source, strict, today, (problem) => options.warn(`${source.name}: ${problem}`))
  );
  const shown = sources.map((source, i) => ({ source, front: fronts[i] }))
    .filter(({ front }) => drafts || !front.draft);
  const hidden = sources.filter((source) => !shown.some((post) => post.source === source));
  const posts: Record<string, Published["posts"][string]> = {};
  for (const [key, post] of Object.entries(before.posts)) {
    const gone = options.all || sources.some((source) => source.key === key);
    if (!gone && (drafts || !post.entry.draft)) posts[key] = post;
  }
  // A post that one of the targets does not have cannot be led to: Jekyll's build would end there.
  const places = new Map<string, Place>(
    [
      ...Object.entries(posts).filter(([, { files }]) => targets.every((name) => files[name])).map((
        [key, { entry }],
      ) => [key, entry] as const),
      ...shown.map(({ source, front }) => [source.key, front] as const),
    ],
  );
  checkSlugs(shown, posts);
  const files: Files = new Map();
  const made: string[] = [];
  for (const { source, front } of shown) {
    const say = (problem: string) => options.warn(`${source.name}: ${problem}`);
    if (front.date > today && (targets.includes("hugo") || targets.includes("jekyll"))) {
      say(`its date is ${front.date}: until then Hugo and Jekyll leave it out of a site`);
    }
    if (isUnrun(source.notebook)) say("none of its cells has been run: the post has no outputs");
    const keys = new Map([...places.keys()].map((key) => [basename(key), key]));
    const post = await readPost(source, front, keys, say);
    const drawn = await post.cover?.png();
    const kept = keptFiles(before.posts[source.key], front);
    for (const target of targets) {
      const own = await filesOf(post, target, places, publication);
      for (const [path, bytes] of own) files.set(path, bytes);
      made.push([...own.keys()][0]);
      kept[target] = hashes(own);
    }
    const entry: Entry = { ...entryOf(front), card: drawn ? cardOf(post, drawn) : null };
    posts[source.key] = { entry, files: kept };
  }
  const entries = Object.entries(posts).sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([, { entry, files }]) => files.html ? [entry] : []);
  const site = entries.length > 0 || targets.includes("html")
    ? siteFiles(entries, publication)
    : [];
  for (const [path, bytes] of site) files.set(path, bytes);
  const after: Published = { version: 1, posts, site: hashes(new Map(site)) };
  return {
    ...writeSite(out, files, before, after),
    posts: made,
    drafts: hidden.map(({ name }) => name),
  };
}

function readSource({ file, name, original }: Manuscript, out: string): Source {
  const key = relative(out, original).split(sep).join("/");
  return {
    key,
    file: original,
    name,
    notebook: withInjected(readNotebook(file, name)),
    folder: dirname(original),
  };
}

/** Whether there are cells to run and no trace of a run, as after a commit without outputs. */
function isUnrun(notebook: Notebook): boolean {
  return notebook.cells.some(isRun) &&
    codeCells(notebook).every((cell) => cell.execution_count === null && cell.outputs.length === 0);
}

function checkSlugs(
  shown: readonly { source: Source; front: FrontMatter }[],
  others: Published["posts"],
): void {
  const owners = new Map(Object.entries(others).map(([key, { entry }]) => [entry.slug, key]));
  for (const { source, front: { slug } } of shown) {
    const owner = owners.get(slug);
    if (owner !== undefined) {
      throw new NotebookError(source.name, `its slug ${JSON.stringify(slug)} is that of ${owner}`);
    }
    owners.set(slug, source.name);
  }
}

/** What was made for other targets stays, unless the post has moved since. */
function keptFiles(before: Published["posts"][string] | undefined, { slug, date }: FrontMatter) {
  const moved = before?.entry.slug !== slug || before.entry.date !== date;
  const kept: Partial<Record<Target, Made>> = moved ? {} : { ...before.files };
  return kept;
}

function entryOf({ slug, title, description, date, tags, author, draft, lang }: FrontMatter) {
  return { slug, title, description, date, tags, author, draft, lang };
}

function siteFiles(entries: readonly Entry[], publication: Publication): [string, Uint8Array][] {
  const text = new TextEncoder();
  return [
    ["index.html", text.encode(indexPage(entries, publication))],
    ["atom.xml", text.encode(atomFeed(entries, publication))],
  ];
}

function hashes(files: Files): Made {
  return Object.fromEntries([...files].map(([path, bytes]) => [path, [hashOf(bytes)]]));
}
