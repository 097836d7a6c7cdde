import type { Secrets } from "../ground/secrets.ts";
import type { Ask } from "./asks.ts";
import { ENCODINGS, type Leaving } from "./line.ts";

/** By this a host knows who asks. */
const AGENT = "AwaitLab/1.0 (records latencies, one request at a time)";

/**
 * A request as it leaves: only now are the variables that it names looked up.
 *
 * @param documents whether bodies are kept, which then come as they are
 * @throws {Error} naming a variable that is not set
 */
export function departing(ask: Ask, secrets: Secrets, documents: boolean): Leaving {
  const headers: Record<string, string> = {
    "accept-encoding": documents ? "identity" : ENCODINGS,
  };
  for (const [name, value] of ask.headers) {
    const filled = secrets.fill(value, `record: header ${name}`);
    headers[name] = filled.replace(/^Basic (.*:.*)$/i, (_, login) => {
      const base64 = new TextEncoder().encode(login).toBase64();
      secrets.add(base64);
      return `Basic ${base64}`;
    });
  }
  const own = headers["user-agent"];
  headers["user-agent"] = own === undefined ? AGENT : `${own} ${AGENT}`;
  return {
    path: secrets.fill(ask.url.pathname + ask.url.search, "record: url", encodeURIComponent),
    method: ask.method,
    headers,
    body: ask.body === null ? null : secrets.fill(ask.body, "record: body"),
  };
}
