/** Where recordings lie, whatever folder a notebook is in. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One's own, unless somebody says otherwise. */
export const FOLDER = join(root, "notebooks", "mine", "recordings");

/** Those that the lab comes with. */
export const SHIPPED = join(root, "data", "recordings");
