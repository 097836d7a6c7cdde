/** The thread in which one exercise runs: it may loop or throw; the thread beside it watches. */

interface Asked {
  readonly url: string;
  /** What is loaded before time runs. */
  readonly preload: readonly string[];
}

declare const self: {
  onmessage: (event: MessageEvent<Asked>) => void;
  postMessage(said: unknown): void;
};

/** What is to be said of an error, without the paths of this machine. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/file:\/\/\S*\//g, "").slice(0, 300);
}

self.onmessage = async ({ data }) => {
  const leave = (code?: number) => {
    self.postMessage({ ended: true });
    throw new Error(`the exercise ends the program${code === undefined ? "" : `, with ${code}`}`);
  };
  Deno.exit = leave as typeof Deno.exit;
  for (const method of ["log", "info", "warn", "error", "debug", "table", "dir"] as const) {
    console[method] = () => {};
  }
  addEventListener("unhandledrejection", (event) => event.preventDefault());
  for (const name of data.preload) await import(name).catch(() => {}); // said by whoever needs it
  self.postMessage({ ready: true });
  try {
    const { $results } = await import(data.url);
    self.postMessage({ results: JSON.parse(JSON.stringify($results)) });
  } catch (error) {
    self.postMessage({ thrown: wordsOf(error) });
  }
};
