"""What long work is at, for whoever shows it: written by the work, read from another thread. Costs nothing when nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from msgspec import Struct

READING, JUDGING, SETTLING, COMPOSING, WRITING = "reading", "judging", "settling", "composing", "writing"
LOOKING = "looking"


class Stage(Struct):
    """One stage: what it works on, how much of it there is (0: not known), how much was done when it counts itself."""

    name: str
    what: str = ""
    total: int = 0
    unit: str = "rows"  # rows or bytes
    since: float = 0.0
    done: int | None = None


class Watch:
    """The stage that work is in, and who to ask for the share that is done of it."""

    def __init__(self) -> None:
        self.stage: Stage | None = None
        self.polled: Callable[[], float] | None = None  # percent; below nil when it is not known

    def share(self) -> float | None:
        """The share of the stage that is done, between 0 and 1; None when it is not known."""
        stage, polled = self.stage, self.polled
        if stage is None:
            return None
        if stage.done is not None:
            return min(1.0, stage.done / stage.total) if stage.total else None
        percent = polled() if polled is not None else -1.0
        return min(1.0, percent / 100) if percent >= 0 else None


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch the work that is done within."""
    watch = Watch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def enter(name: str, what: str = "", total: int = 0, unit: str = "rows", counts: bool = False) -> None:
    """The next stage of the work; `counts` when it says itself how far it is, by `advance`."""
    watch = _watch.get()
    if watch is not None:
        watch.stage = Stage(name, what, total, unit, monotonic(), 0 if counts else None)


def advance(number: int) -> None:
    """So many more rows or bytes are done."""
    watch = _watch.get()
    if watch is not None and watch.stage is not None and watch.stage.done is not None:
        watch.stage.done += number


def ask(percent: Callable[[], float] | None) -> None:
    """Whom to ask for the share that is done, from now on."""
    watch = _watch.get()
    if watch is not None:
        watch.polled = percent
