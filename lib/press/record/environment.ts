/** What a notebook's recorded outputs were made with and on; no date, load or name of a machine. */
import { arch, cpus, type } from "node:os";

export interface RecordedEnvironment {
  readonly deno: string;
  readonly v8: string;
  readonly typescript: string;
  /** "Linux x64". */
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
}

/** The environment of this process. */
export function recordedEnvironment(): RecordedEnvironment {
  const all = cpus();
  const { deno, v8, typescript } = Deno.version;
  const cpu = all[0]?.model.trim() || "unknown";
  return { deno, v8, typescript, system: `${type()} ${arch()}`, cpu, cores: all.length };
}
