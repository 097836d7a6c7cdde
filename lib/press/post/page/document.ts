import { escape } from "../read/markup.ts";
import sheet from "./style.css" with { type: "text" };

/** What all posts of one place share. */
export interface Publication {
  readonly name: string;
  /** Address of the place the posts will be at, ending in a slash; null where it is not known. */
  readonly site: string | null;
}

/** The parts of a page, each but its language and title as HTML. */
interface Parts {
  readonly lang: string;
  readonly title: string;
  /** What it may load, as a Content-Security-Policy. */
  readonly policy: string;
  readonly head: string;
  readonly body: string;
}

/** Nothing but the page itself, whatever it was made of: no request, no script. */
export const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
  "base-uri 'none'; form-action 'none'";

/** A page of HTML. */
export function htmlDocument({ lang, title, policy, head, body }: Parts): string {
  const locale = new Intl.Locale(lang) as Intl.Locale & { getTextInfo(): { direction: string } };
  const dir = locale.getTextInfo().direction === "rtl" ? ' dir="rtl"' : "";
  return `<!doctype html>
<html lang="${escape(lang)}"${dir}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escape(title)}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;
}

/** The sign in a browser's tab; without one a browser asks the site for it. */
const ICON = "data:image/svg+xml," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0b62a8" ' +
    'd="M1 2h6v3H1zM4 6.500h7v3H4zM9 11h6v3H9z"/></svg>',
);

/** The sheet of all pages. Its spaces are for those who write it. */
const STYLE = sheet.replace(/\s+/g, " ").trim();

/** What every page of a site has in its head; `top` leads from it to the site's folder. */
export function siteHead({ name }: Publication, top: string): string {
  return `<link rel="icon" href="${ICON}">
<link rel="alternate" type="application/atom+xml" href="${top}atom.xml" title="${escape(name)}">
<style>${STYLE}</style>`;
}

/** A page that leads to where what it held has gone. `url` may hold a generator's own signs. */
export function movedPage(url: string): string {
  return htmlDocument({
    lang: "en",
    title: "Moved",
    policy: "default-src 'none'",
    head: `<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${url}">`,
    body: `<p><a href="${url}">This post has moved.</a></p>`,
  });
}
