/**
 * Code that knows nothing of the lab, by libraries that ask in all the ways there are: what is seen
 * of it is what the server has seen.
 */
// Only tests need these: what deno.json names, every task downloads.
// deno-lint-ignore-file no-import-prefix
import { assert, assertEquals } from "@std/assert";
import { get } from "node:http";
import { Writable } from "node:stream";
import axios from "npm:axios@1.21.1";
import { EventSource } from "npm:eventsource@5.1.5";
import got from "npm:got@16.1.0";
import { request as graphql } from "npm:graphql-request@7.4.0";
import ky from "npm:ky@2.1.0";
import nodeFetch from "npm:node-fetch@3.3.2";
import { ofetch } from "npm:ofetch@1.5.1";
import { PokemonClient } from "npm:pokenode-ts@3.0.0";
import superagent from "npm:superagent@10.4.2";
import { Pool as OlderPool } from "npm:undici@6.29.1";
import { Pool as OldPool } from "npm:undici@7.30.2";
import pMap from "p-map";
import { Agent, type Dispatcher, interceptors, Pool, request, RetryAgent, stream } from "undici";
import { startOrigin } from "../../lib/origin/start.ts";
import { watch } from "../../lib/calls/watch.ts";
import { startStage } from "./stage.ts";

/** A piece of code, how many requests it makes, and how many of them at once. */
interface Piece {
  readonly code: (url: string) => Promise<unknown>;
  readonly requests: number;
  readonly peak: number;
}

interface Item {
  readonly id: number;
  readonly next: string | null;
}

const IDS = [1, 2, 3, 4];

/** Follows links, as a crawler does, by calling itself. */
class Crawler {
  readonly found: number[] = [];

  constructor(private readonly base: string) {}

  async crawl(path: string | null): Promise<void> {
    if (path === null) return;
    const { id, next } = await (await fetch(this.base + path)).json() as Item;
    this.found.push(id);
    await this.crawl(next);
  }
}

/** Pages, one by one, as whoever reads them wants the next. */
async function* pages(url: string) {
  for (let path: string | null = "/item/4"; path !== null;) {
    const item: Item = await (await fetch(url + path)).json();
    yield item;
    path = item.next;
  }
}

const PIECES: Record<string, Piece> = {
  "ky, one after the other": {
    code: async (url) => {
      for (const id of IDS) await ky.get(`item/${id}`, { prefix: url }).json();
    },
    requests: 4,
    peak: 1,
  },
  "ky, which retries": {
    code: (url) =>
      ky.get(`${url}/status/503`, { retry: { limit: 2, delay: () => 1 } }).catch(() => "no"),
    requests: 3,
    peak: 1,
  },
  "axios, all at once": {
    code: (url) => Promise.all(IDS.map((id) => axios.get(`${url}/together/4/${id}`))),
    requests: 4,
    peak: 4,
  },
  "got, all at once": {
    code: (url) => Promise.all(IDS.map((id) => got(`${url}/together/4/${id}`).json())),
    requests: 4,
    peak: 4,
  },
  "node-fetch, two batches": {
    code: async (url) => {
      for (const batch of [[1, 2], [3, 4]]) {
        await Promise.all(
          batch.map(async (id) => await (await nodeFetch(`${url}/together/2/${id}`)).json()),
        );
      }
    },
    requests: 4,
    peak: 2,
  },
  "superagent, with a body": {
    code: async (url) => {
      for (const id of IDS) await superagent.post(`${url}/item/${id}`).send({ id });
    },
    requests: 4,
    peak: 1,
  },
  "undici, which retries": {
    code: (url) =>
      byUndici(
        url,
        "/status/503",
        (dispatch) => new RetryAgent(dispatch, { maxRetries: 2, minTimeout: 1 }),
      ),
    requests: 3,
    peak: 1,
  },
  "undici, which follows": {
    code: (url) =>
      byUndici(
        url,
        "/redirect",
        (agent) => agent.compose(interceptors.redirect({ maxRedirections: 2 })),
      ),
    requests: 2,
    peak: 1,
  },
  "ofetch under p-map": {
    code: (url) => pMap(IDS, (id) => ofetch(`${url}/together/2/${id}`), { concurrency: 2 }),
    requests: 4,
    peak: 2,
  },
  "undici's Pool": {
    code: (url) => pooled(new Pool(url, { connections: 2 })),
    requests: 4,
    peak: 2,
  },
  "the Pool of undici 6": {
    code: (url) => pooled(new OlderPool(url, { connections: 2 }) as unknown as Pool),
    requests: 4,
    peak: 2,
  },
  "the Pool of undici 7": {
    code: (url) => pooled(new OldPool(url, { connections: 2 }) as unknown as Pool),
    requests: 4,
    peak: 2,
  },
  "undici's stream": {
    code: async (url) => {
      await stream(
        `${url}/stream`,
        { method: "GET", opaque: null },
        () => new Writable({ write: (_chunk, _encoding, done) => done() }),
      );
    },
    requests: 1,
    peak: 1,
  },
  "a GraphQL client": {
    code: async (url) => {
      for (const id of IDS) await graphql(`${url}/together/1/${id}`, `{ item(id: ${id}) { id } }`);
    },
    requests: 4,
    peak: 1,
  },
  "events from a server": {
    code: (url) =>
      new Promise<void>((resolve) => {
        const source = new EventSource(`${url}/stream`);
        source.onmessage = ({ data }) => {
          if (data !== "end") return;
          source.close();
          resolve();
        };
      }),
    requests: 1,
    peak: 1,
  },
  "a class that calls itself": {
    code: async (url) => {
      const crawler = new Crawler(url);
      await crawler.crawl("/item/4");
      assertEquals(crawler.found, [4, 3, 2, 1]);
    },
    requests: 4,
    peak: 1,
  },
  "a generator of pages": {
    code: async (url) => {
      const seen = [];
      for await (const { id } of pages(url)) seen.push(id);
      assertEquals(seen, [4, 3, 2, 1]);
    },
    requests: 4,
    peak: 1,
  },
  "node:http in callbacks": {
    code: (url) =>
      Promise.all(IDS.map((id) =>
        new Promise((resolve, reject) => {
          get(`${url}/together/4/${id}`, (answer) => {
            const pieces: string[] = [];
            answer.setEncoding("utf8").on("data", (piece) => pieces.push(piece));
            answer.on("end", () => resolve(JSON.parse(pieces.join(""))));
          }).on("error", reject);
        })
      )),
    requests: 4,
    peak: 4,
  },
};

