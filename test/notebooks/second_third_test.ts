/** Every third chapter in its quick set, from number 2 on; one without its peers, clients. */
// Runs in threes: claims of chapters bear some company, and the time of a run is mostly waiting.
import { chapters, testChapter, testWithoutPeers } from "./quick.ts";

chapters.filter((_, i) => i % 3 === 1).forEach(testChapter);
testWithoutPeers("06_a_thousand_requests.ipynb");
