"""urllib3 in the event loop's executor."""

import json

import urllib3

import costs
from counted import sockets
from document import HOW, answered
from sample import Outcome, failed, now
from with_requests import in_executor


def open_manager(plan):
    """A PoolManager with the plan's limit, or with its own: 1 connection a host is kept."""
    limit = plan["settings"]["connectionLimit"]
    return urllib3.PoolManager() if limit is None else urllib3.PoolManager(maxsize=limit)


def fetch(manager, plan, path):
    """Asks with the manager given, or with one for this request alone."""
    start = now()
    options = {"timeout": plan["deadline"] / 1000, "retries": False}
    if plan["settings"]["acceptEncoding"] == "identity":
        options["headers"] = {"Accept-Encoding": "identity"}
    try:
        if manager is None:
            with open_manager(plan) as own:
                response = own.request(plan["method"], plan["origin"] + path, **options)
        else:
            response = manager.request(plan["method"], plan["origin"] + path, **options)
    except urllib3.exceptions.NewConnectionError as error:
        # urllib3 1.26 has it among its timeouts.
        return failed(path, start, start, "network", error)
    except urllib3.exceptions.TimeoutError as error:
        return failed(path, start, start, "timeout", error)
    except urllib3.exceptions.HTTPError as error:
        return failed(path, start, start, "network", error)
    known = {
        "end": now(),
        "status": response.status,
        "bytes": response.tell(),
        "encoding": response.headers.get("Content-Encoding", "identity"),
        "timing": response.headers.get("Server-Timing", ""),
    }
    refusal = None if 200 <= response.status < 300 else response.reason
    return answered(plan, path, start, start, refusal, lambda: json.loads(response.data), known)


def executor(plan):
    before, opened = costs.cpu(), now()
    kept = plan["connections"] == "kept"
    manager = open_manager(plan) if kept else None
    samples = in_executor(plan, lambda path: fetch(manager, plan, path))
    finished = now()
    settings = {
        "threads": str(plan["concurrency"] or "min(32, cores + 4)"),
        "connections kept": str(plan["settings"]["connectionLimit"] or 1) if kept else "none",
        "accept-encoding": "identity",
        "decode": HOW[plan["settings"]["decode"]],
    }
    return Outcome(opened, finished, samples, sockets(), costs.since(before), settings)
