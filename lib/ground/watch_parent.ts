/** The thread that ends its process when standard input does: see json_lines.ts. */
import { endWithParent } from "./json_lines.ts";

await endWithParent();
