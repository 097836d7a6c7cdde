// Solutions are learners', with or without types, await and all.
// deno-lint-ignore-file no-explicit-any
/** What learners hand in: right in many styles, and wrong in each usual way in three spellings. */

export type Paths = string[];
export type Get = (path: string, options?: any) => Promise<any>;
export type Solution = (paths: Paths, get: Get) => unknown;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All requests at once. */
export const together: Record<string, Solution> = {
  "Promise.all over map": async (paths, get) =>
    (await Promise.all(paths.map((path) => get(path)))).map((document) => document.name),
  "then inside map": (paths, get) =>
    Promise.all(paths.map((path) => get(path).then((document) => document.name))),
  "async function inside map": (paths, get) =>
    Promise.all(paths.map(async (path) => (await get(path)).name)),
  "take": (paths, get) => Promise.all(paths.map((path) => get(path, { take: (d: any) => d.name }))),
  "two loops": async (paths, get) => {
    const asked = [];
    for (const path of paths) asked.push(get(path));
    const names = [];
    for (const promise of asked) names.push((await promise).name);
    return names;
  },
  "places filled as answers come": async (paths, get) => {
    const names: string[] = [];
    await Promise.all(paths.map(async (path, i) => {
      names[i] = (await get(path)).name;
    }));
    return names;
  },
  "forEach that collects promises": async (paths, get) => {
    const asked: Promise<any>[] = [];
    paths.forEach((path) => asked.push(get(path)));
    return (await Promise.all(asked)).map(({ name }) => name);
  },
  "a chain of thens": (paths, get) =>
    paths.map((path) => get(path)).reduce(
      (chain, promise) => chain.then(async (names: string[]) => [...names, (await promise).name]),
      Promise.resolve([] as string[]),
    ),
  "all settled, then checked": async (paths, get) => {
    const settled = await Promise.allSettled(paths.map((path) => get(path)));
    return settled.map((each) => {
      if (each.status === "rejected") throw each.reason;
      return each.value.name;
    });
  },
  "a promise of one's own": (paths, get) =>
    new Promise((resolve, reject) => {
      const names: string[] = [];
      let left = paths.length;
      paths.forEach((path, i) =>
        get(path).then(({ name }) => {
          names[i] = name;
          if (--left === 0) resolve(names);
        }, reject)
      );
    }),
};

/** Batches of `n`: the next begins when all of one are here. */
export const batches: Record<string, (n: number) => Solution> = {
  "slices": (n) => async (paths, get) => {
    const names = [];
    for (let i = 0; i < paths.length; i += n) {
      const documents = await Promise.all(paths.slice(i, i + n).map((path) => get(path)));
      names.push(...documents.map(({ name }) => name));
    }
    return names;
  },
  "splice from a copy": (n) => async (paths, get) => {
    const left = [...paths], names: string[] = [];
    while (left.length > 0) {
      for (const { name } of await Promise.all(left.splice(0, n).map((path) => get(path)))) {
        names.push(name);
      }
    }
    return names;
  },
  "a batch that fills": (n) => async (paths, get) => {
    const names: string[] = [];
    let batch: Promise<any>[] = [];
    for (const [i, path] of paths.entries()) {
      batch.push(get(path));
      if (batch.length < n && i < paths.length - 1) continue;
      for (const { name } of await Promise.all(batch)) names.push(name);
      batch = [];
    }
    return names;
  },
  "recursion": (n) =>
    async function some(paths: Paths, get: Get): Promise<string[]> {
      if (paths.length === 0) return [];
      const first = await Promise.all(
        paths.slice(0, n).map(async (path) => (await get(path)).name),
      );
      return [...first, ...await some(paths.slice(n), get)];
    },
  "two loops in a loop": (n) => async (paths, get) => {
    const names = [];
    for (let i = 0; i < paths.length; i += n) {
      const asked = [];
      for (let j = i; j < i + n && j < paths.length; j++) asked.push(get(paths[j]));
      for (const promise of asked) names.push((await promise).name);
    }
    return names;
  },
  "chunks first": (n) => async (paths, get) => {
    const chunks: Paths[] = [];
    paths.forEach((path, i) => i % n === 0 ? chunks.push([path]) : chunks.at(-1)!.push(path));
    const names: string[][] = [];
    for (const chunk of chunks) {
      names.push(await Promise.all(chunk.map((path) => get(path).then(({ name }) => name))));
    }
    return names.flat();
  },
  "reduce over chunks": (n) => (paths, get) =>
    Array.from({ length: Math.ceil(paths.length / n) }, (_, i) => paths.slice(i * n, i * n + n))
      .reduce(async (before, chunk) => {
        const names = await before;
        return [...names, ...await Promise.all(chunk.map(async (path) => (await get(path)).name))];
      }, Promise.resolve([] as string[])),
  "an async generator": (n) => async (paths, get) => {
    async function* chunked() {
      for (let i = 0; i < paths.length; i += n) {
        yield await Promise.all(paths.slice(i, i + n).map((path) => get(path)));
      }
    }
    const names = [];
    for await (const documents of chunked()) names.push(...documents.map(({ name }) => name));
    return names;
  },
  "places of a list": (n) => async (paths, get) => {
    const names = new Array(paths.length);
    for (let from = 0; from < paths.length; from += n) {
      await Promise.all(
        paths.slice(from, from + n).map(async (path, i) => {
          names[from + i] = (await get(path)).name;
        }),
      );
    }
    return names;
  },
  "all settled, with a pause between": (n) => async (paths, get) => {
    const names = [];
    for (let i = 0; i < paths.length; i += n) {
      const settled = await Promise.allSettled(paths.slice(i, i + n).map((path) => get(path)));
      for (const each of settled) {
        if (each.status === "rejected") throw each.reason;
        names.push(each.value.name);
      }
      await sleep(20);
    }
    return names;
  },
};

