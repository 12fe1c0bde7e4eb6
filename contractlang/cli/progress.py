"""A sign of life while long work runs, on a terminal only: the stage, how far it is, the time that it still takes."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from contractlang.base.progress import Stage, Watch, watched

WORDS = {"en": "settling", "nl": "bezig met afrekenen"}
STAGES = {
    "en": {
        "looking": "looking through {what}", "reading": "reading {what}", "judging": "judging and pricing {what}",
        "settling": "settling article {what}", "composing": "making the statement", "writing": "writing the lines",
        "bytes": "{done} of {total} MB", "rows": "{done} of {total} rows", "left": "about {left} left",
    },
    "nl": {
        "looking": "{what} bekijken", "reading": "{what} lezen", "judging": "{what} beoordelen en prijzen",
        "settling": "artikel {what} afrekenen", "composing": "afrekening opmaken", "writing": "regels schrijven",
        "bytes": "{done} van {total} MB", "rows": "{done} van {total} regels", "left": "nog ongeveer {left}",
    },
}  # fmt: skip
FIRST, EVERY = 1.0, 0.5  # seconds before anything is shown, and between two signs
ENOUGH = 0.02  # of a stage, before the time that is left can be told


@contextmanager
def stage(language: str) -> Iterator[None]:
    """Show what long work is at; nothing when the error stream is no terminal, or the work takes less than a second."""
    if not sys.stderr.isatty():
        yield
        return
    done, started = threading.Event(), monotonic()
    with watched() as watch:
        thread = threading.Thread(target=_show, args=(watch, done, started, language), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


def _show(watch: Watch, done: threading.Event, started: float, language: str) -> None:
    wait, width = FIRST, 0
    while not done.wait(wait):
        wait = EVERY
        text = told(watch, monotonic(), started, language)[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write("\r" + text.ljust(width))
        sys.stderr.flush()
        width = len(text)
    if width:
        sys.stderr.write("\r" + " " * width + "\r")
        sys.stderr.flush()


def told(watch: Watch, now: float, started: float, language: str) -> str:
    """One line: the stage, how far it is, the seconds that have passed since the start, those that the stage still takes."""
    at, seconds = watch.stage, f"{int(now - started)} s"
    if at is None:
        return f"{WORDS[language]} … {seconds}"
    words = STAGES[language]
    parts = [words[at.name].format(what=at.what), *_far(at, watch.share(), now, language)]
    return f"{parts[0]} … {', '.join([*parts[1:], seconds])}"


def _far(at: Stage, share: float | None, now: float, language: str) -> list[str]:
    """How much is done, and the time left when that can be told."""
    words = STAGES[language]
    if share is None:
        return []
    parts = []
    if at.total and not (at.unit == "bytes" and at.total < 1_000_000):
        scale = 1_000_000 if at.unit == "bytes" else 1
        parts.append(
            words[at.unit].format(
                done=_number(int(at.total * share) // scale, language), total=_number(at.total // scale, language)
            )
        )
    elif share:
        parts.append(f"{int(100 * share)} %")
    left = (now - at.since) * (1 - share) / share if share >= ENOUGH else 0.0
    if left >= 1:
        parts.append(words["left"].format(left=_time(left)))
    return parts


def _number(number: int, language: str) -> str:
    return f"{number:,}".replace(",", "." if language == "nl" else ",")


def _time(seconds: float) -> str:
    return f"{int(seconds)} s" if seconds < 100 else f"{int(seconds / 60)} min"


@contextmanager
def counted(language: str, number: int) -> Iterator[Callable[[], None]]:
    """Show how many of so many steps are done, at most once a second; gives what is called after each step."""
    terminal, started, done, last = sys.stderr.isatty(), monotonic(), 0, monotonic()

    def step() -> None:
        nonlocal done, last
        done += 1
        if terminal and monotonic() - last >= 1.0:
            last = monotonic()
            left = (last - started) / done * (number - done)
            told_left = STAGES[language]["left"].format(left=_time(left))
            sys.stderr.write(f"\r{WORDS[language]} … {done}/{number}, {int(last - started)} s, {told_left}   ")
            sys.stderr.flush()

    try:
        yield step
    finally:
        if terminal and last > started:
            sys.stderr.write("\r" + " " * 60 + "\r")
            sys.stderr.flush()
