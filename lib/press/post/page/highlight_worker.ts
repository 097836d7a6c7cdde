/** Colours what it is sent, for highlight_ahead.ts. */
import { colour } from "./highlight.ts";

const scope = self as unknown as Worker;
scope.onmessage = async ({ data }: MessageEvent<string>) => {
  const [source, language] = JSON.parse(data);
  scope.postMessage([data, await colour(source, language)]);
};
await colour("", "typescript");
scope.postMessage("ready");
