import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Answer, failing, send, spoil } from "./answer.ts";
import { at, type Deadline } from "../ground/deadline.ts";
import { draw } from "./draw.ts";
import { drawFault, type Fault, OF_BODY } from "./faults.ts";
import { RateLimit } from "./rate_limit.ts";
import type { OriginConfig, OriginReport } from "./origin.ts";
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
export type Route = (request: IncomingMessage, arrival: Arrival) => Answer;

/** Which one it is of its path, from 1, in the trial of a seed. */
interface Arrival {
  readonly seed: number;
  readonly k: number;
}

/**
 * Takes each request through what a distant API would put it through: what is left of its
 * connection's set-up, the limits on who is let in, the queue for a slot, its service time, and what
 * may go wrong with its answer. Counts all of it, per trial.
 */
export class Service {
  readonly #config: OriginConfig;
  readonly #backlog: number;
  readonly #route: Route;
  readonly #slots: Slots;
  readonly #faulty: boolean;
  readonly #connections = new WeakMap<Socket, Connection>();
  #limit: RateLimit | null;
  #tally: Tally;
  /** Connections accepted since it started. */
  accepted = 0;
  #inFlight = 0;

  constructor(config: OriginConfig, backlog: number, route: Route) {
    this.#config = config;
    this.#backlog = backlog;
    this.#route = route;
    this.#slots = new Slots(config.capacity);
    this.#faulty = Object.keys(config.faults).length > 0;
    this.#limit = limitOf(config);
    this.#tally = new Tally(config.seed);
  }

  /** Requests here now: set-up, queue and service together. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** From here on draws come from `seed`, everything counts from zero and the rate was not used yet. */
  begin(seed: number): void {
    this.#limit = limitOf(this.#config);
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
      number: ++this.accepted,
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
    const { seed } = tally;
    const drawn = draw(seed, path, k, this.#config);
    const fault = this.#faulty ? this.#faultOf(request, k) : null;
    const failed = fault === "500" || fault === "503";
    const answer = failed ? failing(Number(fault)) : this.#route(request, { seed, k });
    const visit: Visit = { stage: undefined, holdsSlot: false };
    connection.visits.add(visit);
    // A body that nobody reads would keep the connection from its next request.
    if (request.method !== "GET") request.resume();

    // Set-up ends when it is due, not when a timer says so: a late timer must not count twice.
    const ready = Math.max(arrived, connection.accepted + this.#config.handshake);
    let start = ready;
    const leave = () => {
      connection.visits.delete(visit);
      this.#inFlight--;
    };
    const answered = (now: number) => {
      const timing = {
        drawn,
        served: now - start,
        queue: start - ready,
        handshake: ready - arrived,
      };
      const headers = {
        ...this.#limit?.headers(now),
        "Server-Timing": `${spent(timing)}, k;desc="${k}", socket;desc="${connection.number}"`,
      };
      if (fault !== null) tally.faulty(fault);
      if (fault === "stall") return; // it holds its slot until the client hangs up
      leave();
      const sent = fault === null || failed
        ? send(request, response, answer, headers)
        : spoil(fault, response, answer, headers, drawn);
      if (sent !== null) tally.answered(sent.status, sent.bytes, timing);
      this.#slots.give(now);
    };
    const serve = (now: number) => {
      start = now;
      visit.holdsSlot = true;
      if (drawn === 0) answered(performance.now());
      else visit.stage = at(start + drawn, answered);
    };
    const enter = () => {
      const why = this.#limit?.admits(ready) === false
        ? "rate"
        : this.#slots.full(this.#config.queue)
        ? "queue"
        : null;
      if (why !== null) {
        leave();
        const refusal = why === "rate"
          ? failing(429, this.#limit!.retryAfter(ready))
          : failing(503, 1);
        const headers = {
          ...this.#limit?.headers(ready),
          "Server-Timing": `handshake;dur=${
            round(ready - arrived)
          }, socket;desc="${connection.number}"`,
        };
        const sent = send(request, response, refusal, headers);
        tally.refused(path, why, sent.status, sent.bytes);
        return;
      }
      const place = this.#slots.take(ready, serve);
      if (!visit.holdsSlot) visit.stage = place;
    };
    if (ready === arrived) enter();
    else visit.stage = at(ready, enter);
  }

  /** The fault it meets, if any. A HEAD has no body to spoil. */
  #faultOf({ method, url }: IncomingMessage, k: number): Fault | null {
    const fault = drawFault(this.#config.faults, this.#tally.seed, url!, k);
    return method === "HEAD" && OF_BODY.includes(fault) ? null : fault;
  }

  /** The client went away: whatever the request holds or waits for is given up. */
  #abandon(connection: Connection, visit: Visit): void {
    visit.stage?.cancel();
    connection.visits.delete(visit);
    this.#inFlight--;
    if (visit.holdsSlot) this.#slots.give(performance.now());
  }
}

/** The limit on the rate, its tokens all there; `null` where the rate is not limited. */
const limitOf = (config: OriginConfig) => config.rate === Infinity ? null : new RateLimit(config);

/** The origin's side of a request, for the client's samples: all durations in ms. */
function spent({ drawn, served, queue, handshake }: Timing): string {
  return `drawn;dur=${drawn}, served;dur=${round(served)}, queue;dur=${round(queue)}, ` +
    `handshake;dur=${round(handshake)}`;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
