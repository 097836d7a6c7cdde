import type { Image } from "mdast";
import { defaultHandlers, type Handle } from "mdast-util-to-markdown";
import type { Dialect } from "./dialects.ts";

/** Writes pictures: at the size that the notebook gives them, where the dialect has a way to say it. */
export function imageHandler(dialect: Dialect): Handle {
  return (node: Image, parent, ...rest) => {
    const given = node.data?.hProperties ?? {};
    const size = ["width", "height"].map((name) => [name, String(given[name] ?? "")])
      .filter(([, value]) => /^[\d.]+%?$/.test(value))
      .map(([name, value]) => ` ${name}="${value}"`).join("");
    const alone = parent?.type === "paragraph" && parent.children.length === 1;
    return (size === "" ? null : dialect.sized(node.url, node.alt ?? "", size, alone)) ??
      defaultHandlers.image(node, parent, ...rest);
  };
}
