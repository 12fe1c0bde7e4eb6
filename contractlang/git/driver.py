"""What git calls: canonical text of a version, and the comparison of two. Nothing here ever fails on any content."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from contractlang.base.source import NOWHERE
from contractlang.compare.differences import told
from contractlang.compare.versions import Compared, NotComparable, Version, compare, compare_alone
from contractlang.format.alone import format_alone, uses_framework
from contractlang.format.format import CannotFormat, format_text
from contractlang.git.merge import unmerged
from contractlang.report.told import told_lines
from contractlang.report.words import Words
from contractlang.syntax.parse import detect_language

ABSENT = (os.devnull, "/dev/null", "nul")


def canonical(content: bytes, name: str) -> bytes:
    """The canonical text of a contract; what is no contract without errors is passed on as it is."""
    try:
        text = content.decode("utf-8-sig")
        if uses_framework(text):  # which is another file, that git compares by itself
            return format_alone(text, name).encode()
        return format_text(text, name, os.path.dirname(name)).encode()
    except (UnicodeDecodeError, CannotFormat):
        return content
    except Exception:  # a fault of this program must not stop `git log`
        return content


def compared_text(path: str, old_file: str, new_file: str, language: str = "en") -> str:
    """What `git diff` shows for a contract. `language` is that of the person, for files that are no contract."""
    old, new = _read(old_file), _read(new_file)
    words = Words(_language(new or old) or language)
    head = f"{path}: "
    if old is None or new is None:
        kind = "added" if old is None else "removed"
        return head + words(f"change.{kind}") + "\n" + "".join(_by_line(old or b"", new or b""))
    try:
        texts = old.decode("utf-8-sig"), new.decode("utf-8-sig")
        folder = os.path.dirname(os.path.abspath(path))
        alone = any(map(uses_framework, texts))  # the framework is another file, which git compares by itself
        how = compare_alone if alone else compare
        compared = how(Version(f"{path} (-)", texts[0], folder), Version(f"{path} (+)", texts[1], folder))
    except UnicodeDecodeError:
        return head + words("not_text") + "\n"
    except NotComparable as fault:
        return head + _why(fault, words) + "\n" + "".join(_by_line(old, new))
    except Exception as fault:  # a fault of this program must not stop `git diff`
        return (
            head + words("not_compared", version=path, fault=type(fault).__name__) + "\n" + "".join(_by_line(old, new))
        )
    return head + "\n".join(_told(compared, texts, words)) + "\n"


def unmerged_text(path: str, language: str = "en") -> str:
    """What `git diff` shows for a contract that is not merged yet: what the branches disagree on."""
    try:
        found, clashes = unmerged(path, Path.cwd())
    except Exception:  # a fault of this program must not stop `git diff`
        found, clashes = None, ()
    lines = [f"{path}: {Words(found or language)('unmerged')}", *(f"  {clash}" for clash in clashes)]
    return "\n".join(lines) + "\n"


def _told(compared: Compared, texts: tuple[str, str], words: Words) -> Iterator[str]:
    yield words("differs" if compared.changes else "no_change")
    yield from told_lines([told(change, compared.language) for change in compared.changes], words)
    prose = list(_beside_meaning(*texts))
    if prose:
        yield f"  {words('beside_meaning')}"
        yield from (f"    {line}" for line in prose)


def _beside_meaning(old: str, new: str) -> Iterator[str]:
    """Prose and comments that went and came, which the comparison by meaning leaves out."""
    before, after = _prose(old), _prose(new)
    for sign, lines, other in (("-", before, after), ("+", after, before)):
        left = Counter(lines) - Counter(other)
        for line in lines:
            if left[line]:
                left[line] -= 1
                yield f"{sign} {line}"


def _prose(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line.startswith((">", "#"))]


def _why(fault: NotComparable, words: Words) -> str:
    checked = fault.fault.checked
    if checked is None or not checked.errors:
        return words("not_compared", version=fault.version.name, fault=str(fault))
    first = checked.errors[0]
    source = checked.document.source
    number, line = str(len(checked.errors)), source.called(first.place.line, NOWHERE)
    return words("has_errors", version=fault.version.name, n=number, code=first.code, line=line)


def _by_line(old: bytes, new: bytes) -> Iterator[str]:
    before, after = (content.decode("utf-8", "replace").splitlines() for content in (old, new))
    for line in difflib.unified_diff(before, after, "-", "+", lineterm=""):
        yield f"{line}\n"


def _read(path: str) -> bytes | None:
    try:
        return None if path in ABSENT else Path(path).read_bytes()
    except OSError:
        return b""


def _language(content: bytes | None) -> str | None:
    return detect_language(tuple((content or b"").decode("utf-8", "replace").splitlines()))
