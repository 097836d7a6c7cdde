import { join, relative } from "node:path";
import { attempt } from "../ground/attempt.ts";
import { droppedInWords, KEEPABLE, type Keepable, readCurl } from "../ground/curl.ts";
import * as kinds from "../ground/options.ts";
import { isThisMachine } from "../ground/this_machine.ts";
import { count, list } from "../ground/words.ts";
import { type Progress, progress } from "../show/progress.ts";
import { type Asked, Asks, HEADERS, REQUESTS } from "./asks.ts";
import { FOLDER } from "./recording.ts";

/** What {@link record} is told: `requests`, or a `url`, or a `curl` command, and how. */
export interface RecordOptions {
  /** URLs, or requests: `{ url, method, headers, body }` or `{ url, graphql: { query, variables } }`. */
  readonly requests?: readonly Asked[];
  /** One URL; where there are `ids`, with `{id}` for each of them. A secret in it by a variable's name. */
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
const ID = new kinds.Kind<string | number>(
  "a text or a number",
  (value) => typeof value === "string" || typeof value === "number",
);

/** Pauses are no shorter than this for a host that is not this machine, ms. */
const SHORTEST = 200;

/** The options with nothing left open; throws a RangeError or TypeError that names a bad one. */
export function resolveRecord(options: RecordOptions) {
  const { folder, name, ...plan } = kinds.resolve("record", options, {
    requests: REQUESTS,
    url: kinds.TEXT.or(""),
    ids: kinds.listOf(ID).or([]),
    curl: kinds.TEXT.or(""),
    keep: kinds.listOf(kinds.oneOf(...KEEPABLE), 0).or([]),
    headers: HEADERS,
    next: kinds.func<(document: never) => string | null | undefined>().or(undefined),
    pages: kinds.whole(1, 200).or(20),
    times: kinds.whole(1, 10).or(3),
    pause: kinds.number(0, 60_000, "ms").or(1000),
    most: kinds.whole(1, 2000).or(200),
    deadline: kinds.above(0, 600_000, "ms").or(30_000),
    agreed: kinds.listOf(kinds.TEXT, 0).or<string[]>([]),
    documents: kinds.BOOLEAN.or(false),
    certificates: kinds.TEXT.or(""),
    name: NAME.or(""),
    folder: kinds.TEXT.or(FOLDER),
    again: kinds.BOOLEAN.or(false),
    progress: kinds.func<Progress>().or(progress),
    signal: kinds.SIGNAL.or(new AbortController().signal),
  });
  const { asks, notes } = asksOf(plan);
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
    const each = count(Math.max(asks.list.length, pages), "request");
    const sum = `${each}, ${count(plan.times, "time")} each and one to warm up`;
    kinds.refuse("record", "most", `${many} or more for ${sum}`, plan.most);
  }
  const certificates = pemOf(plan.certificates);
  const file = join(folder, `${name || nameOf(asks)}.json.gz`);
  return { ...plan, certificates, asks, notes, many, file: relative(Deno.cwd(), file) };
}

export type Plan = ReturnType<typeof resolveRecord>;

/** The requests to record, and what is to be known of where they came from. */
function asksOf(
  { requests, url, curl, ids, keep, headers }: Required<
    Pick<RecordOptions, "requests" | "url" | "curl" | "ids" | "keep" | "headers">
  >,
): { asks: Asks; notes: string[] } {
  const given = [requests.length > 0, url !== "", curl !== ""].filter(Boolean).length;
  if (given !== 1) {
    const what = given === 0 ? "none" : given;
    throw new RangeError(`record: one of requests, url and curl is to be given, not ${what}`);
  }
  const asks = new Asks(headers);
  requests.forEach((each, i) => asks.add(each, `requests[${i}]`));
  if (requests.length > 0) return { asks, notes: [] };
  const curled = curl === "" ? undefined : readCurl(curl, keep, "record");
  const left = curled === undefined ? new Map() : droppedInWords(curled.dropped);
  if (left.has("body")) {
    throw new RangeError(
      'record: the curl command sends a body, which may hold a secret: keep: ["body"] sends it',
    );
  }
  const address = curled?.url ?? url;
  const places = `${address} ${curled?.body}`.includes("{id}");
  if (places !== ids.length > 0) {
    kinds.refuse("record", "ids", places ? "given for {id}" : "left out without {id}", ids);
  }
  for (const id of ids.length > 0 ? ids : [""]) {
    asks.add({
      url: address.replaceAll("{id}", encodeURIComponent(id)),
      method: curled?.method,
      headers: curled?.headers,
      body: curled?.body?.replaceAll("{id}", String(id)),
    }, "url");
  }
  const names = [...left.keys()].map((what) => `"${what}"`).join(", ");
  const what = list([...left.values()]);
  return {
    asks,
    notes: left.size === 0
      ? []
      : [`Left out of the curl command: ${what}; keep: [${names}] sends them.`],
  };
}

/** The certificates of a file; "" where none is named. */
function pemOf(file: string): string {
  if (file === "") return "";
  const pem = attempt(() => Deno.readTextFileSync(file));
  if (pem?.includes("BEGIN CERTIFICATE")) return pem;
  return kinds.refuse("record", "certificates", "a file with certificates as PEM", file);
}

/** A name from the host and the path that the requests begin with. */
function nameOf({ list: [{ url }, ...others], secrets }: Asks): string {
  const path = others.length === 0 ? url.pathname : url.pathname.replace(/[^/]*\/?$/, "");
  const text = secrets.mask(`${url.host}${path}`);
  return text.replace(/[^\w.]+/g, "-").replace(/^[.-]+|-+$/g, "").slice(0, 100);
}
