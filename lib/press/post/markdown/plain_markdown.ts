import { longDate } from "../read/markup.ts";
import { barsEscaped, type Dialect } from "./dialect.ts";

/** Markdown for whatever reads Markdown: a folder a post, its pictures beside it. */
export const plainMarkdown: Dialect = {
  path: ({ slug }) => `${slug}/index.md`,
  filePath: ({ slug }, file) => `${slug}/${file}`,
  fileUrl: (_, file) => file,
  postUrl: ({ slug }) => `../${slug}/index.md`,
  front: ({ front: { title, description, date, tags, author, draft } }) => ({
    title,
    description,
    date,
    tags,
    author,
    draft: draft || null,
  }),
  opening: ({ front, minutes }) => {
    const facts = [longDate(front.date, front.lang), front.author, `${minutes} min read`];
    const plain = (text: string) => text.replace(/[\\`*_[\]<>&#|~]/g, "\\$&");
    return `# ${plain(front.title)}\n\n${
      facts.filter((fact) => fact !== "").map(plain).join(" · ")
    }`;
  },
  unsafe: [],
  prose: (written) => written,
  alt: () => null,
  code: (written, _, place) => barsEscaped(written, place),
};
