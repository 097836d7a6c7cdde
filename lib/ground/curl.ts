/** A curl command, as browsers and manuals give it, read as a request; it is never run. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { isSecret, namesVariable, showsSecret } from "./secrets.ts";
import { shellWords } from "./shell_words.ts";
import { count } from "./words.ts";

/** What a command may hold that gives access or tells who somebody is. */
export const KEEPABLE = ["authorization", "cookies", "query", "body"] as const;
export type Keepable = (typeof KEEPABLE)[number];

/** The request of a command. */
export interface CurlRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `null`: it has none. */
  readonly body: string | null;
  /** How many of each were left out: headers, cookies, query values, bodies. */
  readonly dropped: Readonly<Record<Keepable, number>>;
}

/** What was left out of a command, in words: "2 cookies". */
export function droppedInWords(dropped: CurlRequest["dropped"]): ReadonlyMap<Keepable, string> {
  const { authorization, cookies, query, body } = dropped;
  const words = {
    authorization: count(authorization, "header with credentials", "headers with credentials"),
    cookies: count(cookies, "cookie"),
    query: count(query, "query value"),
    body: count(body, "body", "bodies"),
  };
  return new Map(KEEPABLE.filter((what) => dropped[what] > 0).map((what) => [what, words[what]]));
}

