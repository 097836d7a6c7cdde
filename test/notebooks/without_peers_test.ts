/** Chapters on a machine that has no other languages. */
// Runs in pairs: claims of chapters bear some company, and the time of a run is mostly waiting.
import { assert, assertEquals } from "@std/assert";
import { displays, runQuick } from "./quick.ts";

// One whose peers are clients, and one whose peers are servers.
for (const chapter of ["06_a_thousand_requests.ipynb", "07_client_and_server.ipynb"]) {
  Deno.test(`${chapter} runs without Go and Python, and shows what was recorded of them`, async () => {
    const { code, words, ran } = await runQuick(chapter, { PATH: "/nowhere" });
    assertEquals(code, 0, words);
    const tables = displays(ran).map((data) => String(data["text/plain"]));
    const standIns = tables.filter((text) => text.includes("install") && text.includes("recorded"));
    assertEquals(standIns.length, 1);
    assert(/python3/.test(standIns[0]) && /\d{4}-\d\d-\d\d/.test(standIns[0]), standIns[0]);
  });
}
