/** Every other chapter, from the second one on, in its quick set. */
// Runs in pairs: claims of chapters bear some company, and the time of a run is mostly waiting.
import { chapters, testChapter } from "./quick.ts";

chapters.filter((_, i) => i % 2 === 1).forEach(testChapter);
