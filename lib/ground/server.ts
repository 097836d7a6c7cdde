import { direct } from "./direct.ts";
import { type Program, start } from "./program.ts";

/** A server in a process of its own. */
export interface Server<Ready> extends AsyncDisposable {
  /** What it said once it listened. */
  readonly ready: Ready;
  readonly pid: number;
  /** Ends it and all that it started; resolves when they are gone. */
  close(): Promise<void>;
}

/**
 * Starts a program that says one line of JSON, `{"url": …}` with whatever else, once it listens, or
 * `{"error": …}`, and that ends when its standard input does. A program that forgets to close its
 * server can still end, and the server with it. From then on this process's own `fetch` goes to
 * loopback directly, whatever proxy the environment names, unless it fetched something before.
 *
 * @param within how long it may take to listen, ms
 * @throws {Error} naming it, with its own words, where it does not listen by then
 */
export async function startServer<Ready extends { readonly url: string }>(
  program: Program,
  within = 30_000,
): Promise<Server<Ready>> {
  for (const [name, hosts] of Object.entries(direct())) Deno.env.set(name, hosts);
  const child = start(program);
  let closing: Promise<void> | undefined;
  const close = () => closing ??= child.end();
  const timer = setTimeout(close, within);
  const line = await child.lines.next();
  clearTimeout(timer);
  const said = parse(line.value ?? "");
  if (typeof said.url === "string") {
    await child.lines.return(undefined);
    // Not earlier: what is read from an unreferenced child keeps nobody waiting.
    child.unref();
    return { ready: said as Ready, pid: child.pid, close, [Symbol.asyncDispose]: close };
  }
  const late = closing !== undefined;
  await close();
  if (late) throw child.failure(`did not listen within ${within} ms`);
  throw child.failure(`did not start${said.error === undefined ? "" : `: ${said.error}`}`);
}

function parse(line: string): { url?: unknown; error?: unknown } {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    return line.trim() === "" ? {} : { error: line.trim() };
  }
}
