/** One thing in all the forms that a place of reading may know, by MIME type. */
export interface Bundle {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** What is sent to a notebook's front end. */
export interface Message extends Bundle {
  readonly transient: { readonly display_id?: string };
}

/** Sends a message of a kind: it is published in the order called, by and by. */
export type Broadcast = (
  kind: "display_data" | "update_display_data",
  message: Message,
) => unknown;

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
