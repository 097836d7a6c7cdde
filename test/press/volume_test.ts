import { assert, assertEquals } from "@std/assert";
import { printed, runCells, shown } from "./fixture.ts";

Deno.test("20,000 lines in a cell are all there, in order", async () => {
  const { cells } = await runCells(["for (let i = 0; i < 20_000; i++) console.log(i);", '"after"']);
  assertEquals(cells[0].outputs.length, 1);
  assertEquals(printed(cells[0]), Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""));
  assertEquals(shown(cells[1]), ['"after"']);
});

Deno.test("a display of 20 MB comes through whole", async () => {
  const { cells } = await runCells([
    // The kernel mixes up what it publishes while a large output is on its way (zmtp_test.ts).
    `await Deno.jupyter.display({ "text/plain": "0123456789".repeat(2e6) }, { raw: true });
     await new Promise((done) => setTimeout(done, 5000));`,
    '"after"',
  ]);
  assert(shown(cells[0])[0] === "0123456789".repeat(2e6));
  assertEquals(shown(cells[1]), ['"after"']);
});

Deno.test("a display that is updated 1,000 times is one output, and the last update's", async () => {
  const { cells } = await runCells([
    `for (let i = 0; i <= 1000; i++) {
       await Deno.jupyter.display({ "text/plain": String(i) }, { raw: true, display_id: "bar", update: i > 0 });
     }`,
  ]);
  assertEquals(cells.map(shown), [["1000"]]);
});

Deno.test("120 cells of 24 outputs each lose none and mix none up", async () => {
  const { cells } = await runCells(
    Array.from({ length: 120 }, (_, i) =>
      `for (let i = 0; i < 12; i++) {
         console.log("${i} " + i);
         await Deno.jupyter.display({ "text/plain": "${i} " + i }, { raw: true });
       }`),
  );
  cells.forEach((cell, i) => {
    const expected = Array.from({ length: 12 }, (_, k) => [`${i} ${k}\n`, `${i} ${k}`]).flat();
    const texts = cell.outputs.map((output) =>
      output.output_type === "stream" ? output.text : shown({ ...cell, outputs: [output] })[0]
    );
    assertEquals(texts, expected);
  });
});
