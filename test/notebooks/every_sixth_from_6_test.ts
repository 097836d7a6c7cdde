/** Every sixth chapter in its quick set, from number 6 on. */
// Runs with a few: claims of chapters bear some company, and the time of a run is mostly waiting.
import { testEverySixth } from "./quick.ts";

testEverySixth(6);
