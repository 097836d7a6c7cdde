import os from "node:os";
import process from "node:process";

/** What ran on the machine between two moments. */
export interface Load {
  /** CPU of this process, in cores: 1 is one core all the time. */
  readonly own: number;
  /** Share of all cores that were busy, whoever with, from 0 to 1; NaN where the system does not say. */
  readonly busy: number;
}

/** Starts watching; the function returned says what it came to. */
export function watchMachine(): () => Load {
  const [cpu, before, begin] = [process.cpuUsage(), cores(), performance.now()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    const after = cores();
    const all = after.all - before.all;
    return {
      own: (user + system) / 1000 / (performance.now() - begin),
      busy: all > 0 ? 1 - (after.idle - before.idle) / all : NaN,
    };
  };
}

/** Time of all cores so far. */
function cores(): { idle: number; all: number } {
  const times = os.cpus().map((core) => core.times);
  const sum = (take: (one: typeof times[number]) => number) =>
    times.reduce((total, one) => total + take(one), 0);
  return {
    idle: sum(({ idle }) => idle),
    all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq),
  };
}
