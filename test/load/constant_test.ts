import { assertEquals, assertRejects } from "@std/assert";
import { startConstant } from "../../lib/load/constant.ts";
import { generateLoad } from "../../lib/load/generate_load.ts";

Deno.test("the server of a constant answer answers, kept alive or not, and ends when it is told", async () => {
  const constant = await startConstant();
  for (const keepAlive of [true, false]) {
    const options = { duration: 50, connections: 3, keepAlive };
    const { errors, notOk, bytes, requests } = await generateLoad(constant.url, options);
    assertEquals([errors, notOk, bytes], [0, 0, 2 * requests]);
  }
  await constant[Symbol.asyncDispose]();
  await assertRejects(() => fetch(constant.url), TypeError);
});
