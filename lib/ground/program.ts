/** Programs in processes of their own: started, talked with by lines of JSON, and ended for certain. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { direct } from "./direct.ts";
import { lines } from "./lines.ts";

/** A program that may be started. */
export interface Program {
  /** What errors call it, e.g. "Go concurrent". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to this process's own environment, and to what keeps a proxy away from loopback. */
  readonly env?: Readonly<Record<string, string>>;
  /** By default the folder of this process. */
  readonly cwd?: string;
}

/** A program that has been started. */
export interface Running {
  readonly pid: number;
  /** What it prints, as it comes or line by line; for one reader, who may stop early. */
  readonly pieces: AsyncGenerator<Uint8Array>;
  readonly lines: AsyncGenerator<string>;
  /**
   * Resolves to how it ended, once it has and all that it started is ended too (where there are no
   * process groups, on Windows, it alone).
   */
  readonly ended: Promise<Deno.CommandStatus>;
  /** The end of what it has written on standard error, 8,000 characters at most. */
  complaints(): string;
  /** Says one value on its standard input, as a line of JSON; one that has ended hears nothing. */
  tell(value: unknown): void;
  /** Lets this process end without waiting for it: the program ends with its standard input. */
  unref(): void;
  /** Kills it and all that it started, on Windows it alone. */
  kill(): void;
  /** Ends it as {@link kill} does, but resolves when it is gone. */
  end(): Promise<void>;
  /** An error that names it, says what it did and carries what it wrote on standard error. */
  failure(what: string): Error;
  /** {@link failure} by how it ended; to be asked for when it has, or is about to. */
  ending(): Promise<Error>;
}

/** The part of standard error that is kept, characters. */
const TAIL = 8_000;
/** How long the last words of a program may take to arrive, and where there are no groups its end, ms. */
const LAST_WORDS = 2_000;
const WINDOWS = Deno.build.os === "windows";

/**
 * Starts a program as the leader of a process group of its own. It is to end when its standard input
 * does, since that is what happens when this process dies; see `endWithParent`.
 *
 * ```ts
 * const child = start({ name: "Go", command: "peer", args: [] });
 * child.tell(plan);
 * for await (const line of child.lines) console.log(JSON.parse(line));
 * await child.end();
 * ```
 *
 * @throws {Error} naming the program, where it cannot be started
 */
export function start(program: Program): Running {
  const { name, command, args, env, cwd } = program;
  const child = spawn(name, command, { args: [...args], env: { ...direct(), ...env }, cwd });
  const { pid } = child;
  const printed = pieces(child.stdout, child.status);
  const stdin = child.stdin.getWriter();
  let tail = "";
  const complaining = (async () => {
    const decoder = new TextDecoder();
    for await (const piece of pieces(child.stderr, child.status)) {
      tail = (tail + decoder.decode(piece, { stream: true })).slice(-TAIL);
    }
  })();

  const kill = () => {
    try {
      if (WINDOWS) child.kill("SIGKILL");
      else Deno.kill(-pid, "SIGKILL");
    } catch {
      // None of them is left.
    }
  };
  const ended = (async () => {
    const status = await child.status;
    if (!WINDOWS) kill(); // What it left behind.
    await complaining;
    await stdin.close().catch(() => {});
    return status;
  })();
  const failure = (what: string) => {
    const said = tail.trim();
    return new Error(`${name} ${what}${said ? `; it said:\n${said}` : ""}`);
  };
  return {
    pid,
    pieces: printed,
    lines: lines(printed),
    ended,
    complaints: () => tail,
    tell(value) {
      // One that has ended reads nothing; its exit says more than a broken pipe would.
      stdin.write(new TextEncoder().encode(JSON.stringify(value) + "\n")).catch(() => {});
    },
    unref: () => child.unref(),
    kill,
    async end() {
      child.ref();
      if (WINDOWS) {
        await stdin.close().catch(() => {});
        const { promise: late, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, LAST_WORDS);
        await Promise.race([ended, late]);
        clearTimeout(timer);
      }
      kill();
      await ended;
      if (child.stdout.locked) await printed.return(undefined);
      else await child.stdout.cancel();
    },
    failure,
    async ending() {
      const { signal, code } = await ended;
      return failure(
        signal ? `(process ${pid}) was killed by ${signal}` : `ended with code ${code}`,
      );
    },
  };
}

/**
 * A module of the project as a program: this same Deno, with the project's imports.
 *
 * @param name what errors call it
 * @param module its URL
 * @param args what it finds in `Deno.args`
 * @param verb Deno's command and options of that command
 */
export function denoProgram(
  name: string,
  module: string,
  args: readonly string[] = [],
  verb: readonly string[] = ["run"],
): Program {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const options = ["-A", "--quiet", "--no-lock", "--config", `${root}/deno.json`];
  const file = fileURLToPath(module);
  return { name, command: Deno.execPath(), args: [...verb, ...options, file, ...args] };
}

function spawn(name: string, command: string, options: Deno.CommandOptions) {
  try {
    return new Deno.Command(command, {
      ...options,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      detached: !WINDOWS,
    }).spawn();
  } catch (error) {
    throw new Error(`${name} could not be started: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * What a stream brings, until it ends, or brings nothing more once the program is gone: a child that
 * has left its group may hold it open.
 */
async function* pieces(stream: ReadableStream<Uint8Array>, gone: Promise<unknown>) {
  const reader = stream.getReader();
  let [reading, over] = [false, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    clearTimeout(timer);
    if (reading && over) timer = setTimeout(() => reader.cancel(), LAST_WORDS);
  };
  gone.then(() => {
    over = true;
    watch();
  });
  try {
    for (;;) {
      reading = true;
      watch();
      const { value, done } = await reader.read();
      reading = false;
      watch();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
