/** A curl command, as browsers and manuals give it, read as a request; it is never run. */
import { isSecretHeader, variablesIn } from "./secrets.ts";
import { shellWords } from "./shell_words.ts";

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

/** Options that take a value; those of one letter by the long name they stand for. */
const VALUED: Readonly<Record<string, string>> = {
  X: "request",
  H: "header",
  d: "data",
  b: "cookie",
  u: "user",
  A: "user-agent",
  e: "referer",
  o: "output",
  m: "max-time",
  w: "write-out",
  c: "cookie-jar",
};
const DATA = ["data", "data-raw", "data-binary", "data-ascii", "data-urlencode", "json"];
/** They say how curl goes about it, not what is asked for. */
const ASIDE = ["output", "max-time", "write-out", "cookie-jar", "connect-timeout", "retry"];
const TAKING = [...Object.values(VALUED), ...DATA, ...ASIDE, "url", "oauth2-bearer"];
const FLAGS: Readonly<Record<string, string>> = { G: "get", I: "head" };
const ASIDE_FLAGS =
  /^(?:[iksSvLgf#N0-3]|insecure|location|silent|show-error|verbose|compressed|include|globoff|fail(?:-with-body)?|no-buffer|http[\d.]+|tlsv[\d.]+|progress-bar|path-as-is)$/;

/**
 * Reads a curl command. Authorization, cookies, query values and the body are left out unless `keep`
 * names them, or they name a variable instead of a value: `-H "Authorization: Bearer $API_TOKEN"`.
 *
 * @param of whose argument it is, for the errors: "record"
 * @throws {RangeError} for a command that is none, or that does what is not known here
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
  const kept = (what: Keepable, value: string, many = 1) => {
    if (keep.includes(what) || variablesIn(value).length > 0 || /\{\w+\}/.test(value)) return true;
    dropped[what] += many;
    return false;
  };
  const headers: Record<string, string> = {};
  if (given.some(([name, value]) => name === "cookie" && !value.includes("="))) throw wrong(FILE);
  for (const [name, value] of headersOf(given)) {
    const cookies = name.toLowerCase() === "cookie" ? value.split(";").length : 0;
    const may = cookies > 0
      ? kept("cookies", value, cookies)
      : !isSecretHeader(name) || kept("authorization", value);
    if (may) headers[name] = value;
  }
  const data = given.filter(([name]) => DATA.includes(name)).map(([name, value]) => {
    if (value.startsWith("@") && name !== "data-raw") {
      throw wrong(FILE);
    }
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
function optionsOf(words: readonly string[], wrong: (what: string) => Error): [string, string][] {
  const given: [string, string][] = [];
  const left = [...words];
  const take = (name: string, value = left.shift()) => {
    if (value === undefined) throw wrong(`ends where ${name} wants a value`);
    given.push([name, value]);
  };
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (!word.startsWith("-") || word === "-") {
      given.push(["url", word]);
    } else if (word.startsWith("--")) {
      const name = word.slice(2);
      if (TAKING.includes(name)) take(name);
      else if (Object.values(FLAGS).includes(name)) given.push([name, ""]);
      else if (!ASIDE_FLAGS.test(name)) throw wrong(`has --${name}, which is not known here`);
    } else {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at];
        if (Object.hasOwn(VALUED, letter)) {
          take(VALUED[letter], word.slice(at + 1) || undefined);
          break;
        }
        if (Object.hasOwn(FLAGS, letter)) given.push([FLAGS[letter], ""]);
        else if (!ASIDE_FLAGS.test(letter)) throw wrong(`has -${letter}, which is not known here`);
      }
    }
  }
  return given;
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
