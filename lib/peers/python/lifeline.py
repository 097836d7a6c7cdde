"""Ends a process with the one that it works for, however that one ended."""

import multiprocessing
import os
import signal
import sys
import threading


def _on_thread(wait):
    threading.Thread(target=wait, daemon=True).start()


def end_with_standard_input():
    """Standard input ends with the parent; its whole group goes where the group is our own."""

    def wait():
        try:
            while os.read(sys.stdin.fileno(), 4096):
                pass
        except OSError:
            pass
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    _on_thread(wait)


def end_with_parent_process():
    """For a process of a pool."""

    def wait():
        multiprocessing.parent_process().join()
        os._exit(1)

    _on_thread(wait)


def end_with_pipe(reader):
    """For a forked process: the other end is open in its parent alone."""

    def wait():
        os.read(reader, 1)
        os._exit(1)

    _on_thread(wait)
