import type { Socket } from "node:net";
import { control } from "./control.ts";
import { Documents } from "./documents.ts";
import { backlog, createPatientServer, listen, urlOf } from "./listen.ts";
import type { OriginSettings } from "./options.ts";
import type { OriginConfig } from "./origin.ts";
import { replayRoute } from "./replay_route.ts";
import { router } from "./router.ts";
import { Service } from "./service.ts";

/** What an origin prints, as one line of JSON, once it accepts connections. */
export interface Ready {
  readonly url: string;
  readonly control: string;
  readonly pid: number;
  /** As JSON has it: a capacity of null is no bound. */
  readonly config: OriginConfig;
}

/** How long clients get to notice that their connections were closed, ms. */
const NOTICED = 10;
/** Connections at once from which on a process may have had as many files open as it may. */
const MANY = 200;

/**
 * Serves from this process until it ends.
 * @throws {Error} where a port cannot be had
 */
export async function runOrigin(settings: OriginSettings): Promise<Ready> {
  const { config, host } = settings;
  const controlled = createPatientServer();
  // Control stays on loopback even where the API does not.
  const controlPort = await listen(controlled, "127.0.0.1", 0);
  const server = createPatientServer();
  const port = await listen(server, host, settings.port);
  // Nothing has been accepted yet: between listening and here the event loop has not turned.
  const url = urlOf(host, port);
  const { replay, payload } = config;
  const documents = new Documents(url, payload);
  const route = replay === null ? router(documents) : replayRoute(replay);
  const service = new Service(config, backlog, route);
  const open = new Set<Socket>();
  let most = 0;
  server.on("connection", (socket) => {
    most = Math.max(most, open.add(socket).size);
    socket.once("close", () => open.delete(socket));
    service.connect(socket);
  });
  const renew = async () => {
    // Not as it starts: that takes most of a start, and whoever measures begins a trial.
    if (replay === null) documents.prepare();
    // What nobody's request is on was kept from an earlier trial, and each is to open its own.
    if (open.size > 0) {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, NOTICED));
    }
    // Once too many files were open, Deno's server accepts nothing any more, and does not say so.
    if (most < MANY) return;
    most = open.size;
    server.close();
    await listen(server, host, port);
  };
  server.on("request", (request, response) => service.handle(request, response));
  controlled.on("request", control(service, config, renew));
  return {
    url: urlOf(host, port),
    control: urlOf("127.0.0.1", controlPort),
    pid: Deno.pid,
    config,
  };
}
