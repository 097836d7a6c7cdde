/**
 * `deno run relay.ts CONNECTION_FILE`: Deno's kernel, with an Interrupt that a waiting cell survives.
 *
 * Asked to interrupt, Deno's kernel ends whatever JavaScript runs. Where none does, because a cell
 * awaits something, it never runs any again, and only a restart helps. So this process stands between
 * the front end and the kernel on the control channel: the notebook, if it listens, is told first, and
 * stops what it has under way. If it does not answer, something holds its thread; then the kernel is
 * asked.
 *
 * Everything else goes through as it is. Files of its own (zmtp.ts, messages.ts) are all it needs.
 */
import { decodeMessage, encodeMessage, message } from "./messages.ts";
import { encodeFrame, FrameDecoder, GREETING_BYTES } from "./zmtp.ts";

/** How long a notebook may take to say that it has heard, ms. */
const PATIENCE = 1_000;
const LOOPBACK = { hostname: "127.0.0.1", port: 0 };

const [file] = Deno.args;
const connection = JSON.parse(Deno.readTextFileSync(file));
const own = `${file}.behind`;
const behind = freePort();
Deno.writeTextFileSync(own, JSON.stringify({ ...connection, control_port: behind }), {
  mode: 0o600,
});
const front = Deno.listen({ hostname: connection.ip, port: connection.control_port });
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

/** Who in the kernel wants to hear of an interrupt, and what is told how much it has stopped. */
const listening = new Map<Deno.Conn, { heard: (many: number) => void }>();
listen(notebooks, async (notebook) => {
  const entry = { heard: (_: number) => {} };
  listening.set(notebook, entry);
  try {
    const many = new Uint8Array(1);
    while (await notebook.read(many)) entry.heard(many[0]);
  } finally {
    listening.delete(notebook);
  }
});

listen(front, async (client) => {
  const control = await connected(behind);
  const [toClient, toKernel] = [writer(client), writer(control)];
  const back = forward(control, toClient, () => Promise.resolve(false));
  const there = forward(client, toKernel, async (frames) => {
    const asked = interruptIn(frames);
    if (asked === null || !await told()) return false;
    const reply = message("interrupt_reply", asked.session, { status: "ok" });
    await toClient(framed(encodeMessage({ ...reply, parent_header: asked }, connection.key)));
    return true;
  });
  await Promise.race([back, there]);
  for (const end of [client, control]) end.close();
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

/** Tells the notebook, and says whether it has heard. */
async function told(): Promise<boolean> {
  const [first] = listening;
  if (first === undefined) return false;
  const [notebook, entry] = first;
  let timer: number | undefined;
  const heard = new Promise<boolean>((resolve) => {
    entry.heard = (many) => {
      resolve(true);
      if (many === 0) notebook.write(Uint8Array.of(1)).catch(() => {}); // then it says so
    };
    timer = setTimeout(resolve, PATIENCE, false) as unknown as number;
  });
  await notebook.write(Uint8Array.of(0)).catch(() => {});
  return await heard.finally(() => {
    clearTimeout(timer);
    entry.heard = () => {}; // what comes late is no news
  });
}

/** Passes on what one end sends, message by message, but those that `take` takes. */
async function forward(
  from: Deno.Conn,
  to: (bytes: Uint8Array) => Promise<void>,
  take: (frames: Uint8Array[]) => Promise<boolean>,
): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  const decoder = new FrameDecoder();
  let [greeting, frames]: [number, Uint8Array[]] = [GREETING_BYTES, []];
  for (let count; (count = await from.read(buffer).catch(() => null)) !== null;) {
    const first = Math.min(greeting, count);
    greeting -= first;
    if (first > 0) await to(buffer.slice(0, first));
    for (const frame of decoder.push(buffer.subarray(first, count))) {
      if (frame.command) {
        await to(encodeFrame(frame));
        continue;
      }
      frames.push(frame.body);
      if (frame.more) continue;
      if (!await take(frames)) await to(framed(frames));
      frames = [];
    }
  }
}

/** The frames of a message as they go over the wire. */
function framed(frames: readonly Uint8Array[]): Uint8Array {
  const parts = frames.map((body, i) =>
    encodeFrame({ command: false, more: i < frames.length - 1, body })
  );
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Writes whole messages, one after the other. */
function writer(to: Deno.Conn): (bytes: Uint8Array) => Promise<void> {
  let last = Promise.resolve();
  return (bytes) =>
    last = last.then(async () => {
      for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
    }).catch(() => {}); // whoever has gone needs nothing more
}

/** Connects as soon as the kernel listens. */
async function connected(port: number): Promise<Deno.Conn> {
  for (;;) {
    try {
      const conn = await Deno.connect({ hostname: connection.ip, port });
      if (conn.localAddr.transport === "tcp" && conn.localAddr.port !== port) return conn;
      conn.close(); // connected to itself
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function listen(listener: Deno.Listener, serve: (conn: Deno.Conn) => Promise<void>) {
  for await (const conn of listener) serve(conn as Deno.Conn).catch(() => {});
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
