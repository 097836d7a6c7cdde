import { assertEquals, assertStringIncludes } from "@std/assert";
import { printed, runCells } from "./fixture.ts";

const cell = "--cell-timeout", all = "--timeout";
const cases: [what: string, source: string, option: string][] = [
  ["a busy loop is interrupted", 'console.log("begun");\nfor (;;);', cell],
  [
    "a wait that never ends is ended with its kernel",
    'console.log("begun");\nawait new Promise(() => {});',
    cell,
  ],
  [
    "an interrupt that is caught does not save the cell",
    'console.log("begun");\nfor (;;) { try { for (;;); } catch { /* on */ } }',
    cell,
  ],
  [
    "the notebook's own limit counts, too",
    'console.log("begun");\nawait new Promise(() => {});',
    all,
  ],
];
for (const [what, source, option] of cases) {
  Deno.test(`time-outs: ${what}`, async () => {
    const limits = option === cell ? { cellLimit: 1.5 } : { limit: 2 };
    const run = await runCells(['console.log("first")', source, "1"], {
      limits: { ...limits, grace: 0.3 },
    });
    assertEquals(run.result.status, "timed out");
    const [failure] = run.result.failures;
    assertEquals([run.result.job.numberOf(failure.cell), failure.name], [2, "TimedOut"]);
    assertStringIncludes(failure.message, `(${option})`);
    assertEquals(run.cells.map(printed), ["first\n", "begun\n", ""]);
    assertEquals(run.cells[1].outputs.at(-1)?.output_type, "error");
  });
}

Deno.test("a run that is told to stop keeps what it has", async () => {
  const controller = new AbortController();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const begun = listener.accept().then((connection) => {
    connection.close();
    controller.abort();
  });
  const run = await runCells([
    'console.log("first")',
    `await Deno.connect({ port: ${listener.addr.port} });\nawait new Promise(() => {})`,
  ], { signal: controller.signal });
  await begun;
  assertEquals(run.result.status, "interrupted");
  assertEquals(run.cells.map(printed), ["first\n", ""]);
});
