import { fileURLToPath } from "node:url";
import { pause } from "./stage.ts";

/** Whether a function comes to an end; null where that cannot be found out beforehand. */
export type Ends = boolean | null;

/** What may go on for ever: a loop with a condition. */
const LOOPS = /\b(while|do)\b|\bfor\s*\([^)]*;/;
/** The memory that it may take. */
const MEMORY = "--v8-flags=--max-old-space-size=128";
/** Some seconds of the processor, so that it ends even where nobody is left to end it. */
const LIMITED = Deno.build.os === "windows" ? [] : ["sh", "-c", 'ulimit -t 5; exec "$@"', "sh"];
/** How long it may take once it runs: so many ticks of so many ms, so that a stall counts for one. */
const TICKS = { many: 80, ms: 10 };

/**
 * Whether a function ends, tried out in a process of its own that is killed if it does not: on the
 * kernel's own thread nothing could end it from inside. A function without a loop ends. One that needs
 * what is elsewhere in the notebook cannot be tried there, nor where no process may be started.
 */
export async function ends(exercise: string, solution: unknown): Promise<Ends> {
  const source = String(solution);
  if (typeof solution !== "function" || !LOOPS.test(source)) return true;
  const file = fileURLToPath(new URL("./guard_child.ts", import.meta.url));
  try {
    // Of the kernel's accesses it takes no part.
    const { DENO_AUDIT_PERMISSIONS: _, ...env } = Deno.env.toObject();
    const options = [MEMORY, "--no-prompt", "--no-config", "--no-lock", "--cached-only"];
    const [command, ...args] = [...LIMITED, Deno.execPath(), "run", ...options, file];
    await using child = new Deno.Command(command, {
      args,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      clearEnv: true,
      env,
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify({ exercise, source })));
    await writer.close();
    let said = "", over = false;
    (async () => {
      for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) said += text;
      over = true;
    })().catch(() => over = true);
    for (let ticks = 0; !over && ticks < TICKS.many; ticks += said === "" ? 0 : 1) {
      await pause(TICKS.ms);
    }
    if (!over) return false;
    // What takes all memory ends its process, and would end the notebook.
    if (said.startsWith("ready") && !(await child.status).success) return false;
    return said === "ready\n" || null;
  } catch {
    return null; // no permission to start one
  }
}
