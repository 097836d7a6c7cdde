/**
 * Secrets, kept out of whatever is shown or stored. What is known to be one is masked wherever it
 * stands; what looks like one is masked by where it stands: a URL's user and query values, a header
 * that carries credentials, "Bearer" and what follows.
 */
import { attempt } from "./attempt.ts";

/** What stands for a secret. In a URL it may stand as it is. */
export const MASK = "***";

/** Headers whose values give access, or tell who somebody is. */
const HEADER =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie2?|(?:www|proxy)-authenticate|location)$|secret|token|passw|credential|session|signature|(?:api|app|access|auth|private|subscription)[-_]?key|(?<!cache|idempotency|surrogate|websocket)[-_]key$|(?:^|[-_])(?:auth|csrf|xsrf|jwt|pass|pwd|email|sid)(?:$|[-_])/i;

/** Query parameters and fields that hold a secret, by their names. */
const PARAMETER =
  /^(?:key|code|sig|sid|state|pwd|pass|auth|jwt|hmac|user|login|email|appid)$|secret|token|passw|credential|sess(?:ion|id)|signature|(?:api|app|access|auth|private|subscription)[-_]?key|[-_]key$|auth(?:$|[-_])/i;

/** A web token, signed or encrypted: parts in base64url, the first of them JSON (RFC 7515, RFC 7516). */
const WEB_TOKEN = /\beyJ[\w-]{8,}(?:\.[\w-]*){2,4}/g;

/** Whether a header's value is not to be shown: Authorization, Cookie, X-Api-Key and their kind. */
export const isSecretHeader = (name: string): boolean => HEADER.test(name.trim());

/** Whether a header holds a secret, by its name or by how its value looks. */
export const isSecret = (name: string, value: string): boolean =>
  isSecretHeader(name) || showsSecret(value);

/** Whether something in a text looks like a secret, or it is too long to tell; a variable is not one. */
export function showsSecret(text: string): boolean {
  const open = text.replace(VARIABLE, "");
  return maskedText(open) !== open;
}

/** Whether a query parameter is a secret by its name: "api_key", "access_token", "sig". */
export const isSecretParameter = (name: string): boolean => PARAMETER.test(name.trim());

/**
 * A URL that may be shown: without its user and fragment, with what is known for a secret in its path
 * and its query's values masked; those that `keep` is true of, by their names, stay. It need not be a
 * URL that anybody can parse.
 *
 * ```ts
 * maskedUrl("https://me:pw@api.example.com/items?page=2&key=abc"); // https://api.example.com/items?page=***&key=***
 * ```
 */
export function maskedUrl(url: string, keep: (name: string) => boolean = () => false): string {
  const scheme = url.match(/^(?:data|blob|javascript|file):/i)?.[0];
  if (scheme !== undefined) return scheme + MASK;
  const [shown] = withoutUser(url).split("#", 1);
  const mark = shown.indexOf("?");
  const address = (mark < 0 ? shown : shown.slice(0, mark)).replace(WEB_TOKEN, MASK).replace(
    /;([^=;/]*)=[^;/]*/g,
    (pair, name) => isSecretParameter(decoded(name)) ? `;${name}=${MASK}` : pair,
  );
  if (mark < 0) return address;
  const pairs = shown.slice(mark + 1).split("&").map((pair) => {
    const at = pair.indexOf("=");
    if (at < 0) return pair === "" ? "" : MASK;
    const name = pair.slice(0, at);
    return keep(decoded(name)) ? pair : `${name}=${MASK}`;
  });
  return `${address}?${pairs.join("&")}`;
}

