/** Every other chapter, from the first one on, in its quick set. */
// Runs in pairs: claims of chapters bear some company, and the time of a run is mostly waiting.
import { chapters, testChapter } from "./quick.ts";

chapters.filter((_, i) => i % 2 === 0).forEach(testChapter);
