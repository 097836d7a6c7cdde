/** What is sent to a notebook's front end. */
export interface Message {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly transient: { readonly display_id?: string };
}

/** Sends a message of a kind; it is on its way when this returns, and sent when it resolves. */
export type Broadcast = (
  kind: "display_data" | "update_display_data",
  message: Message,
) => Promise<unknown>;

/** The notebook this runs in, or null where it runs in none. */
export function notebook(): Broadcast | null {
  try {
    // Outside the kernel the very property throws.
    const { broadcast } = Deno.jupyter as unknown as { broadcast: Broadcast };
    return broadcast;
  } catch {
    return null;
  }
}
