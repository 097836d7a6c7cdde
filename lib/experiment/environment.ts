import os from "node:os";
import project from "../../deno.json" with { type: "json" };

/** What a result was measured with and on; stored beside it. */
export interface Environment {
  readonly deno: string;
  readonly v8: string;
  readonly typescript: string;
  /** The packages that the lab runs on and their versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  /** Memory of the machine, bytes. */
  readonly memory: number;
  /** Processes running or waiting, mean of the last minute, at the start; 0 on Windows. */
  readonly load: number;
  /** When the run began, ISO 8601, UTC. */
  readonly date: string;
}

/** The environment as it is now. */
export function environment(): Environment {
  const cpus = os.cpus();
  return {
    ...Deno.version,
    packages: Object.fromEntries(
      ["undici", "nodejs-polars", "vega", "vega-lite"].map((name) => [name, pinned(name)]),
    ),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    cpu: cpus[0]?.model.trim() || "unknown",
    cores: cpus.length,
    memory: os.totalmem(),
    load: os.loadavg()[0],
    date: new Date().toISOString(),
  };
}

/** The version after the last @ of a package's entry in deno.json. */
function pinned(name: string): string {
  const entry: string = (project.imports as Record<string, string>)[name];
  return entry.slice(entry.lastIndexOf("@") + 1);
}

/** The environment in one line, for the foot of a table. */
export function environmentLine(environment: Environment): string {
  const { deno, v8, packages, os, cpu, cores, memory, load, date } = environment;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const machine = `${cores} × ${cpu}, ${(memory / 2 ** 30).toFixed(0)} GiB, load ${
    load.toFixed(2)
  }`;
  return [`Deno ${deno}`, `V8 ${v8}`, ...versions, os, machine, date.slice(0, 16) + "Z"].join(
    " · ",
  );
}
