/** A server on loopback that counts, for the time of a test. */
export function counting(handler: (request: Request, n: number) => Response | Promise<Response>) {
  let requests = 0;
  const remotes = new Set<string>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request, info) => {
    const { hostname, port } = info.remoteAddr as Deno.NetAddr;
    remotes.add(`${hostname}:${port}`);
    return handler(request, ++requests);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    get requests() {
      return requests;
    },
    get remotes() {
      return remotes.size;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
