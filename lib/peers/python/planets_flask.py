"""The planet tracker in Flask: a thread or a process waits for whatever the handler waits for."""

import time

from flask import Flask, Response, request

from planets import Refusal, position


def make_app(settings):
    wait = settings["wait"] / 1000
    app = Flask("planets")

    @app.get("/planets/<name>")
    def planet(name):
        if wait:
            time.sleep(wait)
        return Response(position(name, request.args), mimetype="application/json")

    @app.errorhandler(Refusal)
    def refuse(refusal):
        return Response(refusal.body, refusal.status, mimetype="application/json")

    return app
