"""A folder of one process alone. What a killed process left behind is removed by the next one, and nothing else is.

A process holds a lock on its folder for as long as it lives; the system lets go of the lock when the process ends, however it
ends. A folder is taken for left behind only when its name is one of ours, this user owns it, nobody holds its lock, and it
holds the mark that is written before anything else. On file systems without locks nothing is ever removed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "contractlang.txt"
TEXT = "Working files of a run of contractlang, which removes them when it ends. Those of a run that was killed can be deleted.\n"
NAME = re.compile(r"\.?contractlang-[0-9a-f]{16}")
_living: set[Path] = set()
_swept: set[Path] = set()  # once for each process is enough


@contextmanager
def own_folder(parent: Path, hidden: bool = False) -> Iterator[Path]:
    """A new folder below `parent`, with everything in it removed at the end. Raises OSError when none can be made there."""
    if parent not in _swept:
        _swept.add(parent)
        sweep(parent)
    folder, lock = _named(parent, hidden), None
    _living.add(folder)
    try:
        lock = _made(folder)
        while lock is None:  # another process took the folder for one left behind, before it was locked
            lock = _made(folder)
        yield folder
    finally:
        _remove(folder, lock)
        _living.discard(folder)


def remove_all() -> None:
    """Remove every folder that this process still has: it ends."""
    for folder in tuple(_living):
        _delete(folder)


def sweep(parent: Path) -> None:
    """Remove the folders below `parent` that killed processes left behind."""
    try:
        found = [entry for entry in os.scandir(parent) if NAME.fullmatch(entry.name)]
    except OSError:
        return
    for entry in found:
        folder = Path(entry.path)
        if folder not in _living and entry.is_dir(follow_symlinks=False) and _mine(entry):
            _remove_unused(folder)


def _named(parent: Path, hidden: bool) -> Path:
    return parent / f"{'.' if hidden else ''}contractlang-{os.urandom(8).hex()}"


def _made(folder: Path) -> int | None:
    """Make, lock and mark the folder: its lock, None when it was taken away meanwhile. -1 where there are no locks."""
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        lock = _locked(folder, wait=True)
        (folder / MARK).write_text(TEXT, encoding="utf-8")
    except FileNotFoundError:
        return None
    return -1 if lock is None else lock


def _remove(folder: Path, lock: int | None) -> None:
    _delete(folder)
    if lock is not None and lock >= 0:
        os.close(lock)


def _delete(folder: Path) -> None:
    import shutil  # loads the packers of archives: not for commands that delete nothing

    shutil.rmtree(folder, ignore_errors=True)


def _mine(entry: os.DirEntry[str]) -> bool:
    try:
        return not hasattr(os, "getuid") or entry.stat(follow_symlinks=False).st_uid == os.getuid()
    except OSError:
        return False


def _remove_unused(folder: Path) -> None:
    try:
        lock = _locked(folder, wait=False)
        if lock is None:
            return
        try:
            if _left_behind(folder):
                _delete(folder)
        finally:
            os.close(lock)
    except OSError:
        return


def _left_behind(folder: Path) -> bool:
    """Whether the mark is in it; a process that was killed at once left it empty, or the mark half written."""
    held = os.listdir(folder)
    return not held or (MARK in held and (held == [MARK] or (folder / MARK).read_text(encoding="utf-8") == TEXT))


def _locked(folder: Path, wait: bool) -> int | None:
    """The lock of a folder; None when another process has it, or there are no locks here. Raises OSError when it is gone."""
    try:
        import fcntl
    except ImportError:  # Windows: a folder that was left behind stays there
        return None
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        same = os.fstat(handle).st_ino == os.stat(folder).st_ino  # raises when it was removed meanwhile
    except FileNotFoundError:
        os.close(handle)
        raise
    except OSError:
        os.close(handle)
        return None
    if not same:
        os.close(handle)
        raise FileNotFoundError(folder)
    return handle
