// deno-fmt-ignore-file: a slip a line or two, so that they can be compared
import { mean } from "../ground/quantile.ts";
import { answer } from "./answer.ts";

const sum = (all: number[]) => all.reduce((sum, one) => sum + one, 0);
const over = (these: number[], those: number[]) => these.map((one, i) => one / those[i]);

/** A visitor: when it was to come, when its request went out, and when its answer was in; ms. */
interface Visitor {
  planned: number;
  start: number;
  end: number;
}
const QUEUE = [[0, 0, 5], [2, 5, 10], [4, 10, 15]]
  .map(([planned, start, end]) => ({ planned, start, end }));

/** By the rows of chapter 9's table; which question comes first makes the difference. */
function verdictOf(low: number, high: number, margin: number, marginFirst = true, from = 1 / (1 + margin)) {
  const same = low >= from && high <= 1 + margin;
  if (same && marginFirst) return "same";
  return high < 1 ? "faster" : low > 1 ? "slower" : same ? "same" : "can't tell";
}
const INTERVALS = [
  [0.97, 1.02], [1.01, 1.04], [0.9, 0.94], [1.02, 1.2], [0.8, 1.3], [0.9, 1.01], [0.951, 1.02],
];

/** What chapters ask of a function. */
export const QUESTIONS = {
  /** Chapter 2: what a loop of one request at a time takes. */
  loopTime: answer<[requests: number, kept: boolean, connection: number, one: number]>({
    inputs: [[150, false, 119, 45], [150, true, 119, 45], [1, true, 119, 45], [30, false, 0, 45]],
    right: (n, kept, connection, one) => (kept ? 1 : n) * connection + n * one,
    slips: [
      ["a connection each", "With a kept connection only the first request has one to open.",
        (n, _, connection, one) => n * (connection + one)],
      ["no connection", "A kept connection has to be opened as well, once.",
        (n, kept, connection, one) => (kept ? 0 : n) * connection + n * one],
      ["upside down", "It’s the other way round: who keeps the connection opens one.",
        (n, kept, connection, one) => (kept ? n : 1) * connection + n * one],
      ["one connection", "If connections aren’t kept, each request opens one.",
        (n, _, connection, one) => connection + n * one],
    ],
  }),
  /** Chapter 3: from how many at once on a server's places are all taken. */
  enoughAtOnce: answer<[places: number, way: number, service: number]>({
    inputs: [[10, 0, 20], [10, 50, 20], [8, 80, 20], [1, 90, 10]],
    right: (places, way, service) => places * (way + service) / service,
    slips: [
      ["way left out", "Those that are on their way hold no place: there may be more of them.",
        (places) => places],
      ["upside down", "The longer the way, the *more* it takes: divide by the service.",
        (places, way, service) => places * service / (way + service)],
      ["service left out", "While it’s served, a request is under way as well: add `service` to the way.",
        (places, way, service) => places * way / service],
    ],
  }),
  /** Chapter 3: the longest pause before the next attempt. */
  longestPause: answer<[attempt: number, base: number, cap: number]>({
    inputs: [[1, 100, 10_000], [2, 100, 10_000], [5, 100, 10_000], [9, 100, 10_000]],
    right: (attempt, base, cap) => Math.min(cap, base * 2 ** (attempt - 1)),
    slips: [
      ["no limit", "It doubles for ever: `cap` is the most that it may be.",
        (attempt, base) => base * 2 ** (attempt - 1)],
      ["off by one", "After the first attempt it’s `base`, not yet twice that.",
        (attempt, base, cap) => Math.min(cap, base * 2 ** attempt)],
      ["no power", "In JavaScript `^` is no power: two to the power of n is `2 ** n`.",
        (attempt, base, cap) => Math.min(cap, base * 2 ^ (attempt - 1))],
      ["in proportion", "It grows by the same amount each time; it’s to *double*.",
        (attempt, base, cap) => Math.min(cap, base * attempt)],
      ["upside down", "`Math.max` takes the larger of two; the cap asks for the smaller.",
        (attempt, base, cap) => Math.max(cap, base * 2 ** (attempt - 1))],
    ],
  }),
  /** Chapter 4: the most that all at once can gain over one after the other. */
  gainAtBest: answer<[batch: number, connection: number, one: number]>({
    inputs: [[4, 37, 12], [16, 37, 12], [4, 0, 12], [1, 37, 12]],
    right: (batch, connection, one) => (connection + batch * one) / (connection + one),
    slips: [
      ["no connection", "Everybody opens a connection first, and overlap can’t save that.",
        (batch) => batch],
      ["upside down", "Times as *fast*: the longer time, divided by the shorter one.",
        (batch, connection, one) => (connection + one) / (connection + batch * one)],
      ["a connection each", "One after the other goes over one connection, opened once.",
        (batch, connection, one) => batch * (connection + one) / (connection + one)],
    ],
  }),
  /** Chapter 4: a check that is not lazy. */
  countRead: answer<[{ bodyUsed: boolean }[]]>({
    inputs: [[true, false, true], [], [false]].map((all) => [all.map((bodyUsed) => ({ bodyUsed }))]),
    right: (responses) => responses.filter((each) => each.bodyUsed).length,
    slips: [["counts all", "It counts every response, read or not.", (all) => all.length]],
  }),
  /** Chapter 6: how many threads there were, by how long they took. */
  threadsOf: answer<[requests: number, one: number, took: number]>({
    // Rounded to the nearest or up: that's the same here.
    inputs: [[1000, 5, 850], [1000, 5, 250], [100, 20, 2000]],
    right: (requests, one, took) => Math.round(requests * one / took),
    slips: [
      ["upside down", "It’s the other way round: the more threads, the shorter the time.",
        (requests, one, took) => Math.round(took / (requests * one))],
      ["not whole", "Threads come whole: round it.", (requests, one, took) => requests * one / took],
      ["rounded down", "So few threads couldn’t have done it in that time.",
        (requests, one, took) => Math.floor(requests * one / took)],
    ],
  }),
  /** Chapter 7: how many times as many answers a server gives that awaits. */
  awaitingGains: answer<[wait: number, work: number, visitors: number]>({
    inputs: [[5, 0.25, 20], [2, 0.25, 20], [0, 0.25, 20], [5, 0.25, 1]],
    right: (wait, work, visitors) => Math.min(visitors, 1 + wait / work),
    slips: [
      ["no limit", "Nobody can serve visitors who aren’t there.", (wait, work) => 1 + wait / work],
      ["work left out", "The thread that blocks spends the wait *and* the work on each answer.",
        (wait, work, visitors) => Math.min(visitors, wait / work)],
    ],
  }),
  /** Chapter 7: how long visitors waited who came when they pleased. */
  waits: answer<[Visitor[]]>({
    inputs: [[QUEUE], [[{ planned: 7, start: 9, end: 10 }]]],
    right: (visitors) => visitors.map(({ planned, end }) => end - planned),
    slips: [
      ["from the start", "Those are the answers' times. Who came at 2 and was let in at 5 waits since 2.",
        (visitors) => visitors.map(({ start, end }) => end - start)],
      ["until the start", "That’s how long they stood in line; their answers took time as well.",
        (visitors) => visitors.map(({ planned, start }) => start - planned)],
    ],
  }),
  /** Chapter 9: one ratio of many pairs. */
  pairedRatio: answer<[red: number[], blue: number[]]>({
    inputs: [[[100, 100], [50, 200]], [[110, 330, 90], [100, 310, 95]], [[7], [7]]],
    right: (red, blue) => Math.exp(mean(over(red, blue).map(Math.log))),
    slips: [
      ["mean", "That’s the ordinary mean of the ratios, which favours whoever stands on top.",
        (red, blue) => mean(over(red, blue))],
      ["unpaired", "That’s the ratio of two means: the pairs, and with them the weather, are gone.",
        (red, blue) => mean(red) / mean(blue)],
      ["upside down", "Red’s time, divided by blue’s.",
        (red, blue) => Math.exp(mean(over(blue, red).map(Math.log)))],
      ["no root", "That’s all ratios multiplied: take the root, or divide the sum of the logarithms by their number.",
        (red, blue) => over(red, blue).reduce((product, ratio) => product * ratio, 1)],
      ["logarithm", "That’s the mean of the logarithms: turn it back with `Math.exp`.",
        (red, blue) => mean(over(red, blue).map(Math.log))],
    ],
  }),
  /** Chapter 9: the verdict that an interval comes to. */
  verdict: answer<[low: number, high: number, margin: number]>({
    inputs: INTERVALS.map(([low, high]) => [low, high, 0.05] as [number, number, number]),
    right: (low, high, margin) => verdictOf(low, high, margin),
    slips: [
      ["margin asked last",
        "From 1.01 to 1.04 lies inside the margin *and* above 1. Which do you want to hear first?",
        (low, high, margin) => verdictOf(low, high, margin, false)],
      ["lopsided", "The margin begins at 1 ÷ (1 + margin), 0.952 for 5 %: one program takes 1.05 times " +
        "as long as the other, whichever stands on top.",
        (low, high, margin) => verdictOf(low, high, margin, true, 1 - margin)],
    ],
  }),
  /** Chapter 10: the least that a pool takes for requests that take so long each. */
  leastTime: answer<[times: number[], n: number]>({
    inputs: [[[50, 50, 50], 2], [[300, 20, 20, 20], 4], [[100, 100], 1], [[80, 80, 80], 10]],
    right: (times, n) => Math.max(sum(times) / n, ...times),
    slips: [
      ["longest left out", "300, 20, 20 and 20 by four: who waits for the 300?",
        (times, n) => sum(times) / n],
      ["no limit", "That’s the longest request alone. With two at once, each of the two waits for half of it all.",
        (times) => Math.max(...times)],
      ["added up", "That’s one after the other. How many do the waiting at once?", (times) => sum(times)],
      ["played through", "That’s a pool, played through. The bound shares out all the waiting, as if " +
        "requests could be cut: three of 50 ms by two are 75.", (times, n) => {
          const free = Array<number>(n).fill(0);
          for (const time of times) free[free.indexOf(Math.min(...free))] += time;
          return Math.max(...free);
        }],
      ["upside down", "It’s never less than either of the two: take the larger one.",
        (times, n) => Math.min(sum(times) / n, Math.max(...times))],
    ],
  }),
  /** Chapter 10: how much of the time on a connection goes into opening it. */
  setUpShare: answer<[connection: number, one: number, requests: number]>({
    inputs: [[90, 60, 1], [90, 60, 10], [20, 60, 3], [119, 45, 150]],
    right: (connection, one, requests) => connection / (connection + requests * one),
    slips: [
      ["a connection each", "The connection is opened once, and all of its requests share that.",
        (connection, one) => connection / (connection + one)],
      ["per cent", "From 0 to 1, please: that’s in per cent.",
        (connection, one, requests) => 100 * connection / (connection + requests * one)],
      ["connection left out", "The whole is the answers *and* the connection.",
        (connection, one, requests) => connection / (requests * one)],
      ["upside down", "A share is at most 1: the part, divided by the whole.",
        (connection, one, requests) => (connection + requests * one) / connection],
    ],
  }),
};
