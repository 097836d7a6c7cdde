/** What the machine must allow: connections on loopback, many at once, and places to write. */
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder } from "../notebook/find_notebooks.ts";
import { advice, broken, type Finding, ok } from "./finding.ts";

/** Both ends of 898 requests at once, each with a connection of its own, and room to spare. */
const FILES_NEEDED = 2_048;
/** Ports stay reserved for a minute after each connection of the long passes. */
const PORTS_NEEDED = 8_192;

/** A server on 127.0.0.1 is reached, and there are ports and open files enough. */
export async function examinePorts(): Promise<Finding> {
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

/** Executed copies, the reader's copies, Deno's cache and temporary files can be written. */
export async function examineWriteAccess(): Promise<Finding> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
    stderr: "null",
  }).output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  const places = [
    [join(projectFolder, "_site"), "give deno task run another place: --out DIR"],
    [join(projectFolder, "notebooks", "mine"), "work in a copy of the project that is yours"],
    [denoDir, "set DENO_DIR to a folder of yours"],
    [tmpdir(), "set TMPDIR to a folder of yours"],
  ];
  const closed = places.filter(([folder]) => !writable(folder));
  if (closed.length === 0) return ok("Writing", `_site, notebooks/mine, ${denoDir}, ${tmpdir()}`);
  return broken(
    "Writing",
    `no access to ${closed.map(([folder]) => folder).join(", ")}`,
    closed.map(([, remedy]) => remedy).join("; "),
  );
}

async function connectToSelf(): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  using _out = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  using _in = await accepted;
}

/** A number the system tells, or the width of a range; Infinity where it tells none. */
function systemNumber(path: string, pattern: RegExp): number {
  try {
    const [, first, second] = Deno.readTextFileSync(path).match(pattern)!;
    return second === undefined ? Number(first) : Number(second) - Number(first) + 1;
  } catch {
    return Infinity;
  }
}

/** Whether `folder`, or the nearest folder above it that exists, takes a new file. */
function writable(folder: string): boolean {
  try {
    Deno.removeSync(Deno.makeTempFileSync({ dir: folder, prefix: ".lab-doctor-" }));
    return true;
  } catch (error) {
    const above = dirname(folder);
    return error instanceof Deno.errors.NotFound && above !== folder && writable(above);
  }
}
