import { attempt } from "../../ground/attempt.ts";
import { outputOf } from "../../ground/command_output.ts";
import { stopSignal } from "../../ground/stop_signal.ts";

/** Launchers in the order of preference; each of Jupyter's is a program of its own too. */
const LAUNCHERS = [
  ["jupyter", "lab"],
  ["jupyter-lab"],
  ["jupyter", "notebook"],
  ["jupyter-notebook"],
];

/** Jupyter as it is installed here: the command that starts it, and its version. */
type Jupyter = NonNullable<Awaited<ReturnType<typeof findJupyter>>>;

/** The first Jupyter front end that answers, undefined when none is installed. */
export async function findJupyter() {
  for (const command of LAUNCHERS) {
    const [program, ...args] = command;
    const version = (await outputOf(program, [...args, "--version"]))?.split("\n").at(-1);
    if (version !== undefined && /^\d/.test(version)) return { command, version };
  }
}

/**
 * Opens `file` in Jupyter, whose root is `root`; resolves with its exit code when it is closed, or has
 * ended because this process was asked to stop.
 */
export async function openJupyter(jupyter: Jupyter, root: string, file: string): Promise<number> {
  const [program, ...args] = jupyter.command;
  // Jupyter asks before it ends; Ctrl-C is for it alone.
  Deno.addSignalListener("SIGINT", () => {});
  const signal = stopSignal("SIGINT");
  const child = new Deno.Command(program, { args: [...args, file], cwd: root }).spawn();
  signal.addEventListener("abort", () => attempt(() => child.kill("SIGTERM")));
  return (await child.status).code;
}

/** What to do where Jupyter is not installed. */
export const WITHOUT_JUPYTER = `Jupyter is not installed. Either
  open the folder in VS Code with the extensions Deno and Jupyter (.vscode names them): no Python
  is needed; choose the kernel "Await Lab (Deno)". Or install Jupyter and run this again:
  python3 -m pip install jupyterlab    (Debian: apt-get install jupyter-notebook)`;
