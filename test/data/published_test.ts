// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals } from "@std/assert";

const file = new URL("../../data/published.csv", import.meta.url);

/** Splits lines at commas that are not inside quotes. */
function parse(csv: string): string[][] {
  return csv.trimEnd().split("\n").map((line) =>
    line.match(/("[^"]*"|[^,]*)(,|$)/g)!.slice(0, 11).map((cell) =>
      cell.replace(/,$/, "").replace(/^"(.*)"$/, "$1")
    )
  );
}

Deno.test("the published figures are a table of the columns that data/README.md names", async () => {
  const [header, ...rows] = parse(await Deno.readTextFile(file));
  const readme = await Deno.readTextFile(new URL("../../data/README.md", import.meta.url));
  for (const column of header) assert(readme.includes(`\`${column}\``), column);
  for (const row of rows) {
    assertEquals(row.length, header.length, row.join());
    const cell = (name: string) => row[header.indexOf(name)];
    assert(Number.isFinite(Number(cell("value"))) && cell("value") !== "", row.join());
    assert(readme.includes(`\`${cell("study")}\``), cell("study"));
    assert(readme.includes(`\`${cell("unit")}\``), cell("unit"));
    assert(readme.includes(`\`${cell("statistic")}\``), cell("statistic"));
    assert(readme.includes(`\`${cell("metric")}\``), cell("metric"));
    for (const count of ["requests", "concurrency"]) assert(/^\d*$/.test(cell(count)), row.join());
  }
});
