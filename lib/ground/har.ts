/** HTTP archives, as browsers save them: what of one is read. */

/** An entry of the HTTP Archive format, version 1.2 (W3C draft of 2012); any value may be missing. */
export interface HarEntry {
  readonly startedDateTime?: unknown;
  readonly time?: unknown;
  readonly connection?: unknown;
  readonly request: {
    readonly method?: unknown;
    readonly url?: unknown;
    readonly headers?: unknown;
    readonly postData?: unknown;
  };
  readonly response: {
    readonly headers?: unknown;
    readonly status?: unknown;
    readonly content: { readonly size?: unknown; readonly mimeType?: unknown };
    readonly bodySize?: unknown;
    readonly _transferSize?: unknown;
    /** Why it failed, in Chromium's words and in Playwright's. */
    readonly _error?: unknown;
    readonly _failureText?: unknown;
  };
  readonly timings: Readonly<Record<string, unknown>>;
  /** Whether the cache answered, in Chromium's words and in Safari's. */
  readonly _fromCache?: unknown;
  readonly _fetchType?: unknown;
  readonly serverIPAddress?: unknown;
}

/** Whether a text begins as a HAR does. */
export const isHar = (text: string): boolean => /^\s*\{\s*"log"\s*:/.test(text.slice(0, 1000));

/**
 * The entries of a HAR, in their order.
 * @param wrong makes the error of what is wrong with it, in words that go on from its name
 */
export function harEntries(text: string, wrong: (what: string) => Error): readonly HarEntry[] {
  let entries;
  try {
    entries = JSON.parse(text)?.log?.entries;
  } catch {
    // What JSON.parse says quotes the text, which may hold secrets.
    throw wrong("is cut off, or not JSON");
  }
  if (!Array.isArray(entries)) throw wrong("is a HAR without a list of entries");
  return entries.map((entry) => {
    const { request, response, timings, ...rest } = Object(entry);
    const answer = { ...response, content: Object(response?.content) };
    return { ...rest, request: Object(request), response: answer, timings: Object(timings) };
  });
}
