/** What the origin and its clients need of this machine, for the doctor to ask. It imports no package. */
import { attempt } from "../ground/attempt.ts";
import { advice, broken, type Examination, type Finding, ok } from "../ground/finding.ts";

/** Both ends of 898 requests at once, each with a connection of its own, and room to spare. */
const FILES_NEEDED = 2_048;
/** Ports stay reserved for a minute after each connection of the long passes. */
const PORTS_NEEDED = 8_192;

export const needs: readonly Examination[] = [examinePorts];

/** A server on 127.0.0.1 is reached, and there are ports and open files enough. */
async function examinePorts(): Promise<Finding> {
  try {
    await connectToSelf();
  } catch (error) {
    return broken(
      "Ports",
      `127.0.0.1 cannot be served and reached: ${(error as Error).message}`,
      "allow programs to listen on and connect to 127.0.0.1 (a firewall, a container's rules)",
    );
  }
  const ports = systemNumber("/proc/sys/net/ipv4/ip_local_port_range", /^(\d+)\s+(\d+)/);
  const files = systemNumber("/proc/self/limits", /^Max open files\s+(\d+)/m);
  if (files < FILES_NEEDED) {
    return advice("Ports", `only ${files} open files a process`, `ulimit -n ${FILES_NEEDED}`);
  }
  if (ports < PORTS_NEEDED) {
    const remedy = "sysctl net.ipv4.ip_local_port_range='32768 60999'";
    return advice("Ports", `only ${ports} ports for outgoing connections`, remedy);
  }
  return ok("Ports", "127.0.0.1 is served and reached");
}

async function connectToSelf(): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  using _out = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  using _in = await accepted;
}

/** A number the system tells, or the width of a range; Infinity where it tells none. */
function systemNumber(path: string, pattern: RegExp): number {
  const [, first, second] = attempt(() => Deno.readTextFileSync(path))?.match(pattern) ?? [];
  if (first === undefined) return Infinity;
  return second === undefined ? Number(first) : Number(second) - Number(first) + 1;
}