async function pooled(pool: Pool) {
  try {
    await Promise.all(IDS.map(async (id) => {
      const { body } = await pool.request({ method: "GET", path: `/together/2/${id}` });
      return await body.json();
    }));
  } finally {
    await pool.close();
  }
}

async function byUndici(origin: string, path: string, wrapped: (agent: Agent) => Dispatcher) {
  const agent = new Agent();
  const asked = wrapped(agent).request({ origin, path, method: "GET" });
  await asked.then(({ body }) => body.text(), () => "no").finally(() => agent.close());
}

for (const [name, { code, requests, peak }] of Object.entries(PIECES)) {
  Deno.test(`seen is what the server saw: ${name}`, async () => {
    await using stage = await startStage();
    const { calls, table } = await watch(() => code(stage.url));
    const rows = calls.toRecords() as { call: string; state: string; status: number }[];
    const called = rows.map(({ call }) => call);
    const visited = stage.visits.map(({ method, path }) => `${method} ${stage.host}${path}`);
    assertEquals(called.length, requests);
    // In which order requests arrive that are under way together, nobody knows.
    if (peak === 1) assertEquals(called, visited);
    else assertEquals(called.toSorted(), visited.toSorted());
    assertEquals(table.toRecords()[0].peak_in_flight, peak);
    assertEquals(Math.max(...stage.visits.map(({ held }) => held)), peak);
    assert(rows.every(({ state }) => state === "done" || name.startsWith("events")), name);
  });
}

const GIVEN_UP: Record<string, (url: string, signal: AbortSignal) => Promise<unknown>> = {
  axios: (url, signal) => axios.get(url, { signal }),
  fetch: (url, signal) => fetch(url, { signal }),
  got: (url, signal) => got(url, { signal }),
  ky: (url, signal) => ky(url, { signal }).text(),
  "node-fetch": (url, signal) => nodeFetch(url, { signal: signal as never }),
  superagent: (url, signal) => {
    const asked = superagent.get(url);
    signal.addEventListener("abort", () => asked.abort());
    return new Promise((_, reject) => asked.on("abort", reject).end(() => {}));
  },
  undici: (url, signal) => request(url, { signal }),
};

for (const [name, code] of Object.entries(GIVEN_UP)) {
  Deno.test(`what the code gives up with its last step is aborted, and not open: ${name}`, async () => {
    await using stage = await startStage();
    const stop = new AbortController();
    const { calls } = await watch(async () => {
      code(`${stage.url}/never`, stop.signal).catch(() => "given up");
      await stage.holds(1);
      stop.abort();
    });
    assertEquals(calls.toRecords().map(({ state }) => state), ["aborted"]);
  });
}

Deno.test("seen is what the origin counted: a client for the Pokémon API", async () => {
  await using origin = await startOrigin({ median: 1, handshake: 0 });
  const client = new PokemonClient({ baseURL: `${origin.url}/api/v2` });
  await origin.begin(1);
  const seen = await watch(async () => {
    await Promise.all(IDS.map((id) => client.getPokemonById(id)));
    for (const id of IDS) await client.getPokemonById(id + 4);
  });
  const report = await origin.end();
  assertEquals(seen.calls.height, report.requests);
  const peak = seen.table.toRecords()[0].peak_in_flight as number;
  assert(report.peakInFlight <= peak && peak <= 4, `${report.peakInFlight} ${peak}`);
});
