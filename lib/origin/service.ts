import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "./answer.ts";
import { at, type Deadline } from "../ground/deadline.ts";
import { draw } from "./draw.ts";
import type { OriginConfig, OriginReport } from "./report.ts";
import { Slots } from "./slots.ts";
import { Tally, type Timing } from "./tally.ts";

/** A connection: its number, and the requests that it is still waiting for. */
interface Connection {
  readonly number: number;
  readonly accepted: number;
  readonly visits: Set<Visit>;
}

/** A request at the origin: what it waits for now, and whether it holds a slot. */
interface Visit {
  stage: Deadline | undefined;
  holdsSlot: boolean;
}

/** Finds the answer to a request; called on arrival, before its service begins. */
export type Route = (request: IncomingMessage) => Answer;

/**
 * Takes each request through what a distant API would put it through: what is left of its
 * connection's set-up, the queue for a slot, its service time. Counts all of it, per trial.
 */
export class Service {
  readonly #config: OriginConfig;
  readonly #backlog: number;
  readonly #route: Route;
  readonly #slots: Slots;
  readonly #connections = new WeakMap<Socket, Connection>();
  #tally: Tally;
  #accepted = 0;
  #inFlight = 0;

  constructor(config: OriginConfig, backlog: number, route: Route) {
    this.#config = config;
    this.#backlog = backlog;
    this.#route = route;
    this.#slots = new Slots(config.capacity);
    this.#tally = new Tally(config.seed);
  }

  /** Requests here now: set-up, queue and service together. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** From here on draws come from `seed` and everything counts from zero. */
  begin(seed: number): void {
    this.#tally = new Tally(seed);
  }

  /** What was seen since `begin`. */
  end(): OriginReport {
    const report = this.#tally.report(this.#config, this.#backlog);
    this.#tally = new Tally(this.#config.seed);
    return report;
  }

  /** To be called at each accept. */
  connect(socket: Socket): void {
    const connection = {
      number: ++this.#accepted,
      accepted: performance.now(),
      visits: new Set<Visit>(),
    };
    this.#connections.set(socket, connection);
    this.#tally.connected();
    socket.once("close", () => {
      for (const visit of connection.visits) this.#abandon(connection, visit);
    });
  }

  /** To be called for each request. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const arrived = performance.now();
    const tally = this.#tally;
    const connection = this.#connections.get(request.socket)!;
    const path = request.url!;
    const k = tally.arrived(path, ++this.#inFlight);
    const drawn = draw(tally.seed, path, k, this.#config);
    const answer = this.#route(request);
    const visit: Visit = { stage: undefined, holdsSlot: false };
    connection.visits.add(visit);
    // A body that nobody reads would keep the connection from its next request.
    if (request.method !== "GET") request.resume();

    // Set-up ends when it is due, not when a timer says so: a late timer must not count twice.
    const ready = Math.max(arrived, connection.accepted + this.#config.handshake);
    let start = ready;
    const answered = (now: number) => {
      connection.visits.delete(visit);
      this.#inFlight--;
      const timing = {
        drawn,
        served: now - start,
        queue: start - ready,
        handshake: ready - arrived,
      };
      const sent = send(request, response, answer, timing, k, connection.number);
      tally.answered(answer.status, sent, timing);
      this.#slots.give(now);
    };
    const serve = (now: number) => {
      start = now;
      visit.holdsSlot = true;
      if (drawn === 0) answered(performance.now());
      else visit.stage = at(start + drawn, answered);
    };
    const enter = () => {
      const place = this.#slots.take(ready, serve);
      if (!visit.holdsSlot) visit.stage = place;
    };
    if (ready === arrived) enter();
    else visit.stage = at(ready, enter);
  }

  /** The client went away: whatever the request holds or waits for is given up. */
  #abandon(connection: Connection, visit: Visit): void {
    visit.stage?.cancel();
    connection.visits.delete(visit);
    this.#inFlight--;
    if (visit.holdsSlot) this.#slots.give(performance.now());
  }
}

/** @returns bytes of the body sent */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  timing: Timing,
  k: number,
  socket: number,
): number {
  response.writeHead(answer.status, {
    ...answer.headers,
    "Server-Timing": serverTiming(timing, k, socket),
  });
  if (request.method === "HEAD") {
    response.end();
    return 0;
  }
  response.end(answer.body);
  return answer.body.length;
}

/** The origin's side of a request, for the client's samples: all durations in ms. */
function serverTiming(timing: Timing, k: number, socket: number): string {
  return `drawn;dur=${timing.drawn}, served;dur=${round(timing.served)}, ` +
    `queue;dur=${round(timing.queue)}, handshake;dur=${round(timing.handshake)}, ` +
    `k;desc="${k}", socket;desc="${socket}"`;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
