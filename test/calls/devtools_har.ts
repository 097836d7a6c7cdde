// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import type { CDPSession } from "npm:playwright-core@1.65.1";

/** An event of the DevTools protocol's domain Network; times in s, on the browser's own clock. */
interface Event {
  readonly requestId: string;
  readonly timestamp: number;
  readonly wallTime: number;
  readonly encodedDataLength: number;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Headers };
  readonly response: {
    readonly status: number;
    readonly connectionId: number;
    readonly fromDiskCache: boolean;
    readonly headers: Headers;
    readonly timing: Readonly<Record<string, number>>;
  };
  readonly errorText: string;
}

type Headers = Readonly<Record<string, string>>;

/** Notes what a page asks for, and makes a HAR of it as a browser's network panel exports it. */
export async function recordHar(session: CDPSession) {
  const parts = new Map<string, Partial<Record<string, Event>>>();
  for (
    const kind of ["requestWillBeSent", "responseReceived", "loadingFinished", "loadingFailed"]
  ) {
    session.on(`Network.${kind}` as "Network.loadingFinished", (event) => {
      const { requestId } = event;
      parts.set(requestId, { ...parts.get(requestId), [kind]: event as unknown as Event });
    });
  }
  await session.send("Network.enable");
  return () => {
    const [first] = [...parts.values()].flatMap(({ requestWillBeSent }) => requestWillBeSent ?? []);
    // By one clock: a machine may stall between two looks at two.
    const wall = ({ timestamp }: Event) => first.wallTime + timestamp - first.timestamp;
    const entries = [...parts.values()].flatMap((part) => {
      const { requestWillBeSent: sent, responseReceived: answered } = part;
      const ended = part.loadingFinished ?? part.loadingFailed;
      return sent && ended ? [entry(wall(sent), sent, answered, ended)] : [];
    });
    return {
      log: { version: "1.2", creator: { name: "WebInspector", version: "537.36" }, entries },
    };
  };
}

/** Which of a response's times follow which; -1 where there was nothing of the kind. */
function entry(wall: number, sent: Event, answered: Event | undefined, ended: Event) {
  const headers = (all: Headers = {}) =>
    Object.entries(all).map(([name, value]) => ({ name, value }));
  const timing = answered?.response.timing;
  const between = (from: string, to: string) =>
    timing !== undefined && timing[from] >= 0 ? timing[to] - timing[from] : -1;
  const time = (ended.timestamp - sent.timestamp) * 1000;
  const queued = timing === undefined ? time : (timing.requestTime - sent.timestamp) * 1000;
  const first = ["dnsStart", "connectStart", "sendStart"].map((name) => timing?.[name] ?? -1)
    .find((at) => at >= 0) ?? 0;
  const head = queued + (timing?.receiveHeadersEnd ?? 0);
  return {
    startedDateTime: new Date(wall * 1000).toISOString(),
    time,
    connection: String(answered?.response.connectionId ?? ""),
    request: {
      method: sent.request.method,
      url: sent.request.url,
      headers: headers(sent.request.headers),
    },
    response: {
      status: answered?.response.status ?? 0,
      headers: headers(answered?.response.headers),
      content: { size: ended.encodedDataLength ?? 0 },
      _transferSize: ended.encodedDataLength ?? 0,
      _error: ended.errorText ?? null,
    },
    timings: {
      blocked: queued + first,
      dns: between("dnsStart", "dnsEnd"),
      connect: between("connectStart", "connectEnd"),
      ssl: between("sslStart", "sslEnd"),
      send: between("sendStart", "sendEnd"),
      wait: between("sendEnd", "receiveHeadersEnd"),
      receive: Math.max(0, time - head),
    },
  };
}
