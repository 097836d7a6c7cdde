/** The requests that somebody wants recorded, as code of a notebook: with no secret in it. */
import { droppedInWords, readCurl } from "../../ground/curl.ts";
import { someOf } from "../../ground/left_out.ts";
import {
  decoded,
  isSecret,
  isSecretParameter,
  maskedUrl,
  namesVariable,
  showsSecret,
} from "../../ground/secrets.ts";
import { isThisMachine } from "../../ground/this_machine.ts";
import { UsageError } from "../../ground/usage.ts";
import { list } from "../../ground/words.ts";
import { type Kept, readHar } from "./own_har.ts";

/** What a notebook is to record. */
export interface Requests {
  /** Options of `record`, a line or more each, ending with a comma. */
  readonly code: string;
  /** Where they come from, in words: "a curl command". */
  readonly from: string;
  /** What is to be told: what was left out, and what to do about it. */
  readonly notes: readonly string[];
}

const PLACE = /\{(\w+)\}/;

/**
 * An address, with a place for ids, and headers.
 *
 * @throws {UsageError} for what is no address, for ids without a place for them, and for a secret
 * that is written out
 */
export function fromAddress(
  url: string,
  ids: readonly string[],
  headers: readonly string[],
): Requests {
  const address = openAddress("--url", url);
  const [, place] = PLACE.exec(address) ?? [];
  if (place === undefined && ids.length > 0) throw new UsageError(`--url has no {id} for --ids`);
  if (place !== undefined && ids.length === 0) {
    throw new UsageError(`--url has {${place}}: say with --ids what to put in, e.g. --ids 1,2,3`);
  }
  const numbers = ids.every((id) => /^\d{1,15}$/.test(id));
  const given = Object.fromEntries(headers.map((line) => {
    const at = line.indexOf(":");
    if (at < 1) throw new UsageError(`--header wants "Name: value"`);
    const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (isSecret(name, value) && !namesVariable(value)) {
      throw new UsageError(
        `--header: ${name} holds a secret, which must not get into a notebook. Put it into a ` +
          `variable, and name that: --header '${name}: … $API_TOKEN'`,
      );
    }
    return [name, value];
  }));
  const lines = place === undefined
    ? [`requests: [${literal(address)}]`]
    : [`url: ${literal(address)}`, `ids: ${literal(numbers ? ids.map(Number) : ids)}`];
  if (headers.length > 0) lines.push(`headers: ${literal(given)}`);
  return { code: written(lines, [address]), from: "an address", notes: [] };
}

/**
 * What a curl command asks for.
 *
 * @throws {UsageError} for a command that cannot be read
 */
export function fromCurl(command: string, keep: readonly Kept[]): Requests {
  let request;
  try {
    request = readCurl(command, keep, "--curl");
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { method, body, dropped } = request;
  if (showsSecret(body ?? "")) throw new UsageError(`--curl: its body holds a ${UNWRITTEN}`);
  const all = Object.entries(request.headers);
  const headers = Object.fromEntries(all.filter(([name]) => !BROWSERS.test(name)));
  const aside = all.length - Object.keys(headers).length;
  const url = openAddress("--curl", request.url);
  const own = {
    url,
    ...(method === (body === null ? "GET" : "POST") ? {} : { method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === null ? {} : { body }),
  };
  const notes = leftOut([
    ...droppedInWords(dropped).values(),
    ...someOf([aside, "header that is the browser’s own", "headers that are the browser’s own"]),
  ]);
  const code = written([`requests: [${literal(own)}]`], [url], dropped.authorization > 0);
  return { code, from: "a curl command", notes };
}

/**
 * What the HAR in a file asked one host for.
 *
 * @throws {UsageError} for a file that is no HAR, or that has nothing to ask for
 */
export function fromHar(file: string, keep: readonly Kept[], host: string | undefined): Requests {
  const { requests, left } = readHar(file, keep, host);
  const own = requests.map(({ url, method, body }) => {
    const open = openAddress("--har", url);
    return method === "GET" ? open : { url: open, method, ...(body === null ? {} : { body }) };
  });
  const lines = own.map((each) => `    ${literal(each)},`).join("\n");
  return {
    code: written([`requests: [\n${lines}\n  ]`], requests.map(({ url }) => url)),
    from: "a HAR file",
    notes: leftOut(left),
  };
}

/** What a browser says of itself, and where somebody was before. */
const BROWSERS =
  /^(?:sec-.*|dnt|priority|pragma|cache-control|user-agent|referer|origin|upgrade-insecure-requests)$/i;

/** An address that may be written down: no login is in it, no fragment, and no known secret. */
function openAddress(option: string, address: string): string {
  const [url] = address.split("#", 1);
  const plain = URL.parse(url.replace(PLACE, "0"));
  if (plain === null || !/^https?:$/.test(plain.protocol) || /[{}$]/.test(plain.host)) {
    throw new UsageError(`${option} must have an address that begins with http:// or https://`);
  }
  const { username, password, pathname, searchParams } = plain;
  const shut = (value: string) => value !== "" && !namesVariable(decoded(value));
  const named = [...searchParams].find(([name, value]) => isSecretParameter(name) && shut(value));
  const secret = [username, password].some(shut)
    ? "the login in the address"
    : named !== undefined
    ? `?${named[0]}=…`
    : maskedUrl(pathname) !== pathname
    ? "a part of its path"
    : undefined;
  if (secret === undefined) return url;
  throw new UsageError(`${option}: ${secret} is a ${UNWRITTEN}`);
}

const UNWRITTEN =
  "secret, which must not get into a notebook. Put it into a variable, and name that: $API_KEY";

/** The lines of options; in comments, those that somebody has to fill in or to agree to first. */
function written(lines: readonly string[], urls: readonly string[], lacking = false): string {
  const url = new URL(urls[0].replace(PLACE, "0"));
  const agreed = `// agreed: [${JSON.stringify(url.host)}], // where its terms allow to ask it`;
  const headers = '// headers: { Authorization: "Bearer $API_TOKEN" }, // what was left out';
  const open = [...lacking ? [headers] : [], ...isThisMachine(url) ? [] : [agreed]];
  return lines.map((line) => `  ${line},\n`).join("") + open.map((line) => `  ${line}\n`).join("");
}

/** A value as code, as people write it. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) =>
    `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${literal(inner)}`
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function leftOut(what: readonly string[]): string[] {
  return what.length === 0 ? [] : [
    `left out: ${list(what)}. Where the API needs a secret, name a variable for it in the ` +
    'notebook, "Bearer $API_TOKEN"; --keep query,body leaves those in',
  ];
}
