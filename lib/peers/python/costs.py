"""What this process used: CPU time in ms, peak resident memory in bytes; -1 where nobody knows."""

import sys

try:
    import resource
except ImportError:
    resource = None


def cpu():
    """User and system time so far."""
    if resource is None:
        return (-1, -1)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime * 1000, usage.ru_stime * 1000)


def peak_memory():
    # Linux's ru_maxrss is not asked: a process inherits it from the one that started it.
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    if resource is None:
        return -1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def since(before):
    """Costs from `before`, a result of cpu(), until now."""
    user, system = cpu()
    known = resource is not None
    return {
        "cpuUser": user - before[0] if known else -1,
        "cpuSystem": system - before[1] if known else -1,
        "peakMemory": peak_memory(),
    }
