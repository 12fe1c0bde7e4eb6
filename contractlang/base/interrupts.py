"""Ctrl-C: when it has to wait, and how a program that is stopped by it ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

DEAF = 5.0  # seconds in which a second Ctrl-C does not disturb what the first one set going: files are removed
_first: list[float] = []


class Interrupted(BaseException):
    """The person stopped the program. Not KeyboardInterrupt, which libraries catch to say so in their own words."""


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until this is done: for files that must be moved together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.SIG_DFL)
        if held:
            signal.raise_signal(signal.SIGINT)


def listen() -> None:
    """From now on Ctrl-C raises Interrupted in the main thread; a program that was started deaf to it stays deaf."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _stop)


def deaf() -> None:
    """From now on Ctrl-C does nothing: the work is done, the process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def interrupted() -> bool:
    """Whether Ctrl-C was pressed: a library may have turned it into a fault of its own."""
    return bool(_first)


def _stop(number: int, frame: object) -> None:
    if _first and monotonic() - _first[-1] < DEAF:
        return
    _first.append(monotonic())
    raise Interrupted
