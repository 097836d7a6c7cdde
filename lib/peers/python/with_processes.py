"""requests in a pool of processes, each with a session of its own."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import requests

import costs
import lifeline
from counted import sockets
from document import HOW
from sample import Outcome, now
from with_requests import encoding_asked, fetch, open_session

_barrier = None
_session = None


def _begin(barrier):
    global _barrier
    _barrier = barrier
    lifeline.end_with_parent_process()


def _arrive(_):
    """Holds this process until all are there; says who it is and what it has used so far."""
    _barrier.wait()
    return os.getpid(), costs.cpu(), sockets()


def _fetch(plan, path):
    global _session
    if plan["connections"] == "kept" and _session is None:
        _session = open_session(plan)
    sample = fetch(_session or requests, plan, path)
    return sample, (os.getpid(), costs.cpu(), costs.peak_memory(), sockets())


def processes(plan):
    """Starting the processes is start-up, and comes before the clock."""
    return _run(plan, inside=False)


def pool_inside(plan):
    """Starting the processes is part of what is measured; the first of them need not wait for the
    last."""
    return _run(plan, inside=True)


def _run(plan, inside):
    """Memory that processes share with the one they were forked from counts for each of them."""
    own, opened = costs.cpu(), now()
    lanes = plan["concurrency"] or os.cpu_count()
    barrier = multiprocessing.get_context().Barrier(lanes)
    before = {}
    with ProcessPoolExecutor(lanes, initializer=_begin, initargs=(barrier,)) as pool:
        if not inside:
            before = {pid: (cpu, n) for pid, cpu, n in pool.map(_arrive, range(lanes))}
            own, opened = costs.cpu(), now()
        rows = list(pool.map(partial(_fetch, plan), plan["paths"]))
        finished = now()
        total = costs.since(own)
    opened_sockets = 0
    for pid, (cpu, memory, n) in _latest(rows).items():
        cpu_before, n_before = before.get(pid, ((0, 0), 0))  # a process begins with nothing used
        total["cpuUser"] += cpu[0] - cpu_before[0]
        total["cpuSystem"] += cpu[1] - cpu_before[1]
        total["peakMemory"] += memory
        opened_sockets += n - n_before
    settings = {
        "processes": str(lanes),
        "connections kept": "one a process" if plan["connections"] == "kept" else "none",
        "accept-encoding": encoding_asked(plan),
        "decode": HOW[plan["settings"]["decode"]],
    }
    samples = [sample for sample, _ in rows]
    return Outcome(opened, finished, samples, opened_sockets, total, settings)


def _latest(rows):
    """What each process said last; all of it only grows."""
    latest = {}
    for _, (pid, cpu, memory, n) in rows:
        known = latest.get(pid, ((0, 0), 0, 0))
        latest[pid] = (max(cpu, known[0]), max(memory, known[1]), max(n, known[2]))
    return latest
