/** The `deno jupyter` process, its connection file, and what is known of its end. */
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { attempt } from "../../ground/attempt.ts";
import { type Running, start } from "../../ground/program.ts";
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

const WINDOWS = Deno.build.os === "windows";

/**
 * `deno jupyter --kernel` in `cwd` on free loopback ports. It cannot watch its parent while a cell keeps
 * it busy, and nothing is to run inside a kernel that measures, so two shells do, which take a megabyte
 * each and start in no time: when this process dies, either ends the kernel's group; when one of them
 * dies, this process does. The kernel is a shell itself until both are there. Windows, without groups,
 * has guard.ts: there the kernel outlives its guard.
 */
export class KernelProcess {
  readonly connection = newConnection();
  /** What it prints on standard output. */
  readonly printed = new Printed();
  /** What it read so far. */
  readonly accesses: Accesses;
  /** Resolves when the process is gone, by whatever cause. */
  readonly ended: Promise<KernelEnd>;
  readonly #folder = Deno.makeTempDirSync({ prefix: "lab-kernel-" });
  readonly #kernel: Running;

  constructor(cwd: string) {
    const file = `${this.#folder}/connection.json`;
    Deno.writeTextFileSync(file, JSON.stringify(this.connection), { mode: 0o600 });
    this.accesses = new Accesses(this.#folder);
    const command = [Deno.execPath(), "jupyter", "--kernel", "--conn", file];
    this.#kernel = start({
      name: "the kernel",
      ...WINDOWS ? guarded(command) : shell(`read -r _ && exec "$@" < /dev/null`, command),
      cwd,
      // The same outputs on every machine, and readable where terminal colours are not shown.
      // And by LAB_RUN a claim that does not hold ends the run, instead of telling whoever works here.
      env: { NO_COLOR: "1", LAB_RUN: "1", DENO_AUDIT_PERMISSIONS: this.accesses.path },
    });
    const end = shell(`read -r _; kill -s KILL -- -${this.#kernel.pid}`, []);
    const guards = WINDOWS ? [] : [1, 2].map(() => start({ name: "a kernel's guard", ...end }));
    for (const guard of guards) guard.ended.then(() => this.#kernel.kill());
    this.#kernel.tell("begin");
    this.ended = this.#end(guards);
  }

  /** Ends the process and the processes its cells started; resolves when they are gone. */
  async kill(): Promise<void> {
    await this.#kernel.end();
    await this.ended;
  }

  /** Removes the connection file; the kernel has read it once it answers. */
  forgetConnection(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(guards: readonly Running[]): Promise<KernelEnd> {
    const decoder = new TextDecoder();
    for await (const piece of this.#kernel.pieces) {
      this.printed.take(decoder.decode(piece, { stream: true }));
    }
    const { code, signal } = await this.#kernel.ended;
    for (const guard of guards) await guard.end();
    this.forgetConnection();
    this.accesses[Symbol.dispose]();
    // Without what every Deno kernel says first.
    const stderr = this.#kernel.complaints()
      .replace(/^.*Warning.*"deno jupyter" is unstable.*\n/, "");
    return { code, signal, stderr, garbled: false };
  }
}

/** A script of the system's shell, and what it knows as `$@`. */
const shell = (script: string, words: readonly string[]) => ({
  command: "/bin/sh",
  args: ["-c", script, "sh", ...words],
});

/** A command that ends when the standard input of its guard does. */
function guarded(command: readonly string[]) {
  const guard = fileURLToPath(new URL("guard.ts", import.meta.url));
  const options = ["-A", "--quiet", "--no-config", "--no-lock"];
  return { command: Deno.execPath(), args: ["run", ...options, guard, ...command] };
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

/**
 * What a kernel asked for: paths, as they were named, and file URLs of modules; names of variables, ""
 * for all; addresses.
 */
export type Accessed = Record<"read" | "env" | "net", string[]>;

/** None of these. */
export const NO_ACCESS: Accessed = { read: [], env: [], net: [] };

/**
 * What a kernel and its workers read and look up, as Deno notes it in the file that DENO_AUDIT_PERMISSIONS names.
 * It stays open here, so that its folder may go.
 */
class Accesses implements Disposable {
  readonly path: string;
  readonly #file: number;

  constructor(folder: string) {
    this.path = `${folder}/accesses.jsonl`;
    this.#file = openSync(this.path, "w+");
  }

  /** What was asked for, each once. To be asked for once. */
  read(): Accessed {
    const found = structuredClone(NO_ACCESS);
    const lines = readFileSync(this.#file, "utf8").match(/"permission":"(?:read|env|net)".*/g);
    for (const line of new Set(lines)) {
      // Another Deno that a program started with the same variable may have written in between.
      const entry = attempt(() => JSON.parse(`{${line}`));
      if (entry) found[entry.permission as keyof Accessed].push(`${entry.value ?? ""}`);
    }
    return found;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
