/**
 * Runs in the kernel, as a cell that nobody sees: the relay asks it how much can be stopped, and
 * says what to do. What can be stopped is noted by show/kernel.ts.
 */
(async () => {
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  const noted = globalThis as { [name: symbol]: Set<AbortController> | undefined };
  const port = Number(Deno.env.get("LAB_INTERRUPTS"));
  const relay = await Deno.connect({ hostname: "127.0.0.1", port });
  const underWay = () => [...noted[Symbol.for("lab.underWay")] ?? []];
  const orders = [
    // Whoever asks may have given up by now: nothing is stopped until it says so.
    () => relay.write(Uint8Array.of(Math.min(underWay().length, 255))),
    () => {
      for (const each of underWay()) each.abort(new Error("interrupted"));
    },
    () => {
      // A cell that awaits what nothing can resolve any more ends when that is collected: now.
      setFlagsFromString("--expose-gc");
      runInNewContext("gc")();
    },
    () =>
      console.error(
        "What this cell waits for cannot be interrupted. Wait for it, or restart the kernel: that " +
          "stops it, and the notebook's variables are lost.",
      ),
  ];
  const order = new Uint8Array(1);
  while (await relay.read(order) !== null) await orders[order[0]]();
})().catch(() => {}); // the relay has gone
