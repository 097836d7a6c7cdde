/** Every other chapter, from the second one on, in its quick set; one without its peers, servers. */
// Runs in pairs: claims of chapters bear some company, and the time of a run is mostly waiting.
import { chapters, testChapter, testWithoutPeers } from "./quick.ts";

chapters.filter((_, i) => i % 2 === 1).forEach(testChapter);
testWithoutPeers("07_client_and_server.ipynb");
