/** The thread of a child that ends the process when standard input ends: see child.ts. */
import process from "node:process";

const buffer = new Uint8Array(64);
while (await Deno.stdin.read(buffer) !== null);
// An exit would end this thread alone.
process.kill(process.pid, "SIGKILL");
