/** The program that started this one: told and heard by lines of JSON, and ended with. */
import process from "node:process";
import { lines } from "./lines.ts";

/** Says one value on standard output, as a line of JSON. */
export function say(value: unknown): void {
  const bytes = new TextEncoder().encode(JSON.stringify(value) + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/**
 * Hears the first line of standard input, as JSON has it, and from then on ends this process with
 * the one that holds the other end, however that one ends: see {@link endWithParent}.
 *
 * ```ts
 * const plan = await hearFirst<Plan>((later: Item) => take(later));
 * ```
 *
 * @param onLater what is done with each line that follows
 * @throws {Error} where standard input ends before its first line does
 */
export async function hearFirst<First>(onLater: (value: never) => void = () => {}): Promise<First> {
  const input = lines(standardInput());
  const first = await input.next();
  if (first.done) throw new Error("standard input ended before its first line did");
  (async () => {
    for await (const line of input) onLater(JSON.parse(line) as never);
    endNow();
  })();
  return JSON.parse(first.value);
}

/**
 * Ends this process when its standard input does: whoever started it is gone, however that one
 * ended. Where this thread may stand still, {@link endWithParentFromThread} is for it.
 */
export async function endWithParent(): Promise<void> {
  try {
    for await (const _ of standardInput());
  } catch {
    // Unreadable is as good as ended.
  }
  endNow();
}

/** As {@link endWithParent}, from a thread of its own: this one may stand still, in `Atomics.wait`. */
export function endWithParentFromThread(): void {
  new Worker(new URL("./watch_parent.ts", import.meta.url), { type: "module" });
}

/** The whole process, wherever this is called; a thread's exit would end that thread alone. */
function endNow(): void {
  try {
    process.kill(process.pid, "SIGKILL");
  } catch {
    process.exit(1); // Without the permission to send signals.
  }
}

/** Standard input in pieces: read directly, which takes far less time than its stream does. */
async function* standardInput(): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(65_536);
  for (;;) {
    const length = await Deno.stdin.read(buffer);
    if (length === null) return;
    yield buffer.subarray(0, length);
  }
}
