// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals } from "@std/assert";
import { formatCsv } from "../../data/recorded_rows.ts";
import { recordedTrials } from "../../lib/peers/recorded.ts";

const file = new URL("../../data/peers.csv", import.meta.url);

Deno.test("recorded trials are read as they were written", () => {
  assertEquals(formatCsv(recordedTrials() as never), Deno.readTextFileSync(file));
});

const all = recordedTrials();

Deno.test("recorded trials say when and where, and have every study's set in both tables", () => {
  const sets = ["article", "batches", "fastest", "lanes", "planets", "thousand"];
  for (const table of ["as shipped", "equalised"] as const) {
    const own = all.filter((row) => row.table === table);
    assertEquals([...new Set(own.map(({ set }) => set))].sort(), sets);
    const languages = [...new Set(own.map(({ language }) => language))].sort();
    assertEquals(languages, ["deno", "go", "python"]);
  }
  for (const { recorded, machine, versions, settings } of all) {
    assert(/^\d{4}-\d\d-\d\d$/.test(recorded));
    assert(machine.includes("Deno") && versions !== "" && settings !== "");
  }
});

Deno.test("recorded trials failed nowhere, and every number of theirs is one", () => {
  for (const row of all) {
    assertEquals(row.errors, 0, row.variant);
    assert(row.time_ms > 0 && row.sockets > 0, row.variant);
    // Of a server under load nobody weighs the client.
    assert(row.set === "planets" ? isNaN(row.peak_memory_mb) : row.peak_memory_mb > 0, row.variant);
    assert(row.peak_in_flight <= row.concurrency, row.variant);
  }
});

Deno.test("within a block of a table every variant has one trial, Deno's too", () => {
  const blocks = Map.groupBy(
    all,
    ({ table, set, method, requests, payload, block }) =>
      // A server under load answers what it can.
      [table, set, method, set === "planets" ? "" : requests, payload, block].join(),
  );
  for (const [block, rows] of blocks) {
    // The lanes come in three widths, each named after itself.
    const names = rows.map(({ variant }) => variant);
    assertEquals(new Set(names).size, names.length, block);
    assert(rows.some(({ language }) => language === "deno"), block);
  }
});

Deno.test("recorded trials can be asked for by table, set, method and size", () => {
  const wanted = { table: "equalised", set: "fastest", method: "GET", requests: 898 } as const;
  const rows = recordedTrials(wanted);
  assert(rows.length > 0);
  assert(rows.every((row) => row.table === "equalised" && row.requests === 898));
  assertEquals(
    rows,
    all.filter((row) =>
      row.set === "fastest" && row.requests === 898 &&
      row.table === "equalised"
    ),
  );
});
