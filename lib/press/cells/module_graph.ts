/** The modules that modules reach, as `deno info --json` has them. */
import { succeeds } from "../../ground/command_output.ts";
import { configOf } from "../notebook/find_notebooks.ts";

export interface Dependency {
  specifier: string;
  isDynamic?: boolean;
  /** Missing where only types are imported. */
  code?: {
    specifier?: string;
    error?: string;
    span: { start: { line: number; character: number } };
  };
}
export interface Module {
  specifier: string;
  error?: string;
  /** The file, in the cache where it is not of this machine. */
  local?: string;
  npmPackage?: string;
  dependencies?: Dependency[];
}
interface NpmPackage {
  dependencies: string[];
  localPath: string;
}

/** Deno cannot use its configuration or its lockfile; the message is what it says. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

export class ModuleGraph {
  readonly modules = new Map<string, Module>();
  /** By name and version, as deno.lock has them. */
  readonly packages = new Map<string, NpmPackage>();
  readonly #redirects = new Map<string, string>();

  /**
   * Adds what the modules at `urls` reach, with the configuration that holds in the folder `cwd`.
   * @throws {ConfigurationError} where Deno cannot use that configuration
   */
  async add(urls: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
    // A root without a file: so the configuration is that of the folder, as it is for the kernel.
    const root = urls.map((url) => `import ${JSON.stringify(url)};`).join("");
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "info",
        "--json",
        "--allow-import",
        `data:text/typescript,${encodeURIComponent(root)}`,
      ],
      cwd,
      env: { NO_COLOR: "1" },
      stdin: "null",
      signal,
    }).output();
    if (signal.aborted) return;
    if (!success) throw new ConfigurationError(firstError(new TextDecoder().decode(stderr)));
    const info = JSON.parse(new TextDecoder().decode(stdout));
    for (const module of info.modules) this.modules.set(module.specifier, module);
    for (const [from, to] of Object.entries(info.redirects)) this.#redirects.set(from, `${to}`);
    for (const [key, one] of Object.entries(info.npmPackages ?? {})) {
      this.packages.set(key, one as NpmPackage);
    }
  }

  /** The module that a dependency names; undefined for what Deno has built in. */
  find(specifier: string): Module | undefined {
    for (let name: string | undefined = specifier; name; name = this.#redirects.get(name)) {
      const module = this.modules.get(name);
      if (module !== undefined) return module;
    }
  }
}

/** Downloads what the modules at `urls` reach; Deno says what it loads, and whether it could. */
export async function fetchModules(urls: readonly string[], cwd: string, signal: AbortSignal) {
  const config = configOf(cwd);
  const args = ["cache", "--allow-import", ...config ? ["--config", config] : [], ...urls];
  return await succeeds(Deno.execPath(), args, { cwd, signal }) || signal.aborted;
}

/** The first error that Deno tells of, with its cause, in one line. */
function firstError(stderr: string): string {
  const [, error] = stderr.match(/^error: ([^]*?)(?:\n\s*at |\nStack backtrace|$(?![^]))/m) ?? [];
  return (error ?? stderr).trim().replace(/\.?\s*Caused by:\s*/, ": ").replaceAll(/\s*\n\s*/g, " ");
}
