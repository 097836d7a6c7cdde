/** Every other chapter, from the first one on, in its quick set; one without its peers, clients. */
// Runs in pairs: claims of chapters bear some company, and the time of a run is mostly waiting.
import { chapters, testChapter, testWithoutPeers } from "./quick.ts";

chapters.filter((_, i) => i % 2 === 0).forEach(testChapter);
testWithoutPeers("06_a_thousand_requests.ipynb");
