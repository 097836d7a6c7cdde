/** Deno.test that fails too when something is left running or open: Deno's default is to let it be. */
export function tight(name: string, fn: () => Promise<void> | void): void {
  Deno.test({ name, fn, sanitizeOps: true, sanitizeResources: true });
}
