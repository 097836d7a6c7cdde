/**
 * `deno run guard.ts COMMAND ARGS…`: runs a command that must not outlive whoever started this guard,
 * not even when they are killed, where no shell can watch (kernel_process.ts). It ends the command when
 * its own standard input closes; when the command ends first, it ends with the same code.
 */
const [command, ...args] = Deno.args;
const child = new Deno.Command(command, { args, stdin: "null" }).spawn();
const starterGone = Deno.stdin.readable.pipeTo(new WritableStream()).catch(() => {});
const status = await Promise.race([child.status, starterGone]);
if (!status) child.kill("SIGKILL");
Deno.exit(status?.code);
