/**
 * `deno run relay.ts CONNECTION_FILE`: Deno's kernel, with an Interrupt that a waiting cell survives.
 *
 * Asked to interrupt, Deno's kernel ends whatever JavaScript runs. Where none does, because a cell
 * awaits something, it never runs any again, and only a restart helps. So this process stands between
 * the front end and the kernel on the control channel: what listens in the kernel (listener.ts) is told
 * first, and stops what it can. If it does not answer, something holds its thread; then the kernel is
 * asked. If there is nothing that can be stopped, it says so in the cell that waits.
 *
 * Everything else goes through as it is. Files of its own are all it needs.
 */
import { setTimeout as after } from "node:timers/promises";
import type { JsonObject } from "../notebook/notebook.ts";
import { decodeMessage, encodeMessage, message } from "./messages.ts";
import { connect, connectZmtp, framed, receive, whenListening, writer } from "./zmtp.ts";

/** How many ticks of so many ms a notebook may take to say that it has heard, and a cell to end then. */
const PATIENCE = 50, ENDING = 25, TICK = 20;
const LOOPBACK = { hostname: "127.0.0.1", port: 0 };

const [file] = Deno.args;
const connection = JSON.parse(Deno.readTextFileSync(file));
const own = `${file}.behind`;
const behind = { ...connection, control_port: freePort(), shell_port: freePort() };
Deno.writeTextFileSync(own, JSON.stringify(behind), { mode: 0o600 });
const hostname = connection.ip;
const control = Deno.listen({ hostname, port: connection.control_port });
const shell = Deno.listen({ hostname, port: connection.shell_port });
const notebooks = Deno.listen(LOOPBACK);
const kernel = new Deno.Command(Deno.execPath(), {
  args: ["jupyter", "--kernel", "--conn", own],
  env: { LAB_INTERRUPTS: String(notebooks.addr.port) },
  stdin: "null",
}).spawn();
const watcher = endsWith(kernel.pid);
for (const signal of Deno.build.os === "windows" ? [] : ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
  Deno.addSignalListener(signal, () => kernel.kill("SIGKILL"));
}
kernel.status.then(({ code }) => {
  try {
    Deno.removeSync(own);
    watcher?.kill();
  } catch {
    // Gone before.
  }
  Deno.exit(code);
});

/** Who listens in the kernel, and what takes how much can be stopped. */
let listener: Deno.Conn | null = null;
let heard = (_: number) => {};
const { promise: listening, resolve: listens } = Promise.withResolvers<void>();
listen(notebooks, async (notebook) => {
  listener = notebook;
  listens();
  const many = new Uint8Array(1);
  while (await notebook.read(many)) heard(many[0]);
});

/** Of requests that this process makes of the kernel, what takes the reply. */
const replies = new Map<string, () => void>();
const session = crypto.randomUUID();
const asking = whenListening(() =>
  connectZmtp(behind.shell_port, "DEALER", (frames) => {
    const id = decodeMessage(frames, connection.key).parent_header.msg_id ?? "";
    replies.get(id)?.();
    replies.delete(id);
  })
);
const begun = ask("execute_request", {
  code: Deno.readTextFileSync(new URL("./listener.ts", import.meta.url)),
  silent: true,
  store_history: false,
  user_expressions: {},
  allow_stdin: false,
}).then(() => within(PATIENCE, listening));

/** Asks the kernel; resolves when it replies, which it does after the cell that runs. */
async function ask(type: string, content: JsonObject): Promise<true> {
  const request = message(type, session, content);
  const { promise, resolve } = Promise.withResolvers<true>();
  replies.set(request.header.msg_id, () => resolve(true));
  await (await asking).send(encodeMessage(request, connection.key)).catch(() => {});
  return await promise;
}

// No cell runs before there is who listens.
listen(shell, async (client) => {
  await begun;
  const kernel = await whenListening(() => connect(hostname, behind.shell_port));
  await Promise.race([
    client.readable.pipeTo(kernel.writable),
    kernel.readable.pipeTo(client.writable),
  ]);
});

listen(control, async (client) => {
  const kernel = await whenListening(() => connect(hostname, behind.control_port));
  const [toClient, toKernel] = [writer(client), writer(kernel)];
  const back = receive(kernel, (frames) => toClient(framed(frames)), toClient);
  const there = receive(client, async (frames) => {
    const asked = interruptIn(frames);
    if (asked === null || !await told()) return await toKernel(framed(frames));
    const reply = message("interrupt_reply", asked.session, { status: "ok" });
    await toClient(framed(encodeMessage({ ...reply, parent_header: asked }, connection.key)));
  }, toKernel);
  await Promise.race([back, there]).catch(() => {}); // whoever has gone needs nothing more
  for (const end of [client, kernel]) end.close();
});

/** The header of the request to interrupt that these frames are; null: they are something else. */
function interruptIn(frames: readonly Uint8Array[]) {
  try {
    const { header } = decodeMessage(frames, connection.key);
    return header.msg_type === "interrupt_request" ? header : null;
  } catch {
    return null;
  }
}

/** Has what can be stopped in the kernel stopped, and says whether anybody there has heard. */
async function told(): Promise<boolean> {
  const order = (which: keyof typeof ORDERS) => listener?.write(Uint8Array.of(ORDERS[which]));
  const answer = new Promise<number>((resolve) => heard = resolve);
  if (listener === null) return false;
  await order("count")?.catch(() => {});
  const many = await within(PATIENCE, answer);
  heard = () => {}; // what comes late is no news
  if (many === undefined) {
    // A cell whose loop is broken off after an await ends when its promise is collected.
    order("collect")?.catch(() => {});
    return false;
  }
  if (many > 0) {
    await order("stop");
    return true;
  }
  await order("collect");
  within(ENDING, ask("kernel_info_request", {}))
    .then((free) => free ? 0 : order("tell")).catch(() => {});
  return true;
}

/** What the listener understands. */
const ORDERS = { count: 0, stop: 1, collect: 2, tell: 3 };

/** What a promise comes to, undefined where that takes more ticks. */
const within = <T>(many: number, promise: Promise<T>): Promise<T | undefined> =>
  Promise.race([promise, ticks(many)]);

/** Resolves after so many ticks: a stop of the machine, however long, counts for one. */
async function ticks(many: number): Promise<undefined> {
  while (many-- > 0) await after(TICK, undefined, { ref: false });
}

async function listen(on: Deno.Listener, serve: (conn: Deno.Conn) => Promise<void>) {
  for await (const conn of on) serve(conn as Deno.Conn).catch(() => {});
}

function freePort(): number {
  using listener = Deno.listen(LOOPBACK);
  return listener.addr.port;
}

/** Ends a process when this one is gone, however it went; where there is no shell, nothing does. */
function endsWith(pid: number): Deno.ChildProcess | undefined {
  if (Deno.build.os === "windows") return undefined;
  const args = ["-c", `read -r _; kill -s KILL ${pid}`];
  return new Deno.Command("sh", { args, stdin: "piped", stdout: "null", stderr: "null" }).spawn();
}
