import { assertEquals } from "@std/assert";
import { NEVER } from "../../lib/client/again.ts";
import type { Client, OpenClient } from "../../lib/client/client.ts";
import { emptySamples, type SampleColumns } from "../../lib/trial/samples.ts";
import { FaultyServer } from "./faulty_server.ts";

/** A client in use, and the server it uses. */
export interface Use {
  readonly open: OpenClient;
  readonly samples: SampleColumns;
  readonly finished: number[];
  readonly server: FaultyServer;
}

/** Opens a client on a faulty server, and closes both. */
export async function use(
  client: Client,
  work: (use: Use) => Promise<void>,
  { deadline = 30_000, connections = Infinity } = {},
): Promise<void> {
  using server = await FaultyServer.start();
  const samples = emptySamples();
  const finished: number[] = [];
  const onSample = (_: SampleColumns, row: number) => finished.push(row);
  const wire = { origin: server.url, connections, deadline };
  const open = client.open({ ...wire, samples, onSample, again: NEVER });
  try {
    await work({ open, samples, finished, server });
  } finally {
    await open.close(new Error("over"));
    assertEquals(open.inFlight, 0);
    await server.deserted();
  }
}
