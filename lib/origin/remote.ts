import { Agent, request } from "node:http";

/**
 * A kept-alive connection to an origin's control port. Native fetch is not used: it would send even
 * this through a proxy named in the environment.
 */
export class Remote {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Posts a document and resolves to the one that comes back.
   * @throws {Error} with the origin's own sentence where it refuses
   */
  post(path: string, document: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const body = JSON.stringify(document);
    const asked = request(this.#url + path, {
      agent: this.#agent,
      method: "POST",
      headers: { "Content-Type": "application/json", "Content-Length": body.length },
    }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => text += chunk);
      response.on("error", reject);
      response.on("end", () => {
        const answer = JSON.parse(text);
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(`the origin refused ${path}: ${answer.error}`));
      });
    });
    asked.on("error", (error) => {
      reject(new Error(`the origin's control does not answer: ${error.message}`, { cause: error }));
    });
    asked.end(body);
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}
