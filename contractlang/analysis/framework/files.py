"""The files of the frameworks of a contract: the one that it uses, the one which that uses, and so on."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path, PurePath, PurePosixPath

from msgspec import Struct

from contractlang.base.beside import MOST_BYTES, NotBeside, path_beside, shown
from contractlang.base.diagnostics import Diagnostic
from contractlang.syntax.parse import read
from contractlang.syntax.tree import Document, Line, Word

MOST_LEVELS = 8


class Read(Struct, frozen=True):
    """A framework as read: its file as seen from the folder of the contract, its hash and tree, what is wrong with it."""

    file: str
    sha256: str
    document: Document
    faults: tuple[Diagnostic, ...]

    @property
    def head(self) -> Line | None:
        """Its contract block."""
        return next((block for block in self.document.blocks if block.rule == "contract" and block.node), None)


class Refused(Exception):
    """A framework that cannot be had: code and arguments, and what could be written instead."""

    def __init__(self, code: str, fixes: tuple[str, ...] = (), **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.fixes = fixes
        self.arguments = arguments


def used(document: Document) -> Line | None:
    """The line by which a contract says under which framework it stands."""
    heads = (block for block in document.blocks if block.rule == "contract")
    return next((line for block in heads for line in block.lines if line.rule == "use"), None)


def file_of(use: Line, says: str) -> str:
    """The file that a `use` line means, seen from the folder of the contract; `says` is the file that holds the line."""
    assert use.node is not None
    return (PurePosixPath(says).parent / use.node.word(0).string).as_posix()


def used_files(text: str, name: str, folder: str) -> Iterator[str]:
    """The files of the frameworks under which a contract text stands, as far as they are there: nearest first."""
    document, _ = read(text, name)
    says, seen = "", set[str]()
    while (use := used(document)) is not None and len(seen) < MOST_LEVELS:
        says = file_of(use, says)
        if says in seen:
            return
        seen.add(says)
        yield says
        try:
            document = read_framework(use, says, folder, name).document
        except Refused:
            return


def read_framework(use: Line, file: str, folder: str, name: str) -> Read:
    """A framework file, read. `name` is what messages call the contract. Raises Refused with the code of what stands in the way."""
    assert use.node is not None
    written = use.node.word(0).string
    called = shown(written)
    pure = PurePosixPath(written.replace("\\", "/"))
    if pure.is_absolute() or PurePath(written).is_absolute() or ".." in pure.parts:
        raise Refused("ZC151", file=called)
    try:
        path = path_beside(folder, file)
        content = _content(path, called)
    except NotBeside:
        raise Refused("ZC151", file=called) from None
    except (FileNotFoundError, NotADirectoryError):
        raise Refused("ZC150", _near(folder, file, written), file=called) from None
    except (OSError, ValueError) as fault:
        raise Refused("ZC152", file=called, fault=getattr(fault, "strerror", "") or type(fault).__name__) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("ZC154", file=called) from None
    return read_text(text, file, name)


def read_text(text: str, file: str, name: str) -> Read:
    """The text of a framework, read."""
    document, faults = read(text, os.path.join(os.path.dirname(name), file))
    return Read(file, hashlib.sha256(text.encode()).hexdigest(), document, tuple(faults))


def _content(path: Path, called: str) -> bytes:
    """The bytes of an ordinary file of a size that people write."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise IsADirectoryError(0, "Is a directory") if stat.S_ISDIR(mode) else OSError(0, "Not a regular file")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused("ZC153", file=called, most=str(MOST_BYTES // 1_000_000))
    if b"\0" in content:
        raise Refused("ZC154", file=called)
    return content


def _near(folder: str, file: str, written: str) -> tuple[str, ...]:
    """What may have been meant: the contract in the same folder whose name is most like this one."""
    try:
        there = path_beside(folder, file).parent
        names = [entry.name for entry in os.scandir(there) if entry.name.endswith(".zc")]
    except (OSError, ValueError, NotBeside):
        return ()
    close = get_close_matches(PurePosixPath(file).name, names, 1, 0.6)
    return tuple(f'"{PurePosixPath(written).with_name(name).as_posix()}"' for name in close if name.isprintable())


def word_of(use: Line) -> Word:
    """The name of the file as it is written."""
    assert use.node is not None
    return use.node.word(0)
