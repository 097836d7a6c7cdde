import { fileURLToPath } from "node:url";
import { pause } from "./stage.ts";

/** Whether a function comes to an end; null where that cannot be found out beforehand. */
export type Ends = boolean | null;

/** What may go on for ever: a loop with a condition. */
const LOOPS = /\b(while|do)\b|\bfor\s*\([^)]*;/;
/** How long it may take once it runs: so many ticks of so many ms, so that a stall counts for one. */
const TICKS = { many: 60, ms: 10 };

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
    await using child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-config", "--no-lock", "--cached-only", file],
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
    return over ? said === "ready\n" || null : false;
  } catch {
    return null; // no permission to start one
  }
}
