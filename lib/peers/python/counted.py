"""urllib3's connections, counted as they are opened; requests stands on them too."""

import threading

from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool


class Counter:
    def __init__(self):
        self.value = 0
        self._lock = threading.Lock()

    def add(self):
        with self._lock:
            self.value += 1


opened = Counter()


class CountedConnection(HTTPConnection):
    def connect(self):
        super().connect()
        opened.add()


HTTPConnectionPool.ConnectionCls = CountedConnection
