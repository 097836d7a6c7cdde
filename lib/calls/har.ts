import type { HarEntry } from "../ground/har.ts";
import { someOf } from "../ground/left_out.ts";
import { isSecretHeader } from "../ground/secrets.ts";
import { count, duration, list } from "../ground/words.ts";
import type { State } from "./call.ts";
import { numberOf } from "./quantities.ts";
import type { Reading } from "./reading.ts";

/**
 * Reads the calls of a HAR. What came out of the browser's cache, went to no host, or is a WebSocket
 * is left out. Addresses and times are read, and nothing else: no header, no cookie, no body.
 */
export function readHar(reading: Reading, entries: readonly HarEntry[]): Reading {
  const connections = new Map<string, number>();
  entries.forEach((entry, i) => {
    const where = `entry ${i + 1}`;
    const { request, response, timings } = entry;
    const url = String(request.url ?? "");
    const status = numberOf(response.status);
    if (!/^https?:/i.test(url)) return reading.leave(where, "went to no host");
    if (status === 101) return reading.leave(where, "is a WebSocket");
    // What does not apply is -1.
    const part = (name: string) => Math.max(0, numberOf(timings[name]) || 0);
    const answered = ["blocked", "dns", "connect", "send", "wait"].map(part)
      .reduce((sum, ms) => sum + ms, 0);
    const all = answered + part("receive");
    const latency = typeof entry.time === "number" || all === 0 ? numberOf(entry.time) : all;
    // Firefox does not say so: such an answer took no time and has no server's address.
    const unsaid = status > 0 && latency === 0 && !entry.serverIPAddress;
    if (entry._fromCache || /cache/i.test(String(entry._fetchType)) || unsaid) {
      return reading.leave(where, "came out of the browser’s cache");
    }
    const connection = typeof entry.connection === "string" ? entry.connection : "";
    if (connection !== "" && !connections.has(connection)) {
      connections.set(connection, connections.size);
    }
    reading.add(where, {
      method: String(request.method ?? "GET"),
      url,
      start: Date.parse(String(entry.startedDateTime)),
      latency,
      answered: status > 0 ? answered : NaN,
      blocked: numberOf(timings.blocked),
      handshake: part("dns") + part("connect"),
      status: status > 0 ? status : 0,
      bytes: [response._transferSize, response.bodySize, response.content.size].map(numberOf)
        .find((size) => size >= 0),
      state: stateOf(status, response._error ?? response._failureText),
      connection: connections.get(connection),
    });
  });
  const secret = secretsIn(entries);
  if (secret !== "") reading.say(`Not read: ${secret}.`);
  const setUp = reading.calls.reduce((sum, { handshake }) => sum + (handshake || 0), 0);
  if (setUp > 0) {
    reading.say(
      `${duration(setUp)} of ${count(reading.calls.length, "latency", "latencies")} went into ` +
        "opening connections, and counts as it was.",
    );
  }
  return reading;
}

/** What may be secret in them, counted. */
function secretsIn(entries: readonly HarEntry[]): string {
  const named = ({ headers }: { readonly headers?: unknown }) =>
    Array.isArray(headers) ? headers.map((header) => String(Object(header).name)) : [];
  const sum = (of: (entry: HarEntry) => number) => entries.reduce((n, each) => n + of(each), 0);
  const headers = sum(({ request, response }) =>
    [...named(request), ...named(response)].filter(isSecretHeader).length
  );
  const queries = sum(({ request }) => URL.parse(String(request.url))?.searchParams.size ?? 0);
  const bodies = sum(({ request }) => Number(Boolean(request.postData)));
  return list(someOf(
    [headers, "header with cookies or credentials", "headers with cookies or credentials"],
    [queries, "value of a query", "values of queries"],
    [bodies, "body", "bodies"],
  ));
}

function stateOf(status: number, error: unknown): State {
  if (status > 0 && !error) return "done";
  return /ABORTED|CANCEL/i.test(String(error ?? "")) ? "aborted" : "failed";
}
