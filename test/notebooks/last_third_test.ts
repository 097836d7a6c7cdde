/** Every third chapter in its quick set, from number 3 on; one without its peers, servers. */
// Runs in threes: claims of chapters bear some company, and the time of a run is mostly waiting.
import { chapters, testChapter, testWithoutPeers } from "./quick.ts";

chapters.filter((_, i) => i % 3 === 2).forEach(testChapter);
testWithoutPeers("07_client_and_server.ipynb");
