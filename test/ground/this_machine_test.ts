// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert } from "@std/assert";
import { isThisMachine } from "../../lib/ground/this_machine.ts";

Deno.test("this machine: only loopback is", () => {
  const own = ["localhost", "api.localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]"];
  const others = [
    "localhost.example.com",
    "127.0.0.1.nip.io",
    "10.0.0.1",
    "[::2]",
    "0.0.0.0",
    "mylocalhost",
  ];
  for (const host of own) assert(isThisMachine(new URL(`http://${host}/`)), host);
  for (const host of others) assert(!isThisMachine(new URL(`http://${host}/`)), host);
});
