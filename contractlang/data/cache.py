"""What was read of files, kept in a folder: a next run reads the text of new and changed files only.

An entry is one file, `<key>-<hash>` and an ending. The key is a hash over what was read and all that the reading depends
on, the code that reads among it; the hash is over key and content, so that an entry that was damaged, cut off or put under
another name is found out, left aside and written anew. Entries are written beside and moved into place, and never changed.
A run holds a shared lock on the folder; only who has it alone removes entries.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from time import time
from uuid import uuid4

from msgspec import Struct

from contractlang.base.own_folder import NAME as OWN
from contractlang.base.own_folder import own_folder
from contractlang.base.workplace import ResourceFault
from contractlang.data import files
from contractlang.data.resources import within_resources

MARK = "contractlang-cache.txt"
TEXT = "What contractlang read of data files, so that it need not read them again. This folder can be deleted at any time.\n"
ENTRY = re.compile(r"([0-9a-f]{64})-([0-9a-f]{64})\.(?:json|parquet)")
DAYS = 100  # entries that no run used for so long are removed: a run per quarter finds its own
TIMES, LEAST = 8, 256 << 20  # together they are at most so many times what this run used, or these bytes
CODE = ("data", "engine/duck")  # what decides how cells are read


class Cache:
    """A folder with what was read. `settle` opens it; afterwards it says what was read and what was found."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(os.path.abspath(folder))
        self.read: list[tuple[str, int]] = []  # name and bytes of files that were read
        self.found: list[tuple[str, int]] = []  # of those that were not
        self.damaged = 0
        self._entries: dict[str, list[Path]] = {}
        self._used: set[Path] = set()
        self._scratch: Path | None = None

    @contextmanager
    def opened(self) -> Iterator[Cache]:
        """Use the folder. Raises ResourceFault ZC947 when it cannot be written, ZC948 when it holds something else."""
        with ExitStack() as held:
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._mark()
                lock = held.enter_context(_locked(self.folder / MARK))
                self._scratch = held.enter_context(own_folder(self.folder, hidden=True))
                self._list()
            except OSError as fault:
                raise self._unwritable(fault) from None
            yield self
            with suppress(OSError):
                self._prune(lock)

    def find(self, key: str) -> Path | None:
        """The entry of a key, when there is one that is whole."""
        for path in self._entries.get(key, []):
            try:
                whole = ENTRY.fullmatch(path.name)
                if whole is not None and _hash(key, path) == whole[2]:
                    with suppress(OSError):
                        os.utime(path)
                    self._used.add(path)
                    return path
            except FileNotFoundError:
                continue
            except OSError:
                pass  # of no use, whatever the reason
            self.drop(path)
        return None

    def drop(self, path: Path) -> None:
        """Remove an entry that turns out to be damaged."""
        self.damaged += 1
        self._used.discard(path)
        with suppress(OSError):
            path.unlink(missing_ok=True)

    def keep(self, key: str, end: str, write: Callable[[Path], object], same: Callable[[], bool]) -> Path:
        """Write an entry and keep it when the file that it was read from is still the `same`; else for this run only.

        Raises ResourceFault ZC947, or ZC944 when the disk is full.
        """
        assert self._scratch is not None
        new = self._scratch / f"{uuid4().hex}.{end}"
        try:
            with within_resources(self.folder):
                write(new)
                if not same():
                    return new
                path = self.folder / f"{key}-{_hash(key, new)}.{end}"
                os.replace(new, path)
        except OSError as fault:
            raise self._unwritable(fault) from None
        self._used.add(path)
        return path

    def _mark(self) -> None:
        names = os.listdir(self.folder)
        other = sorted(name for name in names if name != MARK and not OWN.fullmatch(name))
        if MARK not in names and other:
            raise ResourceFault("ZC948", folder=str(self.folder), file=other[0][:80])
        if MARK not in names:
            (self.folder / MARK).write_text(TEXT, encoding="utf-8")

    def _list(self) -> None:
        for entry in os.scandir(self.folder):
            if named := ENTRY.fullmatch(entry.name):
                self._entries.setdefault(named[1], []).append(Path(entry.path))

    def _prune(self, lock: int | None) -> None:
        """Remove what no run uses any more, unless another run is at work."""
        if not _alone(lock):
            return
        every = [(entry.stat(), Path(entry.path)) for entry in os.scandir(self.folder) if ENTRY.fullmatch(entry.name)]
        own = sum(about.st_size for about, path in every if path in self._used)
        room = max(LEAST, TIMES * own) - own
        others = sorted(((a.st_mtime, a.st_size, p) for a, p in every if p not in self._used), reverse=True)
        for used, size, path in others:
            room -= size
            if room < 0 or used < time() - DAYS * 86400:
                path.unlink(missing_ok=True)

    def _unwritable(self, fault: OSError) -> ResourceFault:
        return ResourceFault("ZC947", folder=str(self.folder), fault=fault.strerror or type(fault).__name__)


class Kept(Struct, frozen=True, eq=False):
    """Where the rows of a file stand in a cache, or will once they are read."""

    cache: Cache
    key: str
    path: Path | None
    source: Path
    sha256: str

    def store(self, write: Callable[[Path], object]) -> Path:
        """Write the rows, and keep them unless the file was changed meanwhile."""
        return self.cache.keep(self.key, "parquet", write, lambda: files.sha256(self.source) == self.sha256)


def key_of(*parts: object) -> str:
    """A key over everything that decides what an entry holds."""
    return hashlib.sha256(repr((*parts, _code())).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _code() -> str:
    """What reads: another version of this program, or of the database, may read otherwise."""
    import duckdb

    made = hashlib.sha256(f"{duckdb.__version__} {version('contractlang')}".encode())
    package = Path(__file__).parents[1]
    for folder in CODE:
        for path in sorted((package / folder).glob("*.py")):
            made.update(path.read_bytes())
    return made.hexdigest()


def _hash(key: str, path: Path) -> str:
    """Over the key and the content."""
    made = hashlib.sha256(key.encode())
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            made.update(block)
    return made.hexdigest()


@contextmanager
def _locked(path: Path) -> Iterator[int | None]:
    """A shared lock on a file; None where there are none."""
    try:
        import fcntl
    except ImportError:  # Windows: nothing is ever removed
        yield None
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
        except OSError:
            yield None
        else:
            yield handle
    finally:
        os.close(handle)


def _alone(lock: int | None) -> bool:
    """Whether no other run has the lock; from now on this one has it alone."""
    if lock is None:
        return False
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
