/** A chapter whose peers are clients, on a machine that has no other languages. */
// Runs with a few: claims of chapters bear some company, and the time of a run is mostly waiting.
import { testWithoutPeers } from "./quick.ts";

testWithoutPeers("06_a_thousand_requests.ipynb");
