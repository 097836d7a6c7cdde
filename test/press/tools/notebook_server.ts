/** Jupyter Notebook as a reader opens it: a server, and its page. */
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import type { Page } from "npm:playwright-core@1.65.1";
import { pathOf } from "../../needs.ts";

/** A notebook server of its own; disposing of it ends its kernels too. */
export class NotebookServer implements AsyncDisposable {
  readonly #token = crypto.randomUUID();
  #port = freePort();
  #process: Deno.ChildProcess;

  /** Serves `folder`. */
  constructor(readonly folder: string, readonly env: Record<string, string>) {
    this.#process = this.#start();
  }

  #start(): Deno.ChildProcess {
    return new Deno.Command(pathOf("notebook"), {
      args: [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        `--port=${this.#port}`,
        "--port-retries=0",
        `--NotebookApp.token=${this.#token}`,
        `--notebook-dir=${this.folder}`,
      ],
      env: this.env,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  /** Where the notebook `name` is edited, once the server answers. */
  async url(name: string): Promise<string> {
    const address = (path: string) => `http://127.0.0.1:${this.#port}/${path}?token=${this.#token}`;
    for (let starts = 1;;) {
      try {
        const response = await fetch(address("api/status"));
        await response.body?.cancel();
        if (response.ok) return address(`notebooks/${name}`);
      } catch {
        // It does not listen yet.
      }
      const ended = await Promise.race([
        this.#process.status,
        new Promise<undefined>((resolve) => setTimeout(resolve, 50, undefined)),
      ]);
      if (ended === undefined) continue;
      if (starts++ === 3) throw new Error("jupyter notebook ended before it answered");
      // Somebody else may have taken the port between our choice and its start.
      this.#port = freePort();
      this.#process = this.#start();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGTERM");
    } catch {
      // It has ended.
    }
    await this.#process.status;
  }
}

/** Has every cell run, as the menu's Run All does, and waits until none is running or waiting. */
export async function runAll(page: Page): Promise<void> {
  await page.waitForFunction("Jupyter?.notebook?.kernel?.is_connected()", undefined, LONG);
  await page.click("#celllink");
  await page.click("#run_all_cells");
  const codeCells = `Jupyter.notebook.get_cells().filter((cell) => cell.cell_type === "code")`;
  await page.waitForFunction(
    `${codeCells}.every((cell) => Number.isInteger(cell.input_prompt_number))`,
    undefined,
    LONG,
  );
}

const LONG = { timeout: 180_000, polling: 250 };

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
