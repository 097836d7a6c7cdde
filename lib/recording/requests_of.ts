import { type Keepable, readCurl } from "../ground/curl.ts";
import { refuse } from "../ground/options.ts";
import { count, list } from "../ground/words.ts";
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
    refuse("record", "ids", places ? "given for {id}" : "left out without {id}", ids);
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
