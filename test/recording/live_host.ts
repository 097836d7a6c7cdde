/** A stand-in for somebody's API on loopback: with all that such an API may do. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer } from "node:http2";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** What the host saw of a request. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: number;
}

export interface LiveHost extends AsyncDisposable {
  readonly url: string;
  readonly seen: Seen[];
  /** Connections accepted. */
  readonly sockets: () => number;
}

/** Answers to paths, by what they begin with. */
export type Answers = Readonly<
  Record<string, (request: Seen, response: ServerResponse, nth: number) => void>
>;

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
export const CERTIFICATE = here("certificate.pem");
const tls = {
  key: Deno.readTextFileSync(here("key.pem")),
  cert: Deno.readTextFileSync(CERTIFICATE),
};

/** Starts one that answers so; what it does not know is 404. */
export async function liveHost(
  answers: Answers,
  protocol: "http" | "https" | "h2" = "http",
): Promise<LiveHost> {
  const seen: Seen[] = [];
  const open = new Set<Socket>();
  let sockets = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const one = {
      method: request.method!,
      path: request.url!,
      headers,
      body,
      at: performance.now(),
    };
    const nth = seen.filter(({ path }) => path === one.path).length + 1;
    seen.push(one);
    const route = Object.keys(answers).find((start) => one.path.startsWith(start));
    if (route === undefined) response.writeHead(404).end("Not Found");
    else answers[route](one, response, nth);
  };
  const server =
    (protocol === "http"
      ? createServer(handle)
      : protocol === "https"
      ? createHttps(tls, handle)
      : createSecureServer({ ...tls, allowHTTP1: true }, handle as never)) as unknown as Server;
  server.on("connection", (socket: Socket) => {
    sockets++;
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${protocol === "http" ? "http" : "https"}://localhost:${port}`,
    seen,
    sockets: () => sockets,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Sends a document as JSON, compressed or in pieces where that is asked for. */
export function sendJson(
  response: ServerResponse,
  document: unknown,
  how: { status?: number; encoding?: "gzip" | "br"; headers?: Record<string, string> } = {},
): void {
  const { status = 200, encoding, headers = {} } = how;
  const text = JSON.stringify(document);
  const body = encoding === "gzip"
    ? gzipSync(text)
    : encoding === "br"
    ? brotliCompressSync(text)
    : text;
  response.writeHead(status, {
    "content-type": "application/json",
    ...(encoding ? { "content-encoding": encoding } : {}),
    ...headers,
  });
  response.end(body);
}

/** A folder that goes with the test. */
export function folder(): { readonly path: string } & Disposable {
  const path = Deno.makeTempDirSync();
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}
