/** The `deno jupyter` process, its connection file, and what is known of its end. */
import { rmSync } from "node:fs";
import { type Running, start } from "../../ground/program.ts";
import { Accesses } from "./accesses.ts";
import { Printed } from "./printed.ts";

/**
 * How a kernel process ended; `stderr` is the end of what it wrote there. It is `garbled` where it
 * was ended because what it published could no longer be read.
 */
export interface KernelEnd {
  code: number;
  signal: string | null;
  stderr: string;
  garbled: boolean;
}

/** What a connection file holds. */
export type Connection = ReturnType<typeof newConnection>;

export interface KernelProcess {
  connection: Connection;
  /** What it prints on standard output. */
  printed: Printed;
  /** What it read so far. */
  accesses: Accesses;
  /** Resolves when the process is gone, by whatever cause. */
  ended: Promise<KernelEnd>;
  /** Ends the process and the processes its cells started; resolves when they are gone. */
  kill(): Promise<void>;
  /** Removes the connection file; the kernel has read it once it answers. */
  forgetConnection(): void;
}

/** The part of what a process printed that is searched for the guard's report, characters. */
const KEPT = 8_000;

/**
 * Starts `deno jupyter --kernel` in `cwd` on free loopback ports, under a guard that ends it
 * should this process die (guard.ts). Should the guard die, this process ends what it guarded;
 * should both die at once, a second guard does. On Windows the kernel outlives its guard.
 */
export function startKernelProcess(cwd: string): KernelProcess {
  const folder = Deno.makeTempDirSync({ prefix: "lab-kernel-" });
  const file = `${folder}/connection.json`;
  const connection = newConnection();
  Deno.writeTextFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const accesses = new Accesses(folder);
  const forgetConnection = () => rmSync(folder, { recursive: true, force: true });

  const guard = start({
    name: "the kernel's guard",
    command: Deno.execPath(),
    args: [
      ...["run", "-A", "--quiet", "--no-config", "--no-lock", new URL("guard.ts", import.meta.url)],
      ...[Deno.execPath(), "jupyter", "--kernel", "--conn", file],
    ].map(String),
    cwd,
    // The same outputs on every machine, and readable where terminal colours are not shown.
    // And by LAB_RUN a claim that does not hold ends the run, instead of telling whoever works here.
    env: { NO_COLOR: "1", LAB_RUN: "1", DENO_AUDIT_PERMISSIONS: accesses.path },
  });
  const second = secondGuard(guard.pid);
  const printed = new Printed();
  const ended = (async (): Promise<KernelEnd> => {
    const decoder = new TextDecoder();
    let last = "";
    for await (const piece of guard.pieces) {
      const text = decoder.decode(piece, { stream: true });
      printed.take(text);
      last = (last + text).slice(-KEPT);
    }
    await guard.ended;
    await second?.end();
    forgetConnection();
    accesses[Symbol.dispose]();
    const report = last.match(/\n(\{"code":.*\})\n$/)?.[1] ?? `{"code":-1,"signal":null}`;
    const stderr = withoutWarning(guard.complaints());
    return { ...JSON.parse(report), stderr, garbled: false };
  })();
  return {
    connection,
    printed,
    accesses,
    ended,
    async kill() {
      await guard.end();
      await ended;
    },
    forgetConnection,
  };
}

/** On distinct ports nobody listens on now; another process may still take one first. */
function newConnection() {
  const listeners = Array.from(
    { length: 5 },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = listeners
    .map(({ addr }) => addr.port);
  for (const listener of listeners) listener.close();
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    signature_scheme: "hmac-sha256",
    key: crypto.randomUUID(),
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
  };
}

/** Without what every Deno kernel says first. */
function withoutWarning(stderr: string): string {
  return stderr.replace(/^.*Warning.*"deno jupyter" is unstable.*\n/, "");
}

/**
 * Ends the guard's group when this process dies, should the guard die with it: a shell, which takes
 * a megabyte and starts in no time. Where there are no groups, or no shell, there is none.
 */
function secondGuard(group: number): Running | undefined {
  const script = `read -r _; kill -s KILL -- -${group}`;
  try {
    if (Deno.build.os === "windows") return undefined;
    return start({ name: "the second guard", command: "sh", args: ["-c", script] });
  } catch {
    return undefined;
  }
}
