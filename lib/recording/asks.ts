import { attempt } from "../ground/attempt.ts";
import { Kind, refuse } from "../ground/options.ts";
import {
  decoded,
  isSecret,
  isSecretHeader,
  isSecretParameter,
  maskedUrl,
  Secrets,
  variablesIn,
} from "../ground/secrets.ts";

/** A request to record, as somebody writes it: its URL, or that and more. */
export type Asked = string | {
  readonly url: string;
  /** GET where nothing is sent, else POST. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent: text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** A GraphQL query, which is sent by POST, with its variables. */
  readonly graphql?: { readonly query: string; readonly variables?: unknown };
};

/** What may hold a secret, and so is not shown where it is of another kind. */
class Unshown<T> extends Kind<T> {
  override check(of: string, name: string, value: unknown): T {
    if (value === undefined || this.typed(value)) return super.check(of, name, value);
    throw new TypeError(`${of}: ${name} must be ${this.must}`);
  }
}

/** Headers, as `fetch` takes them in an object; none by default. */
export const HEADERS = new Unshown<Readonly<Record<string, string>>>(
  "names with texts, as HTTP allows them",
  (value) =>
    typeof value === "object" && value !== null &&
    Object.entries(value).every(([name, text]) =>
      /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof text === "string" &&
      /^[\t -~\x80-\xff]*$/.test(text)
    ),
  undefined,
  undefined,
  [{}],
);
const ASKED = new class extends Unshown<Asked> {
  override check(of: string, name: string, value: unknown): Asked {
    const asked = super.check(of, name, value);
    HEADERS.check(of, `${name}.headers`, Object(asked).headers);
    return asked;
  }
}(
  "a URL or { url, method, headers, body, graphql }",
  (value) => [value, Object(value).url].some((each) => typeof each === "string"),
);
/** Requests; none by default. */
export const REQUESTS = new Unshown<readonly Asked[]>("a list", Array.isArray, undefined, ASKED, [
  [],
]);

/** A request to record. Variables that it names are not filled in yet. */
export interface Ask {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
  /** What is asked for on a replay: without secrets, and no other request's. */
  readonly path: string;
}

/** The requests to record, each with a path of its own. */
export class Asks {
  readonly list: Ask[] = [];
  /** What they hold that is not to be seen. */
  readonly secrets = new Secrets();
  readonly #headers: Readonly<Record<string, string>>;
  readonly #paths = new Map<string, Ask>();

  /** @param headers of each request, which its own come before */
  constructor(headers: Readonly<Record<string, string>>) {
    this.#headers = headers;
  }

  /** Adds one, unless the very same is there already. */
  add(asked: Asked, of: string): void {
    const ask = this.#read(typeof asked === "string" ? { url: asked } : asked, of);
    const [first] = this.list;
    if (first && first.url.origin !== ask.url.origin) {
      const must = `of one host, ${first.url.origin}: record another host apart`;
      refuse("record", of, must, ask.url.origin);
    }
    for (let n = 1;; n++) {
      const path = n === 1 ? ask.path : `${ask.path}${ask.url.search ? "&" : "?"}lab-request=${n}`;
      const other = this.#paths.get(path);
      if (other && same(other, ask)) return;
      if (other) continue;
      const own = { ...ask, path };
      this.#paths.set(path, own);
      this.list.push(own);
      return;
    }
  }

  #read(asked: Exclude<Asked, string>, of: string): Ask {
    const url = URL.parse(asked.url);
    if (url === null || !/^https?:$/.test(url.protocol)) {
      // A URL that cannot be read may hold a secret all the same.
      refuse("record", of, "a URL that begins with http:// or https://", maskedUrl(asked.url));
    }
    const { graphql } = asked;
    const content = graphql === undefined ? asked.body : { variables: {}, ...graphql };
    const json = content !== undefined && typeof content !== "string";
    const text = json
      ? attempt(() => JSON.stringify(content))
      : content as string | undefined ?? null;
    if (text === undefined) throw new TypeError(`record: ${of} has a body that JSON cannot write`);
    // A GraphQL query's own variables begin with a dollar too, and are no environment's.
    const body = graphql === undefined ? text : withoutDollars(text!, graphql.query);
    const headers = new Headers(json ? { "Content-Type": "application/json" } : {});
    for (const each of [this.#headers, asked.headers ?? {}]) {
      for (const [name, value] of Object.entries(each)) headers.set(name, value);
    }
    if (url.username || url.password) {
      const login = [url.username, url.password].map(decoded).join(":");
      headers.set("authorization", `Basic ${login}`);
      this.secrets.add(decoded(url.password));
    }
    [url.username, url.password, url.hash] = ["", "", ""];
    this.#hide(url, headers, content);
    const method = (asked.method ?? (body === null ? "GET" : "POST")).toUpperCase();
    const path = maskedUrl(url.pathname + url.search, (name) => !isSecretParameter(name));
    return { url, method, headers: [...headers], body, path };
  }

  /** Learns which values are secrets: those that name a variable are not yet. */
  #hide(url: URL, headers: Headers, content: unknown): void {
    const hide = (value: string) => variablesIn(value).length > 0 || this.secrets.add(value);
    for (const [name, value] of url.searchParams) if (isSecretParameter(name)) hide(value);
    // As they were written, too.
    for (const pair of url.search.slice(1).split("&")) {
      const [name] = pair.split("=", 1);
      if (isSecretParameter(name)) hide(pair.slice(name.length + 1));
    }
    for (const part of url.pathname.split(/[/;]/)) {
      if (maskedUrl(`/;${part}`) !== `/;${part}`) hide(part.slice(part.indexOf("=") + 1));
    }
    for (const [name, value] of headers) {
      if (!isSecret(name, value)) continue;
      // An address, such as a Referer, has its own parts.
      const address = isSecretHeader(name) || !/^(?:https?:\/)?\//i.test(value)
        ? null
        : URL.parse(value, url);
      if (address !== null) {
        hide(decoded(address.password));
        this.#hide(address, new Headers(), undefined);
        continue;
      }
      hide(value);
      // "Bearer", a space and the secret; cookies with their names.
      for (const part of value.split(/[\s;,]+/)) hide(part.slice(part.indexOf("=") + 1) || part);
      for (const part of value.replace(/^basic /i, "").split(":")) hide(part);
    }
    const fields = typeof content === "string"
      ? attempt(() => JSON.parse(content)) ?? Object.fromEntries(new URLSearchParams(content))
      : content;
    JSON.stringify(fields, (name, value) => {
      if (typeof value === "string" && isSecretParameter(name)) hide(value);
      return value;
    });
  }
}

/** The query within a text of JSON, its dollars written otherwise: it reads as the same. */
const withoutDollars = (json: string, query: string): string => {
  const quoted = JSON.stringify(query);
  return json.replace(quoted, () => quoted.replaceAll("$", "\\u0024"));
};

const same = (a: Ask, b: Ask): boolean =>
  a.method === b.method && a.body === b.body && a.url.href === b.url.href;
