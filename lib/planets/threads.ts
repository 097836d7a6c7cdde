/** Rounds of questions: many more than it takes where connections are shared out. */
const PATIENCE = 100;

/**
 * How many threads of a tracker answer, asked over new connections until all have been seen, so that
 * none is still starting when the clock runs. Elsewhere than on Linux one thread may take every
 * connection; then what was seen is what is told.
 */
export async function threadsOf(url: string, workers: number): Promise<number> {
  const seen = new Set<string>();
  for (let round = 0; seen.size < workers && round < PATIENCE; round++) {
    const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
    // At once, for one after the other they might all fall to the same thread.
    await Promise.all(Array.from({ length: 2 * workers }, async () => {
      const response = await fetch(`${url}/thread`, { client, headers: { connection: "close" } });
      seen.add((await response.json()).thread);
    }));
    client.close();
  }
  return seen.size;
}
