"""Ctrl-C: when it has to wait, and how a program that is stopped by it ends. The same for a process that is told to end (SIGTERM)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

DEAF = 5.0  # seconds in which a second Ctrl-C does not disturb what the first one set going: files are removed
_program: list[bool] = []
_first: list[tuple[int, float]] = []  # the signal, and when it came


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
    """From now on Ctrl-C, and being told to end, raise Interrupted in the main thread; what was started deaf stays deaf."""
    _program.append(True)
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def program() -> bool:
    """Whether this process is the command line, which ends when its work is done."""
    return bool(_program)


def deaf() -> None:
    """From now on Ctrl-C does nothing: the work is done, the process ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def interrupted() -> int:
    """The signal that stopped the program, 0 when none did: a library may have turned it into a fault of its own."""
    return _first[-1][0] if _first else 0


def _stop(number: int, frame: object) -> None:
    if _first and monotonic() - _first[-1][1] < DEAF:
        return
    _first.append((number, monotonic()))
    raise Interrupted
