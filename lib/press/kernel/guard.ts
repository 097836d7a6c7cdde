/**
 * `deno run guard.ts COMMAND ARGS…`: runs a command that must not outlive whoever started this
 * guard, not even when they are killed. It ends the command, and whatever the command started,
 * when its own standard input closes; when the command ends first, `{code, signal}` is the last line
 * on standard output, which is the command's.
 *
 * A process of its own, because a kernel cannot watch its parent while a cell keeps it busy, and
 * because nothing is to run inside a kernel that measures. Started detached, it leads a process
 * group that the command and its children join, so one signal reaches them all; where there are
 * no process groups (Windows), only the command itself is ended.
 */
const [command, ...args] = Deno.args;
const child = new Deno.Command(command, {
  args,
  stdin: "null",
  stdout: "inherit",
  stderr: "inherit",
}).spawn();

const starterGone = Deno.stdin.readable.pipeTo(new WritableStream()).catch(() => {});
const status = await Promise.race([child.status, starterGone]);
if (status) {
  const report = JSON.stringify({ code: status.code, signal: status.signal });
  Deno.stdout.writeSync(new TextEncoder().encode(`\n${report}\n`));
}
if (Deno.build.os === "windows") {
  if (!status) child.kill("SIGKILL");
} else {
  Deno.kill(-Deno.pid, "SIGKILL");
}
Deno.exit();
