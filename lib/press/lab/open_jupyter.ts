/** Jupyter as it is installed here, and opening it. */

/** Launchers in the order of preference; each of Jupyter's is a program of its own too. */
const LAUNCHERS = [
  ["jupyter", "lab"],
  ["jupyter-lab"],
  ["jupyter", "notebook"],
  ["jupyter-notebook"],
];

export interface Jupyter {
  readonly command: readonly string[];
  readonly version: string;
}

/** The first Jupyter front end that answers, undefined when none is installed. */
export async function findJupyter(): Promise<Jupyter | undefined> {
  for (const command of LAUNCHERS) {
    try {
      const { success, stdout } = await new Deno.Command(command[0], {
        args: [...command.slice(1), "--version"],
        stdin: "null",
        stderr: "null",
      }).output();
      const version = new TextDecoder().decode(stdout).trim().split("\n").at(-1)!;
      if (success && /^\d/.test(version)) return { command, version };
    } catch (error) {
      const absent = [Deno.errors.NotFound, Deno.errors.PermissionDenied];
      if (!absent.some((kind) => error instanceof kind)) throw error;
    }
  }
}

/** Opens `file` in Jupyter, whose root is `root`; resolves with its exit code when it is closed. */
export async function openJupyter(jupyter: Jupyter, root: string, file: string): Promise<number> {
  const [program, ...args] = jupyter.command;
  const child = new Deno.Command(program, { args: [...args, file], cwd: root }).spawn();
  // Jupyter asks before it ends; Ctrl-C is for it alone.
  Deno.addSignalListener("SIGINT", () => {});
  return (await child.status).code;
}

/** What to do where Jupyter is not installed. */
export const WITHOUT_JUPYTER = `Jupyter is not installed. Either
  open the folder in VS Code with the extensions Deno and Jupyter (.vscode names them): no Python
  is needed; choose the kernel "Await Lab (Deno)". Or install Jupyter and run this again:
  python3 -m pip install jupyterlab    (Debian: apt-get install jupyter-notebook)`;
