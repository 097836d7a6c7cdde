/** What the origin and its clients need of this machine, for the doctor to ask. It imports no package. */
import { broken, type Examination, type Finding, ok } from "../ground/finding.ts";

export const needs: readonly Examination[] = [examineLoopback];

/** A server on 127.0.0.1 is reached. */
async function examineLoopback(): Promise<Finding> {
  const hostname = "127.0.0.1";
  try {
    using listener = Deno.listen({ hostname, port: 0 });
    const { port } = listener.addr;
    const ends = await Promise.all([listener.accept(), Deno.connect({ hostname, port })]);
    for (const end of ends) end.close();
    return ok("Loopback", "127.0.0.1 is served and reached");
  } catch (error) {
    return broken(
      "Loopback",
      `127.0.0.1 cannot be served and reached: ${(error as Error).message}`,
      "allow programs to listen on and connect to 127.0.0.1 (a firewall, a container's rules)",
    );
  }
}
