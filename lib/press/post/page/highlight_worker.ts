/** Colours what it is sent, for highlight_ahead.ts. */
import { colour } from "./highlight.ts";

const scope = self as unknown as Worker;
await colour("", "typescript");
scope.onmessage = async ({ data }: MessageEvent<string>) => {
  const [source, language] = JSON.parse(data);
  scope.postMessage([data, await colour(source, language)]);
};
scope.postMessage("ready");