/** A URL without the name and password that it begins with. */
function withoutUser(url: string): string {
  if (/^\/(?!\/)|^[?#]/.test(url)) return url;
  const whole = URL.canParse(url) && /^[a-z][a-z\d+.-]*:\/\//i.test(url);
  // Of what cannot be read, a password may hold the slash that seemed to end the host.
  const user = whole ? /^([^/]*\/\/)[^/\\?#]*@/ : /^([a-z][a-z\d+.-]*:\/\/|\/\/)?.*@/is;
  return url.replace(user, "$1");
}

/** Nobody reads more of an error, and to look for secrets in more of it would take long. */
const LONGEST = 10_000;

/** A text from elsewhere, an error's for one, without what looks like a secret; its beginning, if it is long. */
export function maskedText(text: string): string {
  const beginning = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return beginning
    .replace(/(?<![a-z\d+.-])[a-z][a-z\d+.-]*:\/\/[^\s"'`<>]+/gi, (url) => maskedUrl(url))
    .replace(/(\/[^\s"'`<>?]*)\?[^\s"'`<>]+/g, (path) => maskedUrl(path))
    .replace(/[^\r\n]+/g, withoutHeader)
    .replace(WEB_TOKEN, MASK)
    .replace(/\b(bearer|basic|digest|negotiate)\s+[\w~+/.=-]{4,}/gi, `$1 ${MASK}`)
    .replace(
      /(?<![\w-])([\w-]+)(["']?\s*[=:]\s*)("(?:[^"\\]|\\.)+"|'[^']+'|[^\s"',;&)}\]]+)/g,
      (pair, name, between, value) =>
        value !== MASK && (isSecretParameter(name) || isSecretHeader(name))
          ? `${name}${between}${MASK}`
          : pair,
    );
}

/** A line up to the value of a header that gives access; one in quotes ends where they do. */
function withoutHeader(line: string): string {
  for (
    const { 0: before, 1: name, index } of line.matchAll(/(?<![\w-])([\w-]+)["']?\s*:\s*(?!["'])/g)
  ) {
    if (isSecretHeader(name)) return line.slice(0, index + before.length) + MASK;
  }
  return line;
}

/** Values that must not be seen, as they become known; masks them in any text that is to leave. */
export class Secrets {
  readonly #values = new Set<string>();

  /** Whatever is shorter than four characters would be found everywhere. */
  add(value: string): void {
    if (value.length < 4) return;
    const bytes = new TextEncoder().encode(value);
    for (
      const form of [
        value,
        encodeURI(value),
        encodeURIComponent(value),
        new URLSearchParams({ "": value }).toString().slice(1),
        JSON.stringify(value).slice(1, -1),
        bytes.toBase64({ omitPadding: true }),
        bytes.toBase64({ alphabet: "base64url", omitPadding: true }),
      ]
    ) this.#values.add(form);
  }

  /** The text without the values, and without what else looks like a secret. */
  mask(text: string): string {
    return maskedText(this.maskKnown(text));
  }

  /** The text without the values; what is no secret by its value stays as it is. */
  maskKnown(text: string): string {
    // The longest first: one may be the beginning of another.
    const values = [...this.#values].sort((a, b) => b.length - a.length);
    return values.reduce((masked, value) => masked.replaceAll(value, MASK), text);
  }

  /** An error that says the same without them; of where it came from nothing is left but its code. */
  error(error: unknown): Error {
    const { message, name = "Error", code } = Object(error) as Partial<Error & { code: string }>;
    const masked = new Error(this.mask(message ?? String(error)));
    return Object.assign(masked, { name, ...(code === undefined ? {} : { code }) });
  }

  /**
   * A text with the variables that it names filled in, `$API_TOKEN` or `${API_TOKEN}`; the values are
   * secrets from here on. To be asked for when a request leaves, and not before.
   *
   * @param write how a value stands there: encoded, in a URL
   * @param of whose text it is, in words for the error: "record: header Authorization"
   * @throws {Error} naming a variable that is not set
   */
  fill(text: string, of: string, write = (value: string) => value): string {
    return text.replace(VARIABLE, (_, braced, bare) => {
      const name = braced ?? bare;
      const value = Deno.env.get(name);
      if (value === undefined || value.trim() === "") {
        throw new Error(`${of} names the variable ${name}, which is not set`);
      }
      this.add(value.trim());
      return write(value.trim());
    });
  }
}

/** `$NAME` or `${NAME}`, in capitals: a dollar amount is not one. */
const VARIABLE = /\$(?:\{([A-Z_][A-Z\d_]*)\}|([A-Z_][A-Z\d_]*))/g;

/** Where a variable stands for all of something: in `me:pa$SS` the dollar is the password's. */
const WHOLE = new RegExp(`(?<![^\\s:=,;"'/&?@([{])(?:${VARIABLE.source})(?![^\\s:=,;"'/&?@)\\]}])`);

/** Whether a text names a variable where its secret would stand: `Bearer $API_TOKEN`. */
export const namesVariable = (text: string): boolean => WHOLE.test(text);

/** The variables that a text names. */
export const variablesIn = (text: string): string[] =>
  [...text.matchAll(VARIABLE)].map(([, braced, bare]) => braced ?? bare);

/** A part of a URL as it was meant; one that is not well encoded, as it is. */
export function decoded(name: string): string {
  return attempt(() => decodeURIComponent(name)) ?? name;
}
