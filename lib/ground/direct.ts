/**
 * What keeps requests to this machine away from a proxy that the environment names: `NO_PROXY` with
 * loopback put to it, in both spellings, since languages differ in which they read.
 */
export function direct(): Readonly<Record<"NO_PROXY" | "no_proxy", string>> {
  const others = Deno.env.get("NO_PROXY") ?? Deno.env.get("no_proxy") ?? "";
  const hosts = [...others.split(",").filter(Boolean), "127.0.0.1", "localhost", "::1"];
  const NO_PROXY = [...new Set(hosts)].join(",");
  return { NO_PROXY, no_proxy: NO_PROXY };
}
