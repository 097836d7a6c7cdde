/** The `deno jupyter` process, its connection file, and what is known of its end. */
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
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

/** The part of what a process printed that is searched for the guard's report, characters. */
const KEPT = 8_000;

/**
 * `deno jupyter --kernel` in `cwd` on free loopback ports, under a guard that ends it should this
 * process die (guard.ts). Should the guard die, this process ends what it guarded; should both die
 * at once, a second guard does. On Windows the kernel outlives its guard.
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
  readonly #guard: Running;

  constructor(cwd: string) {
    const file = `${this.#folder}/connection.json`;
    Deno.writeTextFileSync(file, JSON.stringify(this.connection), { mode: 0o600 });
    this.accesses = new Accesses(this.#folder);
    const guard = fileURLToPath(new URL("guard.ts", import.meta.url));
    this.#guard = start({
      name: "the kernel's guard",
      command: Deno.execPath(),
      args: [
        ...["run", "-A", "--quiet", "--no-config", "--no-lock", guard],
        ...[Deno.execPath(), "jupyter", "--kernel", "--conn", file],
      ],
      cwd,
      // The same outputs on every machine, and readable where terminal colours are not shown.
      // And by LAB_RUN a claim that does not hold ends the run, instead of telling whoever works here.
      env: { NO_COLOR: "1", LAB_RUN: "1", DENO_AUDIT_PERMISSIONS: this.accesses.path },
    });
    this.ended = this.#end(secondGuard(this.#guard.pid));
  }

  /** Ends the process and the processes its cells started; resolves when they are gone. */
  async kill(): Promise<void> {
    await this.#guard.end();
    await this.ended;
  }

  /** Removes the connection file; the kernel has read it once it answers. */
  forgetConnection(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(second: Running | undefined): Promise<KernelEnd> {
    const decoder = new TextDecoder();
    let last = "";
    for await (const piece of this.#guard.pieces) {
      const text = decoder.decode(piece, { stream: true });
      this.printed.take(text);
      last = (last + text).slice(-KEPT);
    }
    await this.#guard.ended;
    await second?.end();
    this.forgetConnection();
    this.accesses[Symbol.dispose]();
    const report = last.match(/\n(\{"code":.*\})\n$/)?.[1] ?? `{"code":-1,"signal":null}`;
    // Without what every Deno kernel says first.
    const stderr = this.#guard.complaints()
      .replace(/^.*Warning.*"deno jupyter" is unstable.*\n/, "");
    return { ...JSON.parse(report), stderr, garbled: false };
  }
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

  /**
   * Paths, as they were asked for, file URLs of modules, and `$NAME` for a variable; each once. To be
   * asked for once.
   */
  read(): string[] {
    const found = new Set<string>();
    for (const line of readFileSync(this.#file, "utf8").split("\n")) {
      if (!/"permission":"(read|env)"/.test(line)) continue;
      try {
        const { permission, value } = JSON.parse(line);
        found.add(permission === "env" ? `$${value ?? ""}` : value);
      } catch {
        // Another Deno that a program started with the same variable wrote in between.
      }
    }
    return [...found].filter((name) => typeof name === "string");
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
