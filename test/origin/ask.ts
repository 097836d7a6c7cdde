import { Agent, type IncomingHttpHeaders, request } from "node:http";

/** A response, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Asking {
  method?: string;
  headers?: Record<string, string>;
  /** Which connections to use; by default a new one. */
  agent?: Agent | false;
  body?: string;
  signal?: AbortSignal;
}

/** Asks with node:http, which adds nothing of its own: no proxy, no pool, no Accept-Encoding. */
export function ask(url: string, options: Asking = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { method = "GET", headers = {}, agent = false, body, signal } = options;
  const asked = request(url, { method, headers, agent, signal }, (response) => {
    const chunks: Uint8Array[] = [];
    response.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    response.on("error", reject);
    response.on("end", async () => {
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        body: await new Blob(chunks as BlobPart[]).text(),
      });
    });
  });
  asked.on("error", reject);
  asked.end(body);
  return promise;
}

/** Connections that stay open, as many as are needed or at most `connections`. */
export function keeping(connections = Infinity): Agent & Disposable {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() });
}

/** What the origin says of a request, by name: ms, or a number. */
export function timing(answer: Answer): Record<string, number> {
  const entries = String(answer.headers["server-timing"]).split(", ").map((metric) => {
    const [name, value] = metric.split(/;(?:dur|desc)=/);
    return [name, Number(value.replaceAll('"', ""))];
  });
  return Object.fromEntries(entries);
}

/** Sends bytes as they are and resolves to what comes back until the other side hangs up. */
export async function exchange(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const answer = new Response(connection.readable).text().catch((error) => `(${error.name})`);
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(text)).catch(() => {});
  return await answer;
}
