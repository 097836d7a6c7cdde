import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { Documents } from "../../lib/origin/documents.ts";
import { openRecording } from "../../lib/recording/recording.ts";

const file = fileURLToPath(new URL("../../data/pokemon_recording.json.gz", import.meta.url));

Deno.test("the shipped recording holds what data/README.md says of it, and our own origin's sizes", () => {
  const { requests, handshakes, paths, complete, notes, documents, host } = openRecording(file);
  assertEquals([complete, notes, documents.size, handshakes.height], [true, [], 0, 5]);
  assertEquals(paths, Array.from({ length: 40 }, (_, i) => `/api/v2/pokemon/${1 + 23 * i}`));
  const served = new Documents(host.replace("https:", "http:"), "full");
  const [path, pass, status, bytes, ms] = ["path", "pass", "status", "bytes", "ms"]
    .map((name) => requests.getColumn(name).toArray());
  assertEquals(path.length, 200);
  for (const [row, each] of path.entries()) {
    const size = served.find(String(each).split("/").at(-1)!)!.length;
    assertEquals([status[row], bytes[row]], [200, size], String(each));
    assert(Number(ms[row]) > 0 && Number(pass[row]) <= 5);
  }
});
