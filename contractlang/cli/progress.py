"""A sign of life while long work runs, on a terminal only."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

WORDS = {"en": "settling", "nl": "bezig met afrekenen"}


@contextmanager
def stage(language: str) -> Iterator[None]:
    """Show the seconds that pass when work takes longer than one; nothing when the output is not a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    started = monotonic()

    def show() -> None:
        while not done.wait(1.0):
            sys.stderr.write(f"\r{WORDS[language]} … {int(monotonic() - started)} s")
            sys.stderr.flush()

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        if monotonic() - started > 1.0:
            sys.stderr.write("\r" + " " * 40 + "\r")


@contextmanager
def counted(language: str, number: int) -> Iterator[Callable[[], None]]:
    """Show how many of so many steps are done, at most once a second; gives what is called after each step."""
    terminal, started, done, last = sys.stderr.isatty(), monotonic(), 0, monotonic()

    def step() -> None:
        nonlocal done, last
        done += 1
        if terminal and monotonic() - last >= 1.0:
            last = monotonic()
            sys.stderr.write(f"\r{WORDS[language]} … {done}/{number}, {int(last - started)} s")
            sys.stderr.flush()

    try:
        yield step
    finally:
        if terminal and last > started:
            sys.stderr.write("\r" + " " * 60 + "\r")
            sys.stderr.flush()
