// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { formatCsv } from "../../data/recorded_rows.ts";
import { peakInFlight } from "../../lib/trial/overlap.ts";
import { Listener } from "../../lib/peers/elsewhere/listener.ts";

Deno.test("requests in flight are counted from their starts and ends", () => {
  assertEquals(peakInFlight([], []), 0);
  assertEquals(peakInFlight([0, 10, 20], [10, 20, 30]), 1);
  assertEquals(peakInFlight([0, 9, 20], [10, 20, 30]), 2);
  // In any order; one that takes no time is in flight too.
  assertEquals(peakInFlight([20, 0, 1, 2], [21, 30, 30, 30]), 4);
  assertEquals(peakInFlight([5], [5]), 1);
});

Deno.test("what is said of requests becomes samples, with what the origin said of them", () => {
  const heard: string[] = [];
  const listener = new Listener(
    {
      ...{ origin: "http://h:1", paths: ["/a", "/b?c", "/a"], method: "GET", deadline: 1 },
      signal: new AbortController().signal,
      onSample: ({ path, end }, row) => heard.push(`${row} ${path[row]} ${end[row]}`),
    },
    4,
    Error,
  );
  const known = { planned: 1, status: 200, bytes: 5, encoding: "identity", timing: "" } as const;
  const timing = "drawn;dur=45, served;dur=45.8, queue;dur=1.5, handshake;dur=7, " +
    'k;desc="7", socket;desc="17"';
  // Lanes end in another order than they began.
  listener.sample({ ...known, row: 2, path: "/a", start: 30, end: 31, error: "", timing });
  listener.sample({
    ...known,
    row: 0,
    path: "/a",
    start: 10,
    end: 40,
    error: "",
    encoding: "gzip",
  });
  listener.sample({
    ...known,
    row: 1,
    path: "/b?c",
    start: 20,
    end: 42,
    status: 0,
    error: "network",
  });
  const { run, account } = listener.run({
    ...{ opened: 9, makespan: 33, cpuUser: 1, cpuSystem: -1, peakMemory: -1, sockets: 2 },
    results: ["a", null, "a"],
  });
  assertEquals(heard, ["2 /a 31", "0 /a 40", "1 /b?c 42"]);
  assertEquals([run.startUp, run.results, run.costs.cpuSystem], [5, ["a", null, "a"], NaN]);
  assertEquals(run.costs.peakInFlight, 3);
  assertEquals(account.encodings, { identity: 1, gzip: 1 });
  assertEquals(run.samples, {
    path: ["/a", "/b?c", "/a"],
    // Where no origin says which arrival it was, it is the order in which they were sent.
    k: [1, 1, 7],
    planned: [1, 1, 1],
    start: [10, 20, 30],
    end: [40, 42, 31],
    status: [200, 0, 200],
    bytes: [5, 5, 5],
    error: ["", "network", ""],
    attempt: [1, 1, 1],
    socket: [NaN, NaN, 17],
    drawn: [NaN, NaN, 45],
    served: [NaN, NaN, 45.8],
    queue: [NaN, NaN, 1.5],
    handshake: [NaN, NaN, 7],
  });
});

Deno.test("CSV: what a comma, a quote or a line's end could cut is quoted, and NaN is left out", () => {
  const rows = [{ name: "plain", n: 1.5 }, { name: 'with "quotes",\ncommas', n: NaN }];
  assertEquals(formatCsv(rows), 'name,n\nplain,1.5\n"with ""quotes"",\ncommas",\n');
});
