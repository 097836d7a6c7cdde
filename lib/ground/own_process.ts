/** What a server of one's own in a process of its own prints first, and how it is ended. */

/** The first line that it prints; what there is of it, where it ends before. */
export async function firstLine(stdout: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return text;
}

/** Kills it, if it has not ended already; resolves when it is gone. */
export async function endProcess(child: Deno.ChildProcess): Promise<void> {
  child.ref();
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended already.
  }
  await child.status;
  await child.stdin.close().catch(() => {});
}
