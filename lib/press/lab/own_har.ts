/** What a HAR file asked for. Of its answers nothing is read but what they are. */
import { basename } from "node:path";
import { isSecretParameter } from "../../ground/secrets.ts";
import { UsageError } from "../../ground/usage.ts";
import { count, list } from "../../ground/words.ts";

/** What may be asked not to be left out. */
export type Kept = "query" | "body";

/** A request that can be recorded. */
export interface OwnRequest {
  readonly url: string;
  readonly method: string;
  readonly body: string | null;
}

/** Requests, and in words what of them was left out. */
export interface OwnRequests {
  readonly requests: readonly OwnRequest[];
  readonly counts: readonly string[];
}

/** Of more requests, these are enough to ask a host for. */
const MOST = 50;

/** An entry as it should be; a file may hold anything. */
interface Entry {
  readonly request?: {
    readonly method?: unknown;
    readonly url?: unknown;
    readonly headers?: unknown;
    readonly postData?: { readonly text?: unknown } | null;
  } | null;
  readonly response?: { readonly content?: { readonly mimeType?: unknown } | null } | null;
}

/** A request of which the address can be read. */
interface Read extends OwnRequest {
  readonly host: string;
  readonly headers: number;
  readonly data: boolean;
}

/**
 * The requests of one host, those for data where there are any, each once, in their order. GETs, and
 * with `keep` "body" others too. Headers are left out, all of them; query values unless kept, and
 * those with the name of a secret anyway.
 *
 * @param host which one; undefined for the one with the most requests
 * @throws {UsageError} for a file that is no HAR, or that has nothing to ask for
 */
export function readHar(
  file: string,
  keep: readonly Kept[],
  host: string | undefined,
): OwnRequests {
  const name = basename(file);
  const asked = entriesOf(file, name).map(read).filter((one) => one !== undefined)
    .filter(({ method }) => method === "GET" || keep.includes("body"));
  const hosts = Map.groupBy(asked, (one) => one.host);
  const most = [...hosts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
  const own = hosts.get(host ?? most ?? "") ?? [];
  if (own.length === 0) {
    const of = hosts.size === 0 ? "there is none at all" : `there are ${list([...hosts.keys()])}`;
    throw new UsageError(`--har ${name} has no request to ${host ?? "a host"} to record: ${of}`);
  }
  const data = own.filter((one) => one.data);
  const chosen = data.length === 0 ? own : data;
  const left = { query: 0, headers: 0, bodies: 0 };
  const requests = new Map<string, OwnRequest>();
  for (const { url, method, body, headers } of chosen) {
    const kept = keep.includes("body") ? body : null;
    left.headers += headers;
    if (body !== null && kept === null) left.bodies++;
    const one = { url: withoutValues(url), method, body: kept };
    requests.set(JSON.stringify(one), one);
  }
  const all = [...requests.values()];
  return {
    requests: all.slice(0, MOST),
    counts: [
      counted(
        asked.length - chosen.length,
        "request for something else",
        "requests for something else",
      ),
      counted(all.length - MOST, "request past the first fifty", "requests past the first fifty"),
      counted(left.headers, "header"),
      counted(left.query, "query value"),
      counted(left.bodies, "body", "bodies"),
    ],
  };

  function withoutValues(url: string): string {
    const { origin, pathname, searchParams } = new URL(url);
    const kept = [...searchParams].filter(([name]) =>
      keep.includes("query") && !isSecretParameter(name)
    );
    left.query += searchParams.size - kept.length;
    return origin + pathname + (kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`);
  }
}

function read({ request, response }: Entry): Read | undefined {
  const { method, url, headers, postData } = request ?? {};
  if (typeof url !== "string" || !/^https?:/i.test(url) || !URL.canParse(url)) return undefined;
  const text = postData?.text;
  return {
    url,
    host: new URL(url).host,
    method: typeof method === "string" ? method.toUpperCase() : "GET",
    body: typeof text === "string" ? text : null,
    headers: Array.isArray(headers) ? headers.length : 0,
    data: /json/i.test(String(response?.content?.mimeType)),
  };
}

const counted = (n: number, one: string, many?: string) => n <= 0 ? "" : count(n, one, many);

function entriesOf(file: string, name: string): Entry[] {
  let text;
  try {
    text = Deno.readTextFileSync(file);
  } catch (error) {
    throw new UsageError(`--har ${name} cannot be read: ${(error as Error).message}`);
  }
  let entries;
  try {
    entries = JSON.parse(text.replace(/^\uFEFF/, "")).log.entries;
  } catch {
    // What is wrong is said below.
  }
  if (!Array.isArray(entries)) throw new UsageError(`--har ${name} is no HAR, or cut off`);
  return entries.map((entry) => Object(entry));
}
