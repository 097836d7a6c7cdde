/** The thread that ends its process when standard input does: see parent.ts. */
import { endWithParent } from "./parent.ts";

await endWithParent();
