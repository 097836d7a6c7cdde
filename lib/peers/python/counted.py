"""urllib3's connections, counted as they are opened; requests stands on them too."""

from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

# An item each: threads append without losing one.
_opened = []


def sockets():
    """How many this process has opened."""
    return len(_opened)


class CountedConnection(HTTPConnection):
    def connect(self):
        super().connect()
        _opened.append(None)


HTTPConnectionPool.ConnectionCls = CountedConnection
