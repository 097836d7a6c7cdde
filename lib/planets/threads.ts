/** Times that it is asked for each thread awaited: more than enough where connections are shared out. */
const PATIENCE = 50;

/**
 * How many threads of a tracker answer, asked over new connections until all have been seen, so that
 * none is still starting when the clock runs. Elsewhere than on Linux one thread may take every
 * connection; then what was seen is what is told.
 */
export async function threadsOf(url: string, workers: number): Promise<number> {
  const seen = new Set<string>();
  for (let asked = 0; seen.size < workers && asked < PATIENCE * workers; asked++) {
    const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
    const response = await fetch(`${url}/thread`, { client, headers: { connection: "close" } });
    seen.add((await response.json()).thread);
    client.close();
  }
  return seen.size;
}
