import { fileURLToPath } from "node:url";
import { endProcess, firstLine } from "../ground/own_process.ts";

/** A server that answers a constant, in a process of its own. */
export interface Constant extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts it. What a load reaches on it is the generator's ceiling: how many answers a second it could
 * take from a server that costs nothing.
 */
export async function startConstant(): Promise<Constant> {
  const program = fileURLToPath(new URL("./constant_server.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-config", "--no-lock", "--allow-net=127.0.0.1", program],
    ...{ stdin: "piped", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const close = () => endProcess(child);
  try {
    const { port } = JSON.parse(await firstLine(child.stdout));
    child.unref();
    return { url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: close };
  } catch (cause) {
    await close();
    throw new Error("the server of a constant answer did not start", { cause });
  }
}
