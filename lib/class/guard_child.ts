/**
 * Runs somebody's function where it does no harm, to see whether it comes to an end: a process with no
 * permission to do anything. It says `ready`, then whether the function needs what is not here.
 */
import { type ExerciseName, EXERCISES } from "./exercises.ts";

const { exercise, source } = JSON.parse(await new Response(Deno.stdin.readable).text());
console.log("ready");
try {
  const { mistake, words } = await EXERCISES[exercise as ExerciseName].judge(
    (0, eval)(`(${source})`),
  );
  if (mistake === "throws" && /ReferenceError/.test(words)) console.log("not alone");
} catch {
  console.log("not alone");
}
Deno.exit();
