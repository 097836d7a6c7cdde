import { whenLauncherEnds } from "./launcher.ts";

/** What comes this soon after the first, in ms, is the same request: `deno task` passes signals on. */
const ONE_REQUEST = 1000;

/**
 * A signal that aborts when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal, or
 * the death of the `deno task` that started it. Asked again later, the process exits at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let asked = Infinity;
  const stop = () => {
    const now = performance.now();
    if (now - asked > ONE_REQUEST) Deno.exit(130);
    asked = Math.min(asked, now);
    controller.abort();
  };
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  whenLauncherEnds(stop);
  return controller.signal;
}
