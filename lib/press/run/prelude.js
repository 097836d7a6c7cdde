{
  // kernel_prelude.ts says what it is for, and which ids UNCAUGHT and ENDED stand for.
  Deno.env.delete("DENO_AUDIT_PERMISSIONS");
  const transient = { display_id: "UNCAUGHT" };
  const report = (kind, error) => {
    const known = error instanceof Error;
    const stack = known && error.stack ? error.stack : String(error);
    const told = {
      ename: known ? error.name : typeof error,
      evalue: known ? error.message : String(error),
      traceback: (kind + " " + stack).split("\n"),
    };
    const data = { "application/json": told };
    Deno.jupyter.broadcast("display_data", { data, metadata: {}, transient });
  };
  const reportUnlessTaken = (event, kind, error) => {
    event.preventDefault();
    // Those who listen as well may say in the same way that they have seen to it.
    let taken = false;
    event.preventDefault = () => taken = true;
    queueMicrotask(() => taken || report(kind, error));
  };
  addEventListener("unhandledrejection", (event) => {
    reportUnlessTaken(event, "Uncaught (in promise)", event.reason);
  });
  addEventListener("error", (event) => reportUnlessTaken(event, "Uncaught", event.error));
  for (const name of ["stdout", "stderr"]) {
    const decoder = new TextDecoder();
    const writeSync = (bytes) => {
      const text = decoder.decode(bytes, { stream: true });
      Deno.jupyter.broadcast("stream", { name, text });
      return bytes.length;
    };
    const write = (bytes) => Promise.resolve(writeSync(bytes));
    const writable = new WritableStream({ write: writeSync });
    for (const [key, value] of Object.entries({ write, writeSync, writable })) {
      Object.defineProperty(Deno[name], key, { value });
    }
  }
  for (const name of ["prompt", "confirm"]) {
    globalThis[name] = () => {
      const error = new Error(name + "() asks for standard input, and nobody is there to type");
      error.name = "NoStandardInput";
      throw error;
    };
  }
  const { jupyter } = Deno[Deno.internal], { broadcastResult } = jupyter;
  if (typeof broadcastResult !== "function") throw new TypeError("no broadcastResult");
  const ended = { data: {}, metadata: {}, transient: { display_id: "ENDED" } };
  const { broadcast } = Deno.jupyter, { setImmediate, Promise } = globalThis;
  jupyter.broadcastResult = async (count, result) => {
    try {
      await broadcastResult.call(jupyter, count, result);
    } finally {
      // A rejection that nobody handles is told of at the loop's next turn.
      await new Promise((turn) => setImmediate(turn));
      await broadcast("display_data", ended);
    }
  };
}
