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

Deno.test("what is started, and then fetch here, asks loopback directly, whatever proxy there is", async () => {
  let asked = 0;
  const refuse = () => {
    asked++;
    return new Response(null, { status: 502 });
  };
  await using proxy = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, refuse);
  const served = `
    const onListen = ({ port }) => console.log(JSON.stringify({ url: "http://127.0.0.1:" + port }));
    Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, () => new Response("direct"));`;
  const program = { name: "a server", command: Deno.execPath(), args: ["eval", served] };
  const client = `
    import { start } from ${JSON.stringify(import.meta.resolve("../../lib/ground/program.ts"))};
    import { startServer } from ${
    JSON.stringify(import.meta.resolve("../../lib/ground/server.ts"))
  };
    await using server = await startServer(${JSON.stringify(program)});
    const code = 'console.log(await (await fetch("' + server.ready.url + '")).text())';
    const args = ["eval", code];
    const child = start({ name: "a client", command: Deno.execPath(), args });
    for await (const line of child.lines) console.log(line, Deno.env.get("NO_PROXY"));
    await child.end();
    console.log(await (await fetch(server.ready.url)).text());`;
  const address = `http://127.0.0.1:${proxy.addr.port}`;
  const env = {
    ...Object.fromEntries(["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map((name) => [name, address])),
    NO_PROXY: "example.org,::1",
    no_proxy: "example.org,::1",
  };
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", client], env });
  const { stdout, stderr } = await child.output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(said, "direct example.org,::1,127.0.0.1,localhost\ndirect\n");
  assertEquals(asked, 0);
});
