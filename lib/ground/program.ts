/** A program that speaks the protocol of peers: a plan in, a line of JSON out. */
export interface PeerProgram {
  /** What errors call it, e.g. "Go concurrent". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** How long a process may take to be gone once its group was killed, ms. */
const grace = 2_000;

/** The part of standard error that an error carries, characters. */
const tail = 4_000;

/** The environment of a peer: no proxy between it and this machine, nothing written beside its source. */
const peerEnvironment: Readonly<Record<string, string>> = {
  ...{ NO_PROXY: "127.0.0.1,localhost,::1", no_proxy: "127.0.0.1,localhost,::1" },
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONIOENCODING: "utf-8",
};

/**
 * A child with a process group of its own, so that its children can be ended with it.
 * @throws {Error} naming the program, where it cannot be started
 */
export function spawnGroup(program: PeerProgram): Deno.ChildProcess {
  try {
    return new Deno.Command(program.command, {
      args: [...program.args],
      env: { ...peerEnvironment },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      detached: Deno.build.os !== "windows",
    }).spawn();
  } catch (error) {
    throw failure(program, `could not be started: ${(error as Error).message}`);
  }
}

/** Ends a child and whatever it has started; what is gone already is fine. */
export function killGroup(child: Deno.ChildProcess): void {
  try {
    if (Deno.build.os === "windows") child.kill("SIGKILL");
    else Deno.kill(-child.pid, "SIGKILL");
  } catch {
    // None of them is left.
  }
}

/**
 * Sends one line to a program and resolves to all that it prints. Whatever happens, it and its
 * children are gone afterwards; if this process dies, standard input ends and the peer with it.
 *
 * @param input one line, without its end
 * @param deadline for all of it, ms
 * @throws {Error} naming the program and carrying its standard error, where it exits with a code,
 * is killed, or is not done by the deadline; the signal's reason where that is aborted
 */
export async function runProgram(
  program: PeerProgram,
  input: string,
  { deadline, signal }: { deadline: number; signal: AbortSignal },
): Promise<string> {
  signal.throwIfAborted();
  const child = spawnGroup(program);
  const halt = Promise.withResolvers<"deadline" | "abort">();
  const timer = setTimeout(() => halt.resolve("deadline"), deadline);
  const abort = () => halt.resolve("abort");
  signal.addEventListener("abort", abort);
  const stdout = collect(child.stdout, Infinity);
  const stderr = collect(child.stderr, tail);
  const stdin = child.stdin.getWriter();
  // A program that has ended reads nothing; its exit says more than a broken pipe would.
  stdin.write(new TextEncoder().encode(input + "\n")).catch(() => {});
  try {
    const ended = await Promise.race([child.status, halt.promise]);
    // Children of an ended program would keep its pipes open.
    killGroup(child);
    const status = await child.status;
    const [printed, complained] = await Promise.all([stdout.text(), stderr.text()]);
    if (ended === "abort") throw signal.reason;
    if (ended === "deadline") {
      throw failure(program, `was not done after ${deadline} ms and was ended`, complained);
    }
    if (status.signal) throw failure(program, `was killed by ${status.signal}`, complained);
    if (!status.success) throw failure(program, `ended with code ${status.code}`, complained);
    return printed;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    stdin.close().catch(() => {});
  }
}

/** An error that names the program and carries what it said. */
export function failure(program: PeerProgram, what: string, stderr = ""): Error {
  const said = stderr.trim();
  return new Error(`${program.name} ${what}${said ? `; it said:\n${said}` : ""}`);
}

/** Reads a stream to its end; keeps the last characters. A descendant that holds it open is not waited for. */
export function collect(stream: ReadableStream<Uint8Array>, keep: number) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const pieces: string[] = [];
  const done = (async () => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      pieces.push(chunk.value);
      if (keep < Infinity) pieces.splice(0, pieces.length, pieces.join("").slice(-keep));
    }
  })().catch(() => {});
  return {
    async text(): Promise<string> {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, grace));
      await Promise.race([done, late]);
      clearTimeout(timer);
      await reader.cancel().catch(() => {});
      return pieces.join("");
    },
  };
}
