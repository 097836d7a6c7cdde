"""requests: one after the other, from threads of our own, and in asyncio's executor."""

import asyncio
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

import requests
from requests.adapters import HTTPAdapter

import costs
from counted import sockets
from document import HOW, answered
from sample import Outcome, failed, now


def open_session(plan):
    """A Session with the plan's limit, or with its own: 10 connections a host are kept."""
    session = requests.Session()
    limit = plan["settings"]["connectionLimit"]
    if limit is not None:
        session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=limit))
    return session


def fetch(asker, plan, path):
    """Asks with a session, or with `requests` itself, which opens one for every call."""
    start = now()
    options = {"timeout": plan["deadline"] / 1000}
    if plan["settings"]["acceptEncoding"] == "identity":
        options["headers"] = {"Accept-Encoding": "identity"}
    try:
        response = asker.request(plan["method"], plan["origin"] + path, **options)
    except requests.Timeout as error:
        return failed(path, start, start, "timeout", error)
    except requests.RequestException as error:
        return failed(path, start, start, "network", error)
    known = {
        "end": now(),
        "status": response.status_code,
        "bytes": response.raw.tell(),
        "encoding": response.headers.get("Content-Encoding", "identity"),
        "timing": response.headers.get("Server-Timing", ""),
    }
    refusal = None if response.ok else response.reason
    return answered(plan, path, start, start, refusal, response.json, known)


def one_after_the_other(asker, plan):
    return [fetch(asker, plan, path) for path in plan["paths"]]


def sequential(plan):
    return _run(plan, lambda asker: one_after_the_other(asker, plan), lanes=1)


def threads(plan):
    """Threads that take the next URL from a queue; without a bound, a thread for each."""
    lanes = plan["concurrency"] or len(plan["paths"])

    def schedule(asker):
        samples = [None] * len(plan["paths"])
        waiting = queue.SimpleQueue()
        for place in enumerate(plan["paths"]):
            waiting.put(place)

        def work():
            while True:
                try:
                    i, path = waiting.get_nowait()
                except queue.Empty:
                    return
                samples[i] = fetch(asker, plan, path)

        _join([threading.Thread(target=work) for _ in range(lanes)])
        return samples

    return _run(plan, schedule, lanes)


def thread_each(plan):
    """A thread for each URL, all started at once; a semaphore lets so many of them ask at a time."""
    paths = plan["paths"]
    gate = threading.Semaphore(plan["concurrency"])

    def schedule(asker):
        samples = [None] * len(paths)

        def work(i, path):
            with gate:
                samples[i] = fetch(asker, plan, path)

        _join([threading.Thread(target=work, args=place) for place in enumerate(paths)])
        return samples

    return _run(plan, schedule, len(paths))


def _join(workers):
    """Starts threads and waits for them."""
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def executor(plan):
    """Blocking calls in the event loop's executor: its own where the plan sets no bound."""
    return _run(plan, lambda asker: in_executor(plan, lambda path: fetch(asker, plan, path)))


def in_executor(plan, blocking):
    async def main():
        loop = asyncio.get_running_loop()
        lanes = plan["concurrency"]
        pool = ThreadPoolExecutor(lanes) if lanes else None
        return await asyncio.gather(
            *(loop.run_in_executor(pool, blocking, path) for path in plan["paths"])
        )

    return asyncio.run(main())


def _run(plan, schedule, lanes=None):
    before, opened = costs.cpu(), now()
    kept = plan["connections"] == "kept"
    asker = open_session(plan) if kept else requests
    samples = schedule(asker)
    finished = now()
    limit = plan["settings"]["connectionLimit"]
    settings = {
        "threads": str(lanes or plan["concurrency"] or "min(32, cores + 4)"),
        "connections kept": str(limit or 10) if kept else "none",
        "accept-encoding": encoding_asked(plan),
        "decode": HOW[plan["settings"]["decode"]],
    }
    return Outcome(opened, finished, samples, sockets(), costs.since(before), settings)


def encoding_asked(plan):
    if plan["settings"]["acceptEncoding"] == "identity":
        return "identity"
    return requests.utils.DEFAULT_ACCEPT_ENCODING
