/** Every third chapter in its quick set, from number 2 on. */
// Runs with a few: claims of chapters bear some company, and the time of a run is mostly waiting.
import { chapters, testChapter } from "./quick.ts";

chapters.filter((_, i) => i % 3 === 1).forEach(testChapter);