/** A pool of `n`: the next request starts as soon as one is done. */
export const pools: Record<string, (n: number) => Solution> = {
  "lanes on one iterator": (n) => async (paths, get) => {
    const names: string[] = [];
    const queue = paths.entries();
    const lane = async () => {
      for (const [i, path] of queue) names[i] = (await get(path)).name;
    };
    await Promise.all(Array.from({ length: n }, lane));
    return names;
  },
  "lanes with a counter": (n) => async (paths, get) => {
    const names: string[] = [];
    let next = 0;
    async function lane() {
      while (next < paths.length) {
        const i = next++;
        names[i] = (await get(paths[i])).name;
      }
    }
    await Promise.all(Array(n).fill(0).map(lane));
    return names;
  },
  "lanes that shift from a list": (n) => async (paths, get) => {
    const left = paths.map((path, i) => ({ path, i }));
    const names: string[] = [];
    const lane = async () => {
      for (let job = left.shift(); job; job = left.shift()) {
        names[job.i] = (await get(job.path)).name;
      }
    };
    const lanes = [];
    for (let i = 0; i < n; i++) lanes.push(lane());
    for (const each of lanes) await each;
    return names;
  },
  "a semaphore that is looked at now and then": (n) => async (paths, get) => {
    let busy = 0;
    return await Promise.all(paths.map(async (path) => {
      while (busy >= n) await sleep(10);
      busy++;
      try {
        return (await get(path)).name;
      } finally {
        busy--;
      }
    }));
  },
  "a semaphore with a queue": (n) => (paths, get) => {
    let free = n;
    const waiting: (() => void)[] = [];
    const enter = async () => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    };
    const leave = () => waiting.length > 0 ? waiting.shift()!() : free++;
    return Promise.all(paths.map(async (path) => {
      await enter();
      const document = await get(path).finally(leave);
      return document.name;
    }));
  },
  "a race of those under way": (n) => async (paths, get) => {
    const names: string[] = [];
    const busy = new Set<Promise<void>>();
    for (const [i, path] of paths.entries()) {
      const one: Promise<void> = get(path).then(({ name }) => {
        names[i] = name;
        busy.delete(one);
      });
      busy.add(one);
      if (busy.size >= n) await Promise.race(busy);
    }
    await Promise.all(busy);
    return names;
  },
  "callbacks": (n) => (paths, get) =>
    new Promise((resolve, reject) => {
      const names: string[] = [];
      let [next, done] = [0, 0];
      const start = () => {
        if (next === paths.length) return;
        const i = next++;
        get(paths[i]).then(({ name }) => {
          names[i] = name;
          if (++done === paths.length) resolve(names);
          else start();
        }).catch(reject);
      };
      for (let i = 0; i < n; i++) start();
    }),
  "chains of thens": (n) => async (paths, get) => {
    const names: string[] = [];
    const queue = paths.entries();
    const next = (): Promise<void> => {
      const { value, done } = queue.next();
      if (done) return Promise.resolve();
      const [i, path] = value;
      return get(path).then(({ name }) => void (names[i] = name)).then(next);
    };
    await Promise.all(Array.from({ length: n }, next));
    return names;
  },
  "a generator of jobs": (n) => async (paths, get) => {
    const names: string[] = [];
    function* jobs() {
      for (let i = 0; i < paths.length; i++) {
        yield get(paths[i]).then(({ name }) => names[i] = name);
      }
    }
    const queue = jobs();
    const lane = async () => {
      for (const job of queue) await job;
    };
    await Promise.all(Array.from({ length: n }, lane));
    return names;
  },
  "a class of one's own": (n) => async (paths, get) => {
    class Limit {
      #busy = 0;
      #queue: (() => void)[] = [];
      async run<T>(job: () => Promise<T>): Promise<T> {
        if (this.#busy === n) await new Promise<void>((go) => this.#queue.push(go));
        else this.#busy++;
        try {
          return await job();
        } finally {
          const next = this.#queue.shift();
          if (next) next();
          else this.#busy--;
        }
      }
    }
    const limit = new Limit();
    const all = paths.map((path) => limit.run(() => get(path)));
    return (await Promise.all(all)).map(({ name }) => name);
  },
};

