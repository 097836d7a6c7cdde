/** A chapter whose peers are clients, on a machine that has no other languages. */
import { testWithoutPeers } from "./quick.ts";

testWithoutPeers("06_a_thousand_requests.ipynb", { many: 40 });
