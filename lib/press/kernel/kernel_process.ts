/** The `deno jupyter` process, its connection file, and what is known of its end. */
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

/** The parts of a connection file that a client needs. */
export interface Connection {
  key: string;
  shell: number;
  iopub: number;
  control: number;
}

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

/** How much of what a process wrote is kept, characters. */
const KEPT = 8_000;
/** How long its last words may take to arrive once it is gone, ms. */
const LAST_WORDS = 500;

/**
 * Starts `deno jupyter --kernel` in `cwd` on free loopback ports, under a guard that ends it
 * should this process die (guard.ts).
 */
export function startKernelProcess(cwd: string): KernelProcess {
  const folder = Deno.makeTempDirSync({ prefix: "lab-kernel-" });
  const [shell, iopub, stdin, control, heartbeat] = freePorts(5);
  const key = crypto.randomUUID();
  const file = `${folder}/connection.json`;
  const connection = {
    transport: "tcp",
    ip: "127.0.0.1",
    signature_scheme: "hmac-sha256",
    key,
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
  };
  Deno.writeTextFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const accesses = new Accesses(folder);
  const forgetConnection = () => {
    try {
      Deno.removeSync(folder, { recursive: true });
    } catch {
      // Removed before.
    }
  };

  const guard = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", "--no-config", "--no-lock", new URL("guard.ts", import.meta.url)],
      ...[Deno.execPath(), "jupyter", "--kernel", "--conn", file],
    ].map(String),
    cwd,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // The same outputs on every machine, and readable where terminal colours are not shown.
    // And by LAB_RUN a claim that does not hold ends the run, instead of telling whoever works here.
    env: { NO_COLOR: "1", LAB_RUN: "1", DENO_AUDIT_PERMISSIONS: accesses.path },
    detached: true,
  }).spawn();

  const printed = new Printed();
  const stdout = new Tail(guard.stdout, (text) => printed.take(text));
  const stderr = new Tail(guard.stderr, () => {});
  const ended = (async (): Promise<KernelEnd> => {
    await guard.status;
    await Promise.all([stdout.end(), stderr.end()]);
    forgetConnection();
    accesses[Symbol.dispose]();
    const report = stdout.text.match(/\n(\{"code":.*\})\n$/)?.[1] ?? `{"code":-1,"signal":null}`;
    return { ...JSON.parse(report), stderr: withoutWarning(stderr.text), garbled: false };
  })();
  return {
    connection: { key, shell, iopub, control },
    printed,
    accesses,
    ended,
    async kill() {
      await guard.stdin.close().catch(() => {});
      await ended;
    },
    forgetConnection,
  };
}

/** Distinct ports nobody listens on now; another process may still take one first. */
function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map((listener) => listener.addr.port);
  for (const listener of listeners) listener.close();
  return ports;
}

/** Without what every Deno kernel says first. */
function withoutWarning(stderr: string): string {
  return stderr.replace(/^.*Warning.*"deno jupyter" is unstable.*\n/, "");
}

/** The end of what a process writes. */
class Tail {
  text = "";
  #reader: ReadableStreamDefaultReader<string>;
  #done: Promise<void>;

  constructor(stream: ReadableStream<Uint8Array>, readonly listener: (text: string) => void) {
    this.#reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    this.#done = this.#read();
  }

  /**
   * To be called when the process is gone: resolves with all read. Another process that inherited
   * the stream may outlive it and is not waited for.
   */
  async end(): Promise<void> {
    const { promise: waited, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST_WORDS);
    await Promise.race([this.#done, waited]);
    clearTimeout(timer);
    await this.#reader.cancel();
    await this.#done;
  }

  async #read(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#reader.read();
      if (done) return;
      this.text = (this.text + value).slice(-KEPT);
      this.listener(value);
    }
  }
}
