"""Runs one plan with a Python library: the plan is a line of JSON on standard input, what happened
are lines of JSON on standard output, a sample each and then the run."""

import json
import platform
import sys
from importlib import import_module

import lifeline

# Which module knows an implementation, and the library that it shows.
IMPLEMENTATIONS = {
    "requests": ("with_requests", "sequential"),
    "requests-threads": ("with_requests", "threads"),
    "requests-executor": ("with_requests", "executor"),
    "requests-processes": ("with_processes", "processes"),
    "requests-thread-each": ("with_requests", "thread_each"),
    "requests-pool-inside": ("with_processes", "pool_inside"),
    "aiohttp-naive": ("with_aiohttp", "naive"),
    "aiohttp-concurrent": ("with_aiohttp", "concurrent"),
    "aiohttp-pool": ("with_aiohttp", "pool"),
    "urllib3-executor": ("with_urllib3", "executor"),
}


def execute(plan):
    """What there is to say: each sample, in the order in which they were sent, then the run."""
    module_name, function = IMPLEMENTATIONS[plan["implementation"]]
    outcome = getattr(import_module(module_name), function)(plan)
    samples = outcome.samples
    for row, sample in enumerate(sorted(samples, key=lambda sample: sample.start)):
        said = sample._asdict()
        del said["result"], said["complaint"]
        yield {"sample": {"row": row, **said}}
    yield {
        "run": {
            "opened": outcome.opened,
            "makespan": outcome.finished - outcome.opened,
            **outcome.costs,
            "sockets": outcome.sockets,
            "settings": outcome.settings,
            "versions": versions(plan["implementation"].split("-")[0]),
            "complaints": [s.complaint for s in samples if s.complaint][:3],
            "results": [sample.result for sample in samples],
        }
    }


def versions(library):
    libraries = ["requests", "urllib3"] if library == "requests" else [library]
    shown = {name: import_module(name).__version__ for name in libraries}
    return {"python": platform.python_version(), **shown}


if __name__ == "__main__":
    plan = json.loads(sys.stdin.buffer.readline())
    lifeline.end_with_standard_input()
    for line in execute(plan):
        print(json.dumps(line))
    sys.stdout.flush()
