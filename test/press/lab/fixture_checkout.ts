/** A checkout of this project and a user's home, both of their own, to install into. */
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export class Checkout implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "lab-checkout-" });
  readonly root = join(this.folder, "project");
  readonly home = join(this.folder, "home");
  readonly jupyter = join(this.home, "jupyter");

  constructor(chapters: Readonly<Record<string, string>>) {
    for (const name of ["deno.json", "deno.lock", "lib", "data"]) copyInto(name, this.root);
    Deno.mkdirSync(join(this.root, "notebooks"));
    Deno.mkdirSync(this.home);
    for (const [name, text] of Object.entries(chapters)) this.write(`notebooks/${name}`, text);
  }

  write(name: string, text: string): void {
    Deno.writeTextFileSync(join(this.root, name), text);
  }

  read(name: string): string {
    return Deno.readTextFileSync(join(this.root, name));
  }

  /** Runs a module of the checkout; `path` replaces PATH, so that programs can be hidden. */
  async run(module: string, args: string[], env: Record<string, string> = {}): Promise<Said> {
    const { code, stdout, stderr } = await (await this.#command(module, args, env)).output();
    const decoder = new TextDecoder();
    return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
  }

  /** Starts it as {@link run} does; what it complains of goes nowhere. */
  async start(module: string, args: string[], env: Record<string, string> = {}) {
    return (await this.#command(module, args, env, { stdout: "piped", stderr: "null" })).spawn();
  }

  async #command(
    module: string,
    args: string[],
    env: Record<string, string>,
    streams: Deno.CommandOptions = {},
  ) {
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--quiet", join(this.root, module), ...args],
      cwd: this.root,
      env: {
        HOME: this.home,
        XDG_DATA_HOME: join(this.home, "data"),
        JUPYTER_DATA_DIR: this.jupyter,
        DENO_DIR: await denoDir(),
        NO_COLOR: "1",
        ...env,
      },
      ...streams,
    });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** A checkout of a chapter for runs so short that its claims are not on trial in them. */
export function shortChapter(chapter: string): Checkout {
  const checkout = new Checkout({
    [chapter]: Deno.readTextFileSync(join(root, "notebooks", chapter)),
  });
  const [file, condition] = ["lib/analysis/claim.ts", "!condition && unattended"];
  const claims = checkout.read(file);
  if (!claims.includes(condition)) throw new Error(`${file} has no "${condition}" to take out`);
  checkout.write(file, claims.replace(condition, "false"));
  return checkout;
}

/** Chapter 1's sizes for a run as short as it can be. */
export const smallest = { blocks: 3, everyone: 12, some: 6, median: 1, handshake: 2 };

/** Sizes as a run's options. */
export const sized = (sizes: Record<string, number>): string[] =>
  Object.entries(sizes).flatMap(([name, value]) => ["-p", `${name}=${value}`]);

/** Deno's cache of this process, which a run with another home would not find. */
export async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

function copyInto(name: string, target: string): void {
  const from = join(root, name);
  const to = join(target, relative(root, from));
  let info: Deno.FileInfo;
  try {
    info = Deno.statSync(from);
  } catch {
    return;
  }
  Deno.mkdirSync(dirname(to), { recursive: true });
  if (!info.isDirectory) return Deno.copyFileSync(from, to);
  for (const entry of Deno.readDirSync(from)) copyInto(join(name, entry.name), target);
}
