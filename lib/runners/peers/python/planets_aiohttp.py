"""The planet tracker in aiohttp: the event loop serves others while a handler waits."""

import asyncio

from aiohttp import web

from planets import Refusal, position


def make_app(wait):
    """wait: what an upstream service takes to answer, in ms; 0 asks none."""

    async def planet(request):
        if wait:
            await asyncio.sleep(wait / 1000)
        try:
            body, status = position(request.match_info["name"], request.query), 200
        except Refusal as refusal:
            body, status = refusal.body, refusal.status
        return web.Response(text=body, status=status, content_type="application/json")

    app = web.Application()
    app.router.add_get("/planets/{name}", planet)
    return app
