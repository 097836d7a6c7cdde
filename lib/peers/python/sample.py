"""One request, and one pass of a plan."""

import time
from dataclasses import dataclass, field
from typing import NamedTuple, Optional

_began = time.time() - time.perf_counter()


def now():
    """ms since the epoch, by a clock that never steps back."""
    return (_began + time.perf_counter()) * 1000


class Sample(NamedTuple):
    path: str
    planned: float
    start: float
    end: float
    status: int = 0
    bytes: int = 0
    encoding: str = "identity"
    error: str = ""
    timing: str = ""
    """The Server-Timing header as it came."""
    result: Optional[str] = None
    complaint: str = ""
    """The error in the library's words."""


@dataclass
class Outcome:
    opened: float
    finished: float
    samples: list
    sockets: int
    costs: dict
    settings: dict = field(default_factory=dict)


def failed(path, planned, start, kind, error, **known):
    """A sample of a request that went wrong; its end is known where its body had come."""
    end = known.pop("end", None) or now()
    return Sample(path, planned, start, end, error=kind, complaint=f"{path}: {error!r}", **known)
