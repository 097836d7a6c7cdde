import { join, relative } from "node:path";
import { KEEPABLE, type Keepable, readCurl } from "../ground/curl.ts";
import * as kinds from "../ground/options.ts";
import { count, list } from "../ground/words.ts";
import { type Progress, progress } from "../show/progress.ts";
import { type Asked, Asks } from "./asks.ts";
import { isThisMachine } from "./consent.ts";
import { FOLDER } from "./folders.ts";

/** What {@link record} is told: `requests`, or a `url`, or a `curl` command, and how. */
export interface RecordOptions {
  /** URLs, or requests: `{ url, method, headers, body }` or `{ url, graphql: { query, variables } }`. */
  readonly requests?: readonly Asked[];
  /** One URL; where there are `ids`, with `{id}` for each of them. */
  readonly url?: string;
  readonly ids?: readonly (string | number)[];
  /** A curl command, which may hold `{id}` too; it is read, not run. */
  readonly curl?: string;
  /** What of a curl command is sent though it may be a secret. Nothing by default. */
  readonly keep?: readonly Keepable[];
  /** Sent with each request. Secrets by the names of variables: `Bearer $API_TOKEN`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Finds the next page's URL in a page's document, or `null`; each page is recorded. */
  readonly next?: (document: never) => string | null | undefined;
  /** Pages in all, from 1; 20 by default. */
  readonly pages?: number;
  /** How often each is asked for, 1 to 10; 3 by default. */
  readonly times?: number;
  /** Between an answer and the next request, ms; 1000 by default, and 200 at least for another machine. */
  readonly pause?: number;
  /** Requests sent at most, redirects and repetitions too; 200 by default, 2,000 at most. */
  readonly most?: number;
  /** For each request, ms; 30,000 by default. */
  readonly deadline?: number;
  /** Hosts that may be asked though they are not this machine; else somebody is asked. */
  readonly agreed?: readonly string[];
  /** Whether documents are kept too; not by default. */
  readonly documents?: boolean;
  /** A file with certificates to trust besides the machine's, as PEM. */
  readonly certificates?: string;
  /** The recording's name; by default the host's and path's. */
  readonly name?: string;
  /** Where recordings lie; `notebooks/mine/recordings` by default. */
  readonly folder?: string;
  /** Whether to record anew what has been recorded under that name. */
  readonly again?: boolean;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** What a recording under another name would be mistaken for. */
const NAME = new kinds.Kind<string>(
  "letters, digits, dots, dashes and underscores",
  (value) => typeof value === "string",
  (name: string) => /^(?:[\w-][\w.-]{0,199})?$/.test(name),
);
const ASKED = new kinds.Kind<Asked>(
  "a URL or { url, method, headers, body, graphql }",
  (value) => kinds.TEXT.typed(value) || kinds.TEXT.typed((value as { url?: unknown } | null)?.url),
);
const HEADERS = new kinds.Kind<Readonly<Record<string, string>>>(
  "an object of names and texts",
  (value) =>
    typeof value === "object" && value !== null && Object.values(value).every(kinds.TEXT.typed),
);
const ID = new kinds.Kind<string | number>(
  "a text or a number",
  (value) => typeof value === "string" || typeof value === "number",
);

/** Pauses are no shorter than this for a host that is not this machine, ms. */
const SHORTEST = 200;

/** The options with nothing left open; throws a RangeError or TypeError that names a bad one. */
export function resolveRecord(options: RecordOptions) {
  const { folder, name, ...plan } = kinds.resolve("record", options, {
    requests: kinds.listOf(ASKED).or([]),
    url: kinds.TEXT.or(""),
    ids: kinds.listOf(ID).or([]),
    curl: kinds.TEXT.or(""),
    keep: kinds.listOf(kinds.oneOf(...KEEPABLE), 0).or([]),
    headers: HEADERS.or({}),
    next: kinds.func<(document: never) => string | null | undefined>().or(undefined),
    pages: kinds.whole(1, 200).or(20),
    times: kinds.whole(1, 10).or(3),
    pause: kinds.number(0, 60_000, "ms").or(1000),
    most: kinds.whole(1, 2000).or(200),
    deadline: kinds.above(0, 600_000, "ms").or(30_000),
    agreed: kinds.listOf(kinds.TEXT, 0).or([]),
    documents: kinds.BOOLEAN.or(false),
    certificates: kinds.TEXT.or(""),
    name: NAME.or(""),
    folder: kinds.TEXT.or(FOLDER),
    again: kinds.BOOLEAN.or(false),
    progress: kinds.func<Progress>().or(progress),
    signal: kinds.SIGNAL.or(new AbortController().signal),
  });
  const { asks, note } = asksOf(plan);
  const [{ url }] = asks.list;
  if (!isThisMachine(url) && plan.pause < SHORTEST) {
    kinds.refuse(
      "record",
      "pause",
      `${SHORTEST} ms or more for a host that is not this machine`,
      plan.pause,
    );
  }
  const pages = plan.next === undefined ? 1 : plan.pages;
  const many = Math.max(asks.list.length, pages) * plan.times + 1;
  if (many > plan.most) {
    const sum = `${asks.list.length} requests, ${plan.times} times each and one to warm up`;
    kinds.refuse("record", "most", `${many} or more for ${sum}`, plan.most);
  }
  const file = join(folder, `${name || nameOf(asks)}.json.gz`);
  return { ...plan, asks, notes: note, many, file: relative(Deno.cwd(), file) };
}

export type Plan = ReturnType<typeof resolveRecord>;

interface Given {
  readonly requests: readonly Asked[];
  readonly url: string;
  readonly curl: string;
  readonly ids: readonly (string | number)[];
  readonly keep: readonly Keepable[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The requests to record, and what is to be known of where they came from. */
function asksOf(
  { requests, url, curl, ids, keep, headers }: Given,
): { asks: Asks; note: string[] } {
  const given = [requests.length > 0, url !== "", curl !== ""].filter(Boolean).length;
  if (given !== 1) {
    const what = given === 0 ? "none" : given;
    throw new RangeError(`record: one of requests, url and curl is to be given, not ${what}`);
  }
  const asks = new Asks(headers);
  if (requests.length > 0) {
    requests.forEach((each, i) => asks.add(each, `requests[${i}]`));
    return { asks, note: [] };
  }
  const read = curl === "" ? { url, headers: {} } : readCurl(curl, keep, "record");
  const { method, body, dropped, ...one } = { method: undefined, body: null, dropped: {}, ...read };
  const left = Object.entries(dropped).filter(([, many]) => many > 0) as [Keepable, number][];
  if (left.some(([what]) => what === "body")) {
    throw new RangeError(
      'record: the curl command sends a body, which may hold a secret: keep: ["body"] sends it',
    );
  }
  const places = `${one.url} ${body}`.includes("{id}");
  if (places !== ids.length > 0) {
    kinds.refuse("record", "ids", places ? "given for {id}" : "left out without {id}", ids);
  }
  for (const id of ids.length > 0 ? ids : [""]) {
    const filled = one.url.replaceAll("{id}", encodeURIComponent(id));
    const sent = body === null ? {} : { body: body.replaceAll("{id}", String(id)) };
    asks.add({ ...one, ...(method === undefined ? {} : { method }), ...sent, url: filled }, "url");
  }
  const words = left.map(([what, many]) => NOUNS[what](many));
  const names = left.map(([what]) => `"${what}"`);
  const note = left.length === 0 ? [] : [
    `Left out of the curl command: ${list(words)}; keep: [${names.join(", ")}] sends them.`,
  ];
  return { asks, note };
}

const NOUNS: Readonly<Record<Keepable, (many: number) => string>> = {
  authorization: (many) => count(many, "header that gives access", "headers that give access"),
  cookies: (many) => count(many, "cookie"),
  query: (many) => count(many, "query value"),
  body: (many) => count(many, "body", "bodies"),
};

/** A name from the host and the path that the requests begin with. */
function nameOf({ list: [{ url }, ...others], secrets }: Asks): string {
  const path = others.length === 0 ? url.pathname : url.pathname.replace(/[^/]*\/?$/, "");
  const text = secrets.mask(`${url.host}${path}`);
  return text.replace(/[^\w.]+/g, "-").replace(/^[.-]+|-+$/g, "").slice(0, 100);
}
