"""The planet tracker in aiohttp: the event loop serves others while a handler waits."""

import asyncio

from aiohttp import web

from planets import Refusal, position


def make_app(settings):
    wait = settings["wait"] / 1000

    async def planet(request):
        if wait:
            await asyncio.sleep(wait)
        try:
            body, status = position(request.match_info["name"], request.query), 200
        except Refusal as refusal:
            body, status = refusal.body, refusal.status
        response = web.Response(text=body, status=status, content_type="application/json")
        if not settings["keepAlive"]:
            response.force_close()
        return response

    app = web.Application()
    app.router.add_get("/planets/{name}", planet)
    return app