const DATA = ["data", "data-raw", "data-binary", "data-ascii", "data-urlencode", "json"];
const valued = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
/** Options that say what is asked for, with the letter that stands for some. */
const OPTIONS: NonNullable<ParseArgsConfig["options"]> = {
  ...valued(...DATA, "url", "oauth2-bearer"),
  request: { type: "string", short: "X" },
  header: { type: "string", short: "H" },
  data: { type: "string", short: "d" },
  cookie: { type: "string", short: "b" },
  user: { type: "string", short: "u" },
  "user-agent": { type: "string", short: "A" },
  referer: { type: "string", short: "e" },
  get: { type: "boolean", short: "G" },
  head: { type: "boolean", short: "I" },
  // These, and the flags below, say how curl goes about it.
  ...valued("connect-timeout", "retry", "retry-delay", "max-redirs"),
  output: { type: "string", short: "o" },
  "max-time": { type: "string", short: "m" },
  "write-out": { type: "string", short: "w" },
  "cookie-jar": { type: "string", short: "c" },
};
const ASIDE =
  /^(?:[iksSvLgf#N0-46]|insecure|location(?:-trusted)?|silent|show-error|verbose|compressed|include|globoff|fail(?:-with-body)?|no-buffer|http[\d.]+|tlsv[\d.]+|progress-bar|path-as-is|ipv[46])$/;

/**
 * Reads a curl command. Authorization, cookies, query values and the body are left out unless `keep`
 * names them, or they name a variable instead of a value: `-H "Authorization: Bearer $API_TOKEN"`.
 * A Referer loses its login and its query whatever `keep` names.
 *
 * @param of whose argument it is, for the errors: "record"
 * @throws {RangeError} for what is not a curl command, or does what is not known here
 */
export function readCurl(command: string, keep: readonly Keepable[], of: string): CurlRequest {
  const wrong = (what: string) => new RangeError(`${of}: the curl command ${what}`);
  const [name, ...words] = shellWords(command, wrong);
  if (!/^(?:.*[\\/])?curl(?:\.exe)?$/.test(name ?? "")) throw wrong('must begin with "curl"');
  const given = optionsOf(words, wrong);
  const [url, ...others] = given.filter(([name]) => name === "url").map(([, value]) => value);
  if (url === undefined) throw wrong("names no URL");
  if (others.length > 0) throw wrong(`asks for ${1 + others.length} URLs: give one`);
  const dropped = { authorization: 0, cookies: 0, query: 0, body: 0 };
  const kept = (what: Keepable, value: string) => {
    const open = namesVariable(value) || value.includes("{id}");
    if (keep.includes(what) || open && (what !== "body" || !showsSecret(value))) return true;
    dropped[what]++;
    return false;
  };
  const headers: Record<string, string> = {};
  const reads = (name: string, value: string) =>
    name === "cookie" ? !value.includes("=") : name === "header" && value.startsWith("@");
  if (given.some(([name, value]) => reads(name, value))) throw wrong(FILE);
  for (const [name, written] of headersOf(given)) {
    // Nobody who asks needs to say more of where a browser was before.
    const value = /^referer$/i.test(name) ? withKept(written, () => false) : written;
    if (name.toLowerCase() === "cookie") {
      const cookies = value.split(/;\s*/).filter((cookie) => kept("cookies", cookie));
      if (cookies.length > 0) headers[name] = cookies.join("; ");
    } else if (!isSecret(name, value) || kept("authorization", value)) headers[name] = value;
  }
  const data = given.filter(([name]) => DATA.includes(name)).map(([name, value]) => {
    // Of what is to be encoded, a name may stand before the file's.
    const file = name === "data-urlencode" ? /^[^=]*@/ : /^@/;
    if (file.test(value) && name !== "data-raw") throw wrong(FILE);
    return name === "data-urlencode" ? urlEncoded(value) : value;
  }).join("&");
  const json = given.some(([name]) => name === "json");
  const has = (flag: string) => given.some(([name]) => name === flag);
  const asQuery = has("get") && data !== "";
  const address = asQuery ? `${url}${url.includes("?") ? "&" : "?"}${data}` : url;
  const body = data === "" || asQuery || !kept("body", data) ? null : data;
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  if (body !== null && !typed) headers["Content-Type"] = json ? "application/json" : FORM;
  const method = given.findLast(([name]) => name === "request")?.[1] ??
    (has("head") ? "HEAD" : data !== "" && !asQuery ? "POST" : "GET");
  return { url: withKept(address, kept), method: method.toUpperCase(), headers, body, dropped };
}

const FILE = "reads a file, which is not done";
const FORM = "application/x-www-form-urlencoded";

/** Options with their values, by their long names; what is no option is a URL. */
function optionsOf(args: string[], wrong: (what: string) => Error): [string, string][] {
  const { tokens } = parseArgs({ args, options: OPTIONS, strict: false, tokens: true });
  return tokens!.flatMap((token): [string, string][] => {
    if (token.kind !== "option") return token.kind === "positional" ? [["url", token.value]] : [];
    const { name, rawName, value } = token;
    if (Object.hasOwn(OPTIONS, name)) {
      if (OPTIONS[name].type === "boolean") return [[name, ""]];
      if (value === undefined) throw wrong(`ends where ${name} wants a value`);
      return [[name, value]];
    }
    if (!ASIDE.test(name)) throw wrong(`has ${rawName}, which is not known here`);
    return [];
  });
}

function headersOf(given: readonly [string, string][]): [string, string][] {
  return given.flatMap(([option, value]): [string, string][] => {
    if (option === "cookie") return [["Cookie", value]];
    if (option === "user-agent") return [["User-Agent", value]];
    if (option === "referer") return [["Referer", value]];
    if (option === "oauth2-bearer") return [["Authorization", `Bearer ${value}`]];
    if (option === "user") return [["Authorization", `Basic ${value}`]];
    const colon = value.indexOf(":");
    if (option !== "header" || colon < 1) return [];
    const name = value.slice(0, colon).trim();
    // HTTP/2's own, and what a client says of itself and its connection.
    const own = /^(?::.*|host|content-length|connection|accept-encoding|transfer-encoding)$/i;
    return own.test(name) ? [] : [[name, value.slice(colon + 1).trim()]];
  });
}

/** The address with what of its user and its query values is kept; without any, without its query. */
function withKept(url: string, kept: (what: Keepable, value: string) => boolean): string {
  const [whole] = url.split("#", 1);
  const address = whole.replace(
    /^([a-z][a-z\d+.-]*:\/\/)([^/?]*)@/i,
    (login, scheme, user) => kept("authorization", user) ? login : scheme,
  );
  const mark = address.indexOf("?");
  if (mark < 0) return address;
  const pairs = address.slice(mark + 1).split("&").filter((pair) => pair && kept("query", pair));
  return address.slice(0, mark) + (pairs.length === 0 ? "" : `?${pairs.join("&")}`);
}

function urlEncoded(value: string): string {
  const at = value.indexOf("=");
  return `${value.slice(0, at + 1)}${encodeURIComponent(value.slice(at + 1))}`;
}
