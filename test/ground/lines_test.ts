// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { lines } from "../../lib/ground/lines.ts";

async function linesOf(...pieces: Uint8Array<ArrayBuffer>[]): Promise<string[]> {
  return await Array.fromAsync(lines(ReadableStream.from(pieces)));
}

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("lines come whole, however the stream is cut, and what is unfinished at its end is left out", async () => {
  const text = bytes("{}\nPokémon\n\nunfinished");
  assertEquals(await linesOf(text), ["{}", "Pokémon", ""]);
  const cut = Array.from(text, (byte) => Uint8Array.of(byte));
  assertEquals(await linesOf(...cut), ["{}", "Pokémon", ""]);
  assertEquals(await linesOf(), []);
});
