// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { selfCheck } from "../../lib/experiment/check.ts";
import { dispatchSample, emptySamples } from "../../lib/trial/samples.ts";
import type { Trial } from "../../lib/trial/trial.ts";
import { syntheticTrial } from "../analysis/synthetic.ts";

/** Ten requests of 10 ms each, one after the other. */
function good(): Trial {
  const trial = syntheticTrial("naive", 3, 101);
  const samples = emptySamples();
  for (let i = 0; i < 10; i++) {
    const times = { planned: 1000 + 10 * i, start: 1000 + 10 * i };
    dispatchSample(samples, { path: `/${i}`, k: 1, attempt: 1, ...times });
    samples.end[i] = 1010 + 10 * i;
    samples.status[i] = 200;
    samples.served[i] = samples.drawn[i] = 10;
  }
  return { ...trial, samples, origin: { ...trial.origin, requests: 10 } };
}

const paths = Array.from({ length: 10 }, (_, i) => `/${i}`);

/** What is found wrong with that trial after a change. */
const found = (change: (trial: Trial) => Trial) => selfCheck(change(good()), paths);

function one(change: (trial: Trial) => Trial, words: string): void {
  const wrong = found(change);
  assertEquals(wrong.length, 1, wrong.join("; "));
  assertStringIncludes(wrong[0], `naive, block 3: ${words}`);
}

Deno.test("a trial that both sides saw alike is not faulted", () => {
  assertEquals(found((trial) => trial), []);
});

Deno.test("faster than anything can be is found, and a makespan that is no number", () => {
  one((trial) => ({ ...trial, makespan: 98 }), "it took 98.0 ms, where nothing can beat 100.0 ms");
  assertEquals(found((trial) => ({ ...trial, makespan: 99.5 })), []);
  one((trial) => ({ ...trial, makespan: NaN }), "it took NaN ms");
});

Deno.test("a connection that one side did not see is found", () => {
  one(
    (trial) => ({ ...trial, costs: { ...trial.costs, sockets: 2 } }),
    "the client opened 2 sockets and the origin accepted 1",
  );
  one((trial) => ({ ...trial, origin: { ...trial.origin, sockets: 0 } }), "the client opened 1");
  one((trial) => ({ ...trial, costs: { ...trial.costs, sockets: NaN } }), "the client opened NaN");
});

Deno.test("more in flight than may be is found, on whichever side it was seen", () => {
  const words = "2 requests were in flight where 1 may be";
  one((trial) => ({ ...trial, costs: { ...trial.costs, peakInFlight: 2 } }), words);
  one((trial) => ({ ...trial, origin: { ...trial.origin, peakInFlight: 2 } }), words);
  one((trial) => ({ ...trial, costs: { ...trial.costs, peakInFlight: NaN } }), "NaN requests");
});

Deno.test("a path left out is found, and one asked for twice", () => {
  const swapped = (trial: Trial) => {
    trial.samples.path[4] = "/5";
    return trial;
  };
  one(swapped, "/4 was answered 1 time too few");
  const swappedBack = (trial: Trial) => {
    trial.samples.path[0] = "/5";
    trial.samples.path[5] = "/0";
    return trial;
  };
  assertEquals(found(swappedBack), []);
  const wrong = selfCheck(good(), paths.filter((path) => path !== "/2"));
  assertStringIncludes(wrong[0], "/2 was answered 1 time too often");
});

Deno.test("a request that failed is found with its kind, one that a retry made good is not", () => {
  const fail = (trial: Trial) => {
    trial.samples.error[4] = "timeout";
    trial.samples.status[4] = 0;
    trial.samples.served[4] = NaN;
    return { ...trial, origin: { ...trial.origin, requests: 9 } };
  };
  one(fail, "/4 was answered 1 time too few (1 request failed: 1 timeout)");
  const retried = (trial: Trial) => {
    const { samples } = fail(trial);
    dispatchSample(samples, { path: "/4", k: 2, planned: 1100, start: 1100, attempt: 2 });
    samples.end[10] = 1110;
    samples.status[10] = 200;
    samples.served[10] = 10;
    return trial;
  };
  assertEquals(found(retried), []);
  // It may have been given up while its connection was being opened, which one side alone has seen.
  const sockets = (client: number, origin: number) =>
    found((trial) => {
      const { costs, ...rest } = retried(trial);
      return {
        ...{ ...rest, costs: { ...costs, sockets: client } },
        origin: { ...rest.origin, sockets: origin },
      };
    });
  assertEquals([...sockets(1, 2), ...sockets(2, 1)], []);
  assertStringIncludes(sockets(1, 3)[0], "the client opened 1 sockets and the origin accepted 3");
});

Deno.test("answers that the origin never sent are found, and answers that never came", () => {
  const sent = (requests: number) => (trial: Trial) => ({
    ...trial,
    origin: { ...trial.origin, requests },
  });
  one(sent(9), "the client has 10 answers and the origin sent 9");
  one(sent(11), "the client has 10 answers and the origin sent 11");
});
