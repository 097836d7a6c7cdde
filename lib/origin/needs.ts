/** What the origin and its clients need of this machine, for the doctor to ask. It imports no package. */
import { broken, type Examination, type Finding, ok } from "../ground/finding.ts";

export const needs: readonly Examination[] = [examinePorts];

/** A server on 127.0.0.1 is reached. */
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
  return ok("Ports", "127.0.0.1 is served and reached");
}

async function connectToSelf(): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  using _out = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  using _in = await accepted;
}
