import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { startServer } from "../../lib/ground/server.ts";

const start = (code: string, within?: number) =>
  startServer({ name: "Broken server", command: Deno.execPath(), args: ["eval", code] }, within);

Deno.test("a server says where it is, and is gone when it is closed, however often", async () => {
  const code = `console.log('{"url": "http://h", "more": 1}'); setInterval(() => {}, 1000);`;
  const server = await start(code);
  assertEquals(server.ready, { url: "http://h", more: 1 } as never);
  await Promise.all([server.close(), server.close()]);
  assertThrows(() => Deno.kill(server.pid, "SIGCONT"), Deno.errors.NotFound);
});

Deno.test("a server that does not start is named, with what it said", async () => {
  const crashed = await assertRejects(() => start("throw new Error('port taken')"), Error);
  assertStringIncludes(crashed.message, "Broken server did not start");
  assertStringIncludes(crashed.message, "port taken");
  await assertRejects(() => start("console.log('ready')"), Error, "Broken server did not start");
  const mute = () => start("setInterval(() => {}, 1000)", 500);
  await assertRejects(mute, Error, "Broken server did not listen within 500 ms");
});
