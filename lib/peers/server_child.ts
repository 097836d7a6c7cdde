import { collect, failure, killGroup, type PeerProgram, spawnGroup } from "../ground/program.ts";

/** A server in a process of its own, with whatever that started. */
export interface Server extends AsyncDisposable {
  readonly name: string;
  /** Where it answers, no trailing slash. */
  readonly url: string;
  readonly pid: number;
  /** Of the language and the packages, as they say themselves. */
  readonly versions: Readonly<Record<string, string>>;
  /** Ends it and its children; resolves when it is gone. */
  close(): Promise<void>;
}

/**
 * Starts a program that prints one line of JSON, `{"url", "versions"}`, once it listens, and that
 * ends when its standard input does.
 *
 * @param within how long it may take to listen, ms
 * @throws {Error} naming it and carrying its standard error, where it does not
 */
export async function startServer(program: PeerProgram, within = 30_000): Promise<Server> {
  const child = spawnGroup(program);
  const stderr = collect(child.stderr, 4_000);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let closing: Promise<void> | undefined;

  async function end(): Promise<void> {
    child.ref();
    killGroup(child);
    await child.status;
    await Promise.allSettled([reader.cancel(), child.stdin.close(), stderr.text()]);
  }
  const close = () => closing ??= end();

  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(resolve, within, undefined));
  const line = await Promise.race([firstLine(reader), late]);
  clearTimeout(timer);
  let ready: { url?: unknown; versions?: Record<string, string> } = {};
  try {
    ready = JSON.parse(line ?? "");
  } catch {
    // Said below.
  }
  if (typeof ready.url !== "string") {
    await close();
    const what = line === undefined ? `did not listen within ${within} ms` : "did not start";
    throw failure(program, what, await stderr.text());
  }
  // A program that forgets to close its server can still end, and the server with it.
  child.unref();
  const { name } = program;
  const { url, versions = {} } = ready;
  return { name, url, pid: child.pid, versions, close, [Symbol.asyncDispose]: close };
}

async function firstLine(reader: ReadableStreamDefaultReader<string>): Promise<string> {
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  return text;
}
