import { dirname } from "node:path";

/** How long files must rest before they are taken for saved, ms. */
const REST = 150;

/**
 * Calls `changed` with the notebooks that have been saved, until `signal` aborts. `notebooks` is
 * asked anew each time, so that one that is added is seen.
 */
export async function watchNotebooks(
  notebooks: () => readonly string[],
  signal: AbortSignal,
  changed: (files: readonly string[]) => Promise<void>,
): Promise<void> {
  const folders = [...new Set(notebooks().map((file) => dirname(file)))];
  const watcher = Deno.watchFs(folders, { recursive: false });
  const stop = () => watcher.close();
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  let saved = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = Promise.resolve();
  const take = () => {
    const known = notebooks();
    const files = [...saved].filter((file) => known.includes(file));
    saved = new Set();
    if (files.length > 0) turn = turn.then(() => changed(files));
  };
  for await (const event of watcher) {
    if (event.kind === "access") continue;
    for (const path of event.paths) if (path.endsWith(".ipynb")) saved.add(path);
    clearTimeout(timer);
    timer = setTimeout(take, REST);
  }
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  await turn;
}
