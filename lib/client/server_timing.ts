import type { SampleColumns } from "../trial/samples.ts";

const COLUMNS = ["drawn", "served", "queue", "handshake"] as const;

/**
 * Writes what the origin says of a request in its `Server-Timing` header into the row: drawn,
 * served, queue and handshake in ms (`name;dur=1.5`), and the socket's number (`socket;desc="3"`).
 * What the header leaves out stays NaN.
 */
export function readServerTiming(header: string, samples: SampleColumns, row: number): void {
  for (const entry of header.split(",")) {
    const [name, value] = entry.trim().split(";", 2);
    const amount = Number(value?.slice(value.indexOf("=") + 1).replaceAll('"', ""));
    if (name === "socket") samples.socket[row] = amount;
    else if ((COLUMNS as readonly string[]).includes(name)) {
      samples[name as typeof COLUMNS[number]][row] = amount;
    }
  }
}
