// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertThrows } from "@std/assert";
import { decodeMessage, encodeMessage, message, sign } from "../../lib/press/kernel/messages.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("signatures are HMAC-SHA256 in hex, over the parts as one (RFC 4231, case 2)", () => {
  const known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  assertEquals(sign("Jefe", [bytes("what do ya want for nothing?")]), known);
  assertEquals(sign("Jefe", [bytes("what do ya "), bytes("want for"), bytes(" nothing?")]), known);
});

Deno.test("a message survives the wire, whatever routing stands before it", () => {
  const sent = message("execute_request", "session", { code: "1 + 1 // é" });
  const frames = encodeMessage(sent, "key");
  assertEquals(new TextDecoder().decode(frames[0]), "<IDS|MSG>");
  assertEquals(decodeMessage(frames, "key"), sent);
  assertEquals(decodeMessage([bytes("id"), bytes(""), ...frames, bytes("buffer")], "key"), sent);
});

Deno.test("a message that was signed with another key, or changed, is refused", () => {
  const frames = encodeMessage(message("stream", "s", { text: "a" }), "key");
  assertThrows(() => decodeMessage(frames, "other"), TypeError, "signature");
  frames[5] = bytes('{"text":"b"}');
  assertThrows(() => decodeMessage(frames, "key"), TypeError, "signature");
  assertThrows(() => decodeMessage([bytes("hello")], "key"), TypeError, "no Jupyter message");
});
