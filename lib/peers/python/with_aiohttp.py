"""aiohttp: awaiting inside the loop, all at once with gather, and bounded by a semaphore."""

import asyncio
import sys

# aiohttp loads gunicorn where that is installed, a third of all it loads: it is no business of a client.
sys.modules["gunicorn"] = None

import aiohttp

import costs
from document import HOW, answered
from sample import Outcome, failed, now


async def fetch(session, plan, path):
    planned = now()
    # When a connection was to be had; the connector may have made it wait.
    sent = [planned]
    known = {}
    url = plan["origin"] + path
    try:
        async with session.request(plan["method"], url, trace_request_ctx=sent) as response:
            body = await response.read()
            known = {
                "end": now(),
                "status": response.status,
                "bytes": response.content_length if plan["method"] == "GET" else 0,
                "encoding": response.headers.get("Content-Encoding", "identity"),
                "timing": response.headers.get("Server-Timing", ""),
            }
            if known["bytes"] is None:
                known["bytes"] = len(body)
            refusal = None if response.ok else response.reason
            # Read already: json() only decodes, and awaits nothing.
            whole = plan["settings"]["decode"] == "whole" and refusal is None
            try:
                document = await response.json() if whole else None
            except (ValueError, aiohttp.ContentTypeError) as error:
                return failed(path, planned, sent[0], "decode", error, **known)
            return answered(plan, path, planned, sent[0], refusal, lambda: document, known)
    except asyncio.TimeoutError as error:
        return failed(path, planned, sent[0], "timeout", error, **known)
    except (aiohttp.ClientError, OSError) as error:
        return failed(path, planned, sent[0], "network", error, **known)


async def naive_await_in_loop(session, plan):
    return [await fetch(session, plan, path) for path in plan["paths"]]


async def gathered(session, plan):
    return await asyncio.gather(*(fetch(session, plan, path) for path in plan["paths"]))


async def bounded(session, plan):
    semaphore = asyncio.Semaphore(plan["concurrency"])

    async def one(path):
        async with semaphore:
            return await fetch(session, plan, path)

    return await asyncio.gather(*(one(path) for path in plan["paths"]))


def naive(plan):
    return asyncio.run(_run(plan, naive_await_in_loop))


def concurrent(plan):
    return asyncio.run(_run(plan, gathered))


def pool(plan):
    return asyncio.run(_run(plan, bounded))


async def _run(plan, schedule):
    before, opened = costs.cpu(), now()
    sockets = 0

    async def connecting(_session, context, _params):
        context.trace_request_ctx[0] = now()

    async def connected(_session, _context, _params):
        nonlocal sockets
        sockets += 1

    trace = aiohttp.TraceConfig()
    trace.on_connection_create_start.append(connecting)
    trace.on_connection_reuseconn.append(connecting)
    trace.on_connection_create_end.append(connected)
    limit = plan["settings"]["connectionLimit"]
    connector = aiohttp.TCPConnector(
        force_close=plan["connections"] == "new", **({} if limit is None else {"limit": limit})
    )
    session = aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=plan["deadline"] / 1000),
        trace_configs=[trace],
        skip_auto_headers=(
            ["Accept-Encoding"] if plan["settings"]["acceptEncoding"] == "identity" else []
        ),
    )
    async with session:
        samples = await schedule(session, plan)
        finished = now()
    settings = {
        "connections at most": str(connector.limit),
        "accept-encoding": (
            "none" if plan["settings"]["acceptEncoding"] == "identity" else "gzip, deflate"
        ),
        "decode": HOW[plan["settings"]["decode"]],
    }
    return Outcome(opened, finished, samples, sockets, costs.since(before), settings)
