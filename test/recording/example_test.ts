/** The recording that the lab comes with: found by its name, and as data/README.md says it is. */
// Runs apart: it changes the folder of all its process.
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Documents } from "../../lib/origin/documents.ts";
import { openRecording } from "../../lib/record/mod.ts";

interface Row {
  readonly path: string;
  readonly pass: number;
  readonly status: number;
  readonly bytes: number;
  readonly ms: number;
  readonly first_byte_ms: number;
}

Deno.test("openRecording: a name alone is one of the lab's, wherever a notebook lies", () => {
  const here = Deno.cwd(), elsewhere = Deno.makeTempDirSync();
  try {
    Deno.chdir(elsewhere);
    const { name, complete, paths } = openRecording("example");
    assertEquals([name, complete, paths.length], ["example", true, 40]);
  } finally {
    Deno.chdir(here);
    Deno.removeSync(elsewhere);
  }
  const { message } = assertThrows(() => openRecording("no-such-one"), Error);
  assertStringIncludes(message, "no-such-one.json.gz");
});

Deno.test("the example: forty paths, three passes, and what the gate had not kept was late once", () => {
  const { requests, handshakes, notes, documents, host } = openRecording("example");
  const rows = requests.toRecords() as unknown as Row[];
  assertEquals([rows.length, rows.filter(({ status }) => status === 200).length], [120, 120]);
  assertEquals([notes, documents.size, handshakes.height], [[], 0, 3]);
  const served = new Documents(host.replace("https:", "http:"), "full");
  for (const [path, own] of Map.groupBy(rows, (row) => row.path)) {
    const [first, ...later] = own.toSorted((a, b) => a.pass - b.pass).map((row) =>
      row.first_byte_ms
    );
    const kept = Number(path.split("/").at(-1)) <= 151;
    const { length } = served.find(path.split("/").at(-1)!)!;
    assertEquals(own.map(({ bytes }) => bytes), [length, length, length], path);
    assertEquals(first - Math.min(...later) < 80, kept, path);
  }
  for (const { ms } of handshakes.toRecords() as unknown as Row[]) assert(ms > 70, `${ms} ms`);
});
