"""The merge driver: by block and cell where all versions can be read, else by line as git does it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from contractlang.analysis.check import check
from contractlang.base.diagnostics import Diagnostic
from contractlang.compare.parts import NoParts
from contractlang.git.merging.sides import Clash
from contractlang.git.merging.text import merge_texts
from contractlang.git.run import GitFault, ask
from contractlang.report.words import Words


class Outcome(Struct, frozen=True):
    """How a merge ended: whether git may take it as it is, the language of the contract, and what to say."""

    clean: bool
    language: str | None  # None: by line
    clashes: tuple[Clash, ...] = ()
    broken: tuple[Diagnostic, ...] = ()


def merge_files(base: Path, one: Path, other: Path, marker: int, name: str) -> Outcome:
    """Merge `other` into the file `one`. Raises GitFault when git itself cannot merge, OSError."""
    try:
        contents = [path.read_bytes() for path in (base, one, other)]
        texts = [content.decode("utf-8-sig") for content in contents]
        made = merge_texts(texts[0], texts[1], texts[2], marker)
    except (NoParts, UnicodeDecodeError):
        return _by_line(base, one, other, marker)
    except OSError:
        raise
    except Exception:  # a fault of this program must not leave a file that looks merged: then as git merges
        return _by_line(base, one, other, marker)
    text = made.text
    if b"\r\n" in contents[1]:
        text = text.replace("\n", "\r\n")
    one.write_bytes((b"\xef\xbb\xbf" if contents[1].startswith(b"\xef\xbb\xbf") else b"") + text.encode())
    broken = () if made.clashes else _broken(texts[1:], made.text, name)
    return Outcome(not (made.clashes or broken), made.language, made.clashes, broken)


def _broken(sides: Sequence[str], text: str, name: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the merged contract when neither side had errors: each is fine, together they are not.

    A framework is read as it stands in the folder at that moment; the places are those in their own files.
    """
    folder = os.path.dirname(name)
    if any(check(side, name, folder).errors for side in sides):
        return ()
    checked = check(text, name, folder)
    own = (found for found in checked.errors if checked.document.source.located(found.place)[0] == name)
    return tuple(own) or checked.errors


def _by_line(base: Path, one: Path, other: Path, marker: int) -> Outcome:
    labels = ["-L", "ours", "-L", "base", "-L", "theirs", f"--marker-size={marker}"]
    answer = ask(["merge-file", *labels, "--", str(one), str(base), str(other)], Path.cwd())
    if answer.code > 127:
        raise GitFault("ZC915", command="merge-file", fault=answer.complaint or f"exit code {answer.code}")
    return Outcome(answer.code == 0, None)


def said(clash: Clash, words: Words) -> str:
    """A clash in words: `tariff hourly, row mbo, from 2026-07-01: € 52.45 on the one side, € 53.00 on the other`."""
    where = ", ".join(clash.where) or words("block.contract")
    if not clash.one and not clash.other:
        return words("merge.open", where=where)
    return words("merge.clash", where=where, one=clash.one, other=clash.other)


def unmerged(name: str, folder: Path) -> tuple[str | None, tuple[str, ...]]:
    """What the branches disagree on in a contract that git holds as unmerged: its language, and each clash in words.

    The language is None when git does not hold three versions that can be read.
    """
    try:
        stages = [ask(["show", f":{stage}:{name}"], folder) for stage in (1, 2, 3)]
        base, one, other = (stage.output.decode("utf-8-sig") for stage in stages)
        made = merge_texts(base, one, other)
    except (GitFault, NoParts, UnicodeDecodeError):
        return None, ()
    return made.language, tuple(said(clash, Words(made.language)) for clash in made.clashes)
