import { assertEquals } from "@std/assert";
import { jsrAnswers } from "./config.ts";

Deno.test("the real @std/assert is taken where the registry answers for it, and only there", async () => {
  const asked: string[] = [];
  await using registry = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    ({ url }) => {
      asked.push(new URL(url).pathname);
      return new Response("{}", { status: asked.length > 1 ? 500 : 200 });
    },
  );
  const address = `http://127.0.0.1:${registry.addr.port}`;
  assertEquals(await jsrAnswers(address), true);
  assertEquals(asked, ["/@std/assert/meta.json"]);
  assertEquals(await jsrAnswers(address), false);
  // Nothing listens on the discard port of this machine.
  assertEquals(await jsrAnswers("http://127.0.0.1:9"), false);
});
