import { assertEquals, assertThrows } from "@std/assert";
import { formatCsv, parseCsv } from "../../lib/peers/csv.ts";
import { peakInFlight } from "../../lib/trial/overlap.ts";
import { inOrderOfDispatch } from "../../lib/peers/peer_samples.ts";

Deno.test("requests in flight are counted from their starts and ends", () => {
  assertEquals(peakInFlight([], []), 0);
  assertEquals(peakInFlight([0, 10, 20], [10, 20, 30]), 1);
  assertEquals(peakInFlight([0, 9, 20], [10, 20, 30]), 2);
  // In any order; one that takes no time is in flight too.
  assertEquals(peakInFlight([20, 0, 1, 2], [21, 30, 30, 30]), 4);
  assertEquals(peakInFlight([5], [5]), 1);
});

Deno.test("a peer's rows become samples in the order sent, with what the origin said of them", () => {
  const samples = inOrderOfDispatch({
    url: ["http://h:1/a", "http://h:1/b?c", "http://other/d"],
    planned: [1, 2, 3],
    start: [30, 10, 20],
    end: [31, 12, 23],
    status: [200, 404, 0],
    bytes: [5, 6, 0],
    encoding: ["identity", "gzip", "identity"],
    error: ["", "status", "network"],
    timing: [
      'drawn;dur=45, served;dur=45.8, queue;dur=1.5, handshake;dur=7, k;desc="2", socket;desc="17"',
      "",
      "cdn;dur=3",
    ],
  }, "http://h:1");
  assertEquals(samples.path, ["/b?c", "http://other/d", "/a"]);
  assertEquals(samples.planned, [2, 3, 1]);
  assertEquals(samples.start, [10, 20, 30]);
  assertEquals(samples.end, [12, 23, 31]);
  assertEquals(samples.status, [404, 0, 200]);
  assertEquals(samples.bytes, [6, 0, 5]);
  assertEquals(samples.error, ["status", "network", ""]);
  assertEquals(samples.attempt, [1, 1, 1]);
  assertEquals(samples.k, [NaN, NaN, 2]);
  assertEquals(samples.socket, [NaN, NaN, 17]);
  assertEquals(samples.drawn, [NaN, NaN, 45]);
  assertEquals(samples.served, [NaN, NaN, 45.8]);
  assertEquals(samples.queue, [NaN, NaN, 1.5]);
  assertEquals(samples.handshake, [NaN, NaN, 7]);
});

Deno.test("CSV: what was written is what is read", () => {
  const rows = [
    { name: "plain", text: "a", n: "1.5" },
    { name: 'with "quotes", commas', text: "two\nlines", n: "" },
    { name: "", text: "", n: "0" },
  ];
  assertEquals(formatCsv(rows).split("\n")[0], "name,text,n");
  assertEquals(parseCsv(formatCsv(rows)), rows);
  assertEquals(parseCsv("a,b\r\n1,2\r\n"), [{ a: "1", b: "2" }]);
  assertThrows(() => parseCsv("a,b\n1\n"), SyntaxError, "record 2 has 1 fields, not 2");
});
