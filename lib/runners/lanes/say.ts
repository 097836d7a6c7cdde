/** Says one thing on standard output, as a line of JSON. */
export function say(said: unknown): void {
  const bytes = new TextEncoder().encode(JSON.stringify(said) + "\n");
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}
