// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertThrows } from "@std/assert";
import { readHead } from "../../lib/load/answer.ts";

const head = (text: string) => readHead(new TextEncoder().encode(text.replaceAll("\n", "\r\n")));

Deno.test("a head is read when all of it is there", () => {
  assertEquals(head("HTTP/1.1 200 OK\nContent-Length: 5\n"), null);
  assertEquals(head("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"), {
    ...{ status: 200, size: 38, length: 5, kept: true },
  });
});

Deno.test("a server says whether the connection stays, each version in its own way", () => {
  const kept = (text: string) => head(text)?.kept;
  assertEquals(kept("HTTP/1.1 404 Not Found\nconnection: close\ncontent-length: 0\n\n"), false);
  assertEquals(kept("HTTP/1.0 200 OK\nContent-Length: 0\n\n"), false);
  assertEquals(kept("HTTP/1.0 200 OK\nConnection: Keep-Alive\nContent-Length: 0\n\n"), true);
});

Deno.test("a body ends by its length, or with the connection, or there is none", () => {
  assertEquals(head("HTTP/1.1 200 OK\nConnection: close\n\n")?.length, Infinity);
  assertEquals(head("HTTP/1.1 204 No Content\n\n")?.length, 0);
  const chunked = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n";
  assertThrows(() => head(chunked), Error, "Content-Length");
  assertThrows(() => head("SSH-2.0 hello\n\n"), Error, "no HTTP answer");
});
