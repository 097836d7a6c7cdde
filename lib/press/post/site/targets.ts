/** What a post can be made for. */
export const TARGETS = ["html", "markdown", "hugo", "jekyll"] as const;
export type Target = (typeof TARGETS)[number];
