"""Serves the planet tracker: settings come as JSON in the argument, one JSON line goes out once it
listens, and it ends when standard input does."""

import json
import os
import platform
import socket
import sys
import threading
from importlib import import_module, metadata

import lifeline


def announce(port, *packages):
    found = {name: metadata.version(name) for name in (*packages, "ephem")}
    url = f"http://127.0.0.1:{port}"
    print(json.dumps({"url": url, "versions": {"python": platform.python_version(), **found}}))
    sys.stdout.flush()


def listen(backlog):
    listening = socket.create_server(("127.0.0.1", 0), backlog=backlog)
    return listening, listening.getsockname()[1]


def flask_development(settings):
    """Werkzeug's: a thread for each connection, and a connection for each request."""
    from werkzeug.serving import make_server

    from planets_flask import make_app

    listening, port = listen(settings["backlog"])
    app = make_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
    announce(port, "flask", "werkzeug")
    server.serve_forever()


def aiohttp_development(settings):
    from aiohttp import web

    from planets_aiohttp import make_app

    listening, port = listen(settings["backlog"])
    announce(port, "aiohttp")
    app = make_app(settings)
    web.run_app(app, sock=listening, backlog=settings["backlog"], print=None, handle_signals=False)


def on_gunicorn(settings):
    """Gunicorn, with the workers that the settings say."""
    from gunicorn.app.base import BaseApplication

    framework, workers = settings["framework"], settings["workers"]
    module = import_module(f"planets_{framework}")
    lifeline_end, arbiters_end = os.pipe()
    working, works = os.pipe()

    class Planets(BaseApplication):
        def load_config(self):
            for name, value in {
                "bind": "127.0.0.1:0",
                "workers": workers,
                "worker_class": settings["workerClass"],
                "backlog": settings["backlog"],
                "when_ready": ready,
                "post_fork": forked,
                "post_worker_init": lambda worker: os.write(works, b"."),
            }.items():
                self.cfg.set(name, value)

        def load(self):
            return module.make_app(settings)

    def ready(arbiter):
        port = arbiter.LISTENERS[0].sock.getsockname()[1]

        def wait_for_workers():
            for _ in range(workers):
                os.read(working, 1)
            announce(port, framework, "gunicorn")

        threading.Thread(target=wait_for_workers, daemon=True).start()

    def forked(_arbiter, _worker):
        # The arbiter alone holds the other end: a worker that outlived it would hear of it.
        os.close(arbiters_end)
        lifeline.end_with_pipe(lifeline_end)

    Planets().run()


SERVERS = {
    ("flask", 0): flask_development,
    ("aiohttp", 0): aiohttp_development,
}

if __name__ == "__main__":
    settings = json.loads(sys.argv[1])
    lifeline.end_with_standard_input()
    SERVERS.get((settings["framework"], settings["workers"]), on_gunicorn)(settings)
