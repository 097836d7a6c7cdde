/** What a HAR file asked for. Of its answers nothing is read but what they are. */
import { basename } from "node:path";
import { harEntries } from "../../ground/har.ts";
import { someOf } from "../../ground/left_out.ts";
import { isSecretParameter, maskedUrl, showsSecret } from "../../ground/secrets.ts";
import { UsageError } from "../../ground/usage.ts";
import { list } from "../../ground/words.ts";

/** What may be asked not to be left out. */
export type Kept = "query" | "body";

/** Of more requests, these are enough to ask a host for. */
const MOST = 50;

/**
 * The requests of one host, those for data where there are any, each once, in their order; and in
 * words what was left out. GETs, and with `keep` "body" others too. Headers are left out, all of them;
 * query values unless kept, and those with the name of a secret anyway; requests with a secret in
 * their path or in a body that is kept.
 *
 * @param host which one; undefined for the one with the most requests
 * @throws {UsageError} for a file that is no HAR, or that has nothing to ask for
 */
export function readHar(
  file: string,
  keep: readonly Kept[],
  host: string | undefined,
) {
  const name = basename(file);
  const all = requestsIn(file, name).filter(({ method }) =>
    method === "GET" || keep.includes("body")
  );
  const asked = all.filter(({ url: { pathname }, body }) =>
    maskedUrl(pathname) === pathname && !(keep.includes("body") && showsSecret(body ?? ""))
  );
  const hosts = Map.groupBy(asked, ({ url }) => url.host);
  const most = [...hosts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
  const own = hosts.get(host ?? most ?? "") ?? [];
  if (own.length === 0) {
    const of = hosts.size === 0 ? "there is none at all" : `there are ${list([...hosts.keys()])}`;
    throw new UsageError(`--har ${name} has no request to ${host ?? "a host"} to record: ${of}`);
  }
  const data = own.filter(({ type }) => /json/i.test(type));
  const chosen = data.length === 0 ? own : data;
  let values = 0;
  const requests = new Map<string, { url: string; method: string; body: string | null }>();
  for (const { url: { origin, pathname, searchParams }, method, body } of chosen) {
    const kept = [...searchParams].filter(([name]) =>
      keep.includes("query") && !isSecretParameter(name)
    );
    values += searchParams.size - kept.length;
    const query = kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
    const url = origin + pathname + query;
    const one = { url, method, body: keep.includes("body") ? body : null };
    requests.set(JSON.stringify(one), one);
  }
  const headers = chosen.reduce((sum, { headers }) => sum + headers, 0);
  const bodies = keep.includes("body") ? 0 : chosen.filter(({ body }) => body !== null).length;
  const each = [...requests.values()];
  return {
    requests: each.slice(0, MOST),
    left: someOf(
      [asked.length - chosen.length, "request for something else", "requests for something else"],
      [each.length - MOST, "request past the first fifty", "requests past the first fifty"],
      [all.length - asked.length, "request with a secret", "requests with a secret"],
      [headers, "header"],
      [values, "query value"],
      [bodies, "body", "bodies"],
    ),
  };
}

/** The requests whose address can be read. */
function requestsIn(file: string, name: string) {
  let text;
  try {
    text = Deno.readTextFileSync(file).replace(/^\uFEFF/, "");
  } catch (error) {
    throw new UsageError(`--har ${name} cannot be read: ${(error as Error).message}`);
  }
  const entries = harEntries(text, () => new UsageError(`--har ${name} is no HAR, or cut off`));
  return entries.flatMap(({ request: { method, url, headers, postData }, response }) => {
    const address = typeof url === "string" ? URL.parse(url) : null;
    const socket = response.status === 101;
    if (address === null || !/^https?:$/.test(address.protocol) || socket) return [];
    const { text } = Object(postData) as { text?: unknown };
    return [{
      url: address,
      method: typeof method === "string" ? method.toUpperCase() : "GET",
      body: typeof text === "string" ? text : null,
      headers: Array.isArray(headers) ? headers.length : 0,
      type: String(response.content.mimeType),
    }];
  });
}
