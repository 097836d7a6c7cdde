// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals } from "@std/assert";
import { recorded, recordedTrials, standIns } from "../../lib/peers/recorded.ts";

const lanes = { table: "equalised", set: "lanes" } as const;

Deno.test("a recorded row is the median of its variant's trials, with the day and the machine", () => {
  const trials = recordedTrials(lanes);
  const rows = recorded(lanes);
  assertEquals(new Set(rows.map(({ variant }) => variant)).size, rows.length);
  for (const row of rows) {
    const times = trials.filter(({ variant }) => variant === row.variant)
      .map((each) => each.time_ms).sort((a, b) => a - b);
    assertEquals(row.trials, times.length);
    assertEquals(times.filter((ms) => ms < row.time_ms).length <= times.length / 2, true);
    assertEquals(times.filter((ms) => ms > row.time_ms).length <= times.length / 2, true);
    assert(row.machine.includes("Deno") && row.recorded.startsWith("20"), row.variant);
  }
});

Deno.test("of servers under load, which answer what they can, a variant is still one row", () => {
  const planets = { table: "as shipped", set: "planets" } as const;
  const rows = recorded(planets);
  assertEquals(new Set(rows.map(({ variant }) => variant)).size, rows.length);
  assert(rows.every(({ requests, trials }) => requests > 0 && trials >= 10));
});

Deno.test("what is missing is shown with its recorded run and what to install", () => {
  const missing = [{ variant: "Go pool(10)/kept", install: "install Go" }];
  const [row, ...others] = standIns(missing, lanes);
  assertEquals(others, []);
  assertEquals([row.variant, row.install], ["Go pool(10)/kept", "install Go"]);
  assert(row.time_ms! > 0);
});

Deno.test("where it was recorded at other concurrencies, these are shown under their own names", () => {
  const missing = [{ variant: "Go pool(7)/kept", install: "install Go" }];
  const names = standIns(missing, lanes).map(({ variant }) => variant);
  assertEquals(names.sort(), ["Go pool(10)/kept", "Go pool(15)/kept", "Go pool(5)/kept"]);
});

Deno.test("what was never recorded is still a row that says what to install", () => {
  const missing = [{ variant: "Go bucket brigade", install: "install Go" }];
  assertEquals(standIns(missing, lanes), missing);
});
