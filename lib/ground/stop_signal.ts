/** How often a run looks whether the task that started it is still there, in ms. */
const PARENT_CHECK = 500;

/** What comes this soon after the first, in ms, is the same request: `deno task` passes signals on. */
const ONE_REQUEST = 1000;

/**
 * A signal that aborts when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal, or
 * the death of the `deno task` that started it, which cannot pass on a SIGKILL. Asked again later,
 * the process exits at once.
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
  const startedByTask = Deno.env.get("npm_config_user_agent")?.startsWith("deno/") ?? false;
  if (startedByTask) {
    const parent = Deno.ppid;
    const timer = setInterval(() => {
      if (Deno.ppid === parent) return;
      clearInterval(timer);
      stop();
    }, PARENT_CHECK);
    Deno.unrefTimer(timer as unknown as number);
  }
  return controller.signal;
}
