import { notebook } from "./kernel.ts";
import { display, show } from "./show.ts";
import { resolveWords } from "./words.ts";

/**
 * Shows what `work` resolves to; meanwhile, in a notebook, what it says to be shown in the same place.
 */
export async function provisional(
  work: (say: (value: unknown) => Promise<void>) => Promise<unknown>,
): Promise<void> {
  const broadcast = notebook();
  const words = resolveWords({});
  const display_id = crypto.randomUUID();
  let kind: "display_data" | "update_display_data" = "display_data";
  const put = async (value: unknown) => {
    await display(
      value,
      words,
      (_, message) => broadcast!(kind, { ...message, transient: { display_id } }),
    );
    kind = "update_display_data";
  };
  const last = await work(broadcast === null ? async () => {} : put);
  await (broadcast === null ? show(last) : put(last));
}
