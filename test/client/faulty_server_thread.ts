/** See faulty_server.ts: on a thread of its own, so that it answers while the test's thread waits. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

declare const self: { onmessage: (event: MessageEvent<MessagePort>) => void };

/** Which connection of its server a socket is, from 1. */
const numbers = new WeakMap<Socket, number>();

const json = (response: ServerResponse, document: unknown, status = 200) => {
  const body = JSON.stringify(document);
  response.writeHead(status, {
    "Content-Length": String(new TextEncoder().encode(body).length),
    "Server-Timing": `served;dur=1.5, k;desc="3", socket;desc="${numbers.get(response.socket!)}"`,
  });
  response.end(body);
};

const routes: Record<string, (response: ServerResponse, word: string) => void> = {
  ok: (response, word) => json(response, { name: decodeURIComponent(word) }),
  big: (response, word) => json(response, { name: "big", filler: "é".repeat(Number(word) / 2) }),
  status: (response, word) => json(response, { error: "no" }, Number(word)),
  slow: (response, word) => setTimeout(() => json(response, { name: "slow" }), Number(word)),
  hang: () => {},
  // Headers and some of the body, and then nothing.
  stuck: (response) => {
    response.writeHead(200, { "Content-Length": "100" });
    response.write('{"name":');
  },
  // The same, and then the connection breaks.
  short: (response) => {
    response.writeHead(200, { "Content-Length": "100" });
    response.write('{"name":', () => response.socket!.destroy());
  },
  reset: (response) => response.socket!.resetAndDestroy(),
  text: (response) => response.end("<html>not a document</html>"),
  empty: (response) => response.end(),
  bare: (response) => json(response, 7),
  // In pieces, without a length; a character is cut in two.
  pieces: (response) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ name: "Flabébé" }));
    response.write(bytes.subarray(0, 14));
    setTimeout(() => response.end(bytes.subarray(14)), 5);
  },
  // Says that it will close, and does.
  last: (response) => {
    response.setHeader("Connection", "close");
    json(response, { name: "last" });
  },
};

/** Starts a server: it says its port on the line, and when asked what it has seen, until "close". */
self.onmessage = ({ data: line }) => {
  let [connections, requests] = [0, 0];
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    requests++;
    const [, route, word = ""] = request.url!.split("/");
    (routes[route] ?? routes.text)(response, word);
  });
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => {
    numbers.set(socket, ++connections);
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1024 }, () => {
    line.postMessage((server.address() as AddressInfo).port);
  });
  line.onmessage = ({ data: asked }: MessageEvent<"seen" | "close">) => {
    if (asked === "seen") return line.postMessage({ connections, requests, open: open.size });
    server.close();
    for (const socket of open) socket.destroy();
    line.close();
  };
};