/** Usual mistakes, by their short names, where a pool of four is asked for. */
export const mistakes: Record<string, Record<string, Solution>> = {
  "name of a promise": {
    "in a map": (paths, get) =>
      Promise.all(paths.map(async (path) => await (get(path) as any).name)),
    "in a loop": async (paths, get) => {
      const names = [];
      for (const path of paths) names.push(await (get(path) as any).name);
      return names;
    },
    "of promises in a list": async (paths, get) => {
      const promises = paths.map((path) => get(path));
      await Promise.all(promises);
      return promises.map((promise: any) => promise.name);
    },
  },
  "awaited inside the loop": {
    "for of": async (paths, get) => {
      const names = [];
      for (const path of paths) names.push((await get(path)).name);
      return names;
    },
    "while": async (paths, get) => {
      const names: string[] = [];
      while (names.length < paths.length) names.push((await get(paths[names.length])).name);
      return names;
    },
    "reduce": (paths, get) =>
      paths.reduce(
        async (before, path) => [...await before, (await get(path)).name],
        Promise.resolve([] as string[]),
      ),
  },
  "no name": {
    "braces without a return": (paths, get) =>
      pools["lanes on one iterator"](4)(paths, (path) => get(path).then(() => ({}))),
    "of a path": async (paths, get) => {
      const names = [];
      for (const path of paths) {
        await get(path);
        names.push((path as any).name);
      }
      return names;
    },
    "of what was settled": async (paths, get) =>
      (await Promise.allSettled(paths.map((path) => get(path)))).map((each: any) => each.name),
  },
  "list of lists": {
    "a lane's own": async (paths, get) => {
      const queue = paths.values();
      const lane = async () => {
        const names = [];
        for (const path of queue) names.push((await get(path)).name);
        return names;
      };
      return await Promise.all([lane(), lane(), lane(), lane()]);
    },
    "a batch's, pushed": async (paths, get) => {
      const names = [];
      for (let i = 0; i < paths.length; i += 4) {
        names.push(await Promise.all(paths.slice(i, i + 4).map((path) => get(path))));
      }
      return names;
    },
    "each in one of its own": (paths, get) =>
      Promise.all(paths.map(async (path) => [(await get(path)).name])),
  },
  "wrong number": {
    "all awaited, none kept": async (paths, get) => {
      await Promise.all(paths.map((path) => get(path)));
      return [];
    },
    "concat, which gives another list": async (paths, get) => {
      const names: string[] = [];
      for (const path of paths) names.concat((await get(path)).name);
      return names;
    },
    "a lane that takes one": async (paths, get) => {
      const queue = paths.values();
      const lane = async () => (await get(queue.next().value!)).name;
      return await Promise.all([lane(), lane(), lane(), lane()]);
    },
  },
  "came back too soon": {
    "an async function": async (paths, get) => {
      const names: string[] = [];
      paths.forEach(async (path) => names.push((await get(path)).name));
      await 0;
      return names;
    },
    "without a return": async (paths, get) => {
      const names: string[] = [];
      paths.forEach(async (path, i) => {
        names[i] = (await get(path)).name;
      });
      await 0;
    },
    "over lanes": async (paths, get) => {
      const names: string[] = [];
      const queue = paths.entries();
      [1, 2, 3, 4].forEach(async () => {
        for (const [i, path] of queue) names[i] = (await get(path)).name;
      });
      return await names;
    },
  },
  "Promise.all missing": {
    "over get": (paths, get) => paths.map((path) => get(path)),
    "over an async function": (paths, get) =>
      Promise.resolve(paths.map(async (path) => (await get(path)).name)),
    "in a loop": async (paths, get) => {
      const names = [];
      for (const path of paths) names.push(await [get(path).then(({ name }) => name)]);
      return names.flat();
    },
  },
  "promise returned unawaited": {
    "a list in a list": async (paths, get) => {
      const all = Promise.all(paths.map(async (path) => (await get(path)).name));
      return await [all];
    },
    "the last of them": async (paths, get) => {
      const names: unknown[] = [];
      for (const path of paths.slice(1)) names.push((await get(path)).name);
      names.unshift(get(paths[0]).then(({ name }) => name));
      return names;
    },
    "inside of objects": async (paths, get) =>
      await paths.map((path) => ({ name: get(path).then(({ name }) => name) })),
  },
  "started before the limit": {
    "slices of promises": async (paths, get) => {
      const promises = paths.map((path) => get(path));
      const names = [];
      for (let i = 0; i < promises.length; i += 4) {
        names.push(...(await Promise.all(promises.slice(i, i + 4))).map(({ name }) => name));
      }
      return names;
    },
    "slices of async functions' promises": async (paths, get) => {
      const promises = paths.map(async (path) => (await get(path)).name);
      const names = [];
      for (let i = 0; i < promises.length; i += 4) {
        names.push(...await Promise.all(promises.slice(i, i + 4)));
      }
      return names;
    },
    "lanes over promises": async (paths, get) => {
      const names: string[] = [];
      const queue = paths.map((path) => get(path)).entries();
      const lane = async () => {
        for (const [i, promise] of queue) names[i] = (await promise).name;
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
      return names;
    },
  },
  "completion order": {
    "pushed by lanes": async (paths, get) => {
      const names: string[] = [], left = [...paths];
      const lane = async () => {
        while (left.length > 0) names.push((await get(left.shift()!)).name);
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
      return names;
    },
    "concatenated lane by lane": async (paths, get) => {
      const queue = paths.values();
      const lane = async () => {
        const own = [];
        for (const path of queue) own.push((await get(path)).name);
        return own;
      };
      return (await Promise.all([lane(), lane(), lane(), lane()])).flat();
    },
    "pushed by a race": async (paths, get) => {
      const names: string[] = [];
      const busy = new Set<Promise<unknown>>();
      for (const path of paths) {
        const one: Promise<unknown> = get(path).then(({ name }) => names.push(name))
          .then(() => busy.delete(one));
        busy.add(one);
        if (busy.size === 4) await Promise.race(busy);
      }
      await Promise.all(busy);
      return names;
    },
  },
  "error swallowed": {
    "by catch": async (paths, get) => {
      const names: string[] = [], queue = paths.entries();
      const lane = async () => {
        for (const [i, path] of queue) {
          try {
            names[i] = (await get(path)).name;
          } catch {
            names[i] = "?";
          }
        }
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
      return names;
    },
    "by a second function of then": async (paths, get) => {
      const names: string[] = [], queue = paths.entries();
      const lane = async () => {
        for (const [i, path] of queue) {
          names[i] = await get(path).then(({ name }) => name, () => undefined);
        }
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
      return names;
    },
    "by a promise that nobody rejects": (paths, get) =>
      new Promise((resolve) => {
        const names: string[] = [];
        let [next, done] = [0, 0];
        const start = () => {
          if (next === paths.length) return;
          const i = next++;
          get(paths[i]).then(({ name }) => {
            names[i] = name;
            if (++done === paths.length) resolve(names);
            else start();
          }, () => {});
        };
        for (let i = 0; i < 4; i++) start();
      }),
  },
  "no limit": {
    "Promise.all over map": together["Promise.all over map"],
    "async function inside map": together["async function inside map"],
    "a semaphore that nobody asks": async (paths, get) => {
      const semaphore = { free: 4 };
      semaphore.free--;
      return await Promise.all(paths.map((path) => get(path).then(({ name }) => name)));
    },
  },
  "off by one": {
    "five lanes": pools["lanes on one iterator"](5),
    "a semaphore with <=": async (paths, get) => {
      let busy = 0;
      return await Promise.all(paths.map(async (path) => {
        while (!(busy <= 4)) await sleep(1);
        busy++;
        const { name } = await get(path);
        busy--;
        return name;
      }));
    },
    "one past the end": async (paths, get) => {
      const names: string[] = [];
      let next = 0;
      const lane = async () => {
        while (next <= paths.length) {
          const i = next++;
          names[i] = (await get(paths[i])).name;
        }
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
      return names;
    },
    "the first left out": (paths, get) => pools["lanes on one iterator"](4)(paths.slice(1), get),
  },
  "barrier instead of pool": {
    "slices": batches["slices"](4),
    "two loops in a loop": batches["two loops in a loop"](4),
    "recursion": batches["recursion"](4),
  },
  "places left free": {
    "dealt out beforehand": async (paths, get) => {
      const names: string[] = [];
      const lane = async (own: number) => {
        for (let i = own; i < paths.length; i += 4) names[i] = (await get(paths[i])).name;
      };
      await Promise.all([0, 1, 2, 3].map(lane));
      return names;
    },
  },
};
