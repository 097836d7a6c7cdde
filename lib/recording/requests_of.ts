import { droppedInWords, type Keepable, readCurl } from "../ground/curl.ts";
import { refuse } from "../ground/options.ts";
import { list } from "../ground/words.ts";
import { type Asked, Asks } from "./asks.ts";

interface Given {
  readonly requests: readonly Asked[];
  readonly url: string;
  readonly curl: string;
  readonly ids: readonly (string | number)[];
  readonly keep: readonly Keepable[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The requests to record, and what is to be known of where they came from. */
export function asksOf(
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
  const read = curl === "" ? null : readCurl(curl, keep, "record");
  const one = { url: read?.url ?? url, headers: read?.headers ?? {} };
  const { method, body } = read ?? { method: undefined, body: null };
  const left = read === null ? new Map() : droppedInWords(read.dropped);
  if (left.has("body")) {
    throw new RangeError(
      'record: the curl command sends a body, which may hold a secret: keep: ["body"] sends it',
    );
  }
  const places = `${one.url} ${body}`.includes("{id}");
  if (places !== ids.length > 0) {
    refuse("record", "ids", places ? "given for {id}" : "left out without {id}", ids);
  }
  for (const id of ids.length > 0 ? ids : [""]) {
    const filled = one.url.replaceAll("{id}", encodeURIComponent(id));
    const sent = body === null ? {} : { body: body.replaceAll("{id}", String(id)) };
    asks.add({ ...one, ...(method === undefined ? {} : { method }), ...sent, url: filled }, "url");
  }
  const names = [...left.keys()].map((what) => `"${what}"`);
  const note = left.size === 0 ? [] : [
    `Left out of the curl command: ${list([...left.values()])}; keep: [${
      names.join(", ")
    }] sends them.`,
  ];
  return { asks, note };
}

/** Checks what may hold secrets, and so is not shown in an error. */
export function checkUnshown(options: Partial<Pick<Given, "requests" | "headers">>): void {
  const { requests = [], headers = {} } = Object(options) as typeof options;
  const wrong = (name: string, must: string) => new TypeError(`record: ${name} must be ${must}`);
  if (!Array.isArray(requests)) throw wrong("requests", "a list");
  if (!areHeaders(headers)) throw wrong("headers", SENDABLE);
  for (const [i, each] of (requests as readonly Asked[]).entries()) {
    const request = typeof each === "string" ? { url: each } : each;
    if (typeof request?.url !== "string") {
      throw wrong(`requests[${i}]`, "a URL or { url, method, headers, body, graphql }");
    }
    if (!areHeaders(request.headers ?? {})) throw wrong(`requests[${i}].headers`, SENDABLE);
  }
}

const SENDABLE = "names with texts, as HTTP allows them";

function areHeaders(headers: unknown): boolean {
  const pairs = typeof headers === "object" && headers !== null
    ? Object.entries(headers)
    : [["", ""]];
  return pairs.every(([name, value]) =>
    /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof value === "string" && /^[^\p{Cc}]*$/u.test(value)
  );
}
