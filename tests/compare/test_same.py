"""A contract beside itself, and beside itself in another layout, with other prose, or in the other language: no difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import check
from contractlang.compare.versions import Version, compare
from contractlang.format.format import format_text
from tests.compare.settled import LIBRARY, ROOT, TWINS

MECHANISMS = sorted((ROOT / "mechanisms").glob("*.zc"))
EVERY = [*LIBRARY, *TWINS, *MECHANISMS]
SOME = [*LIBRARY[::4], *TWINS[::3], *MECHANISMS[::25]]


def version(path: Path, text: str) -> Version:
    return Version(path.name, text, str(path.parent))


def same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert compare(version(path, text), version(path, text)).changes == ()
    for other in (laid_out_anew(text), commented(text), without_prose(text), other_title(text)):
        assert other != text
        assert check(other, path.name, str(path.parent)).contract is not None
        assert compare(version(path, text), version(path, other)).changes == ()


def laid_out_anew(text: str) -> str:
    """More room between the blocks, at the ends of lines and around the cells of tables; other line ends."""
    lines = [f"{line}  " if not line.startswith(" ") else f"  {line}" for line in text.splitlines()]
    wide = [line.replace("| ", "|   ") if line.lstrip().startswith("|") else line for line in lines]
    return "\r\n".join(line.rstrip() + " " if line.strip() else "\r\n" for line in wide) + "\r\n\r\n"


def commented(text: str) -> str:
    """A comment above every block and behind every sentence of one."""
    return "\n".join(_commented(line) for line in text.splitlines()) + "\n"


def _commented(line: str) -> str:
    if line and not line.startswith((" ", "#")):
        return f"# as agreed in the meeting\n{line}  # block"
    return line


def without_prose(text: str) -> str:
    """Without what is written for people only; where there is none, with a line of it, or a comment."""
    bare = "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith(">"))
    if bare != text:
        return bare
    heads = [line for line in text.splitlines(keepends=True) if line.startswith(("article", "artikel"))]
    return text.replace(heads[0], f"{heads[0]}  > As discussed.\n", 1) if heads else f"{text}\n# as discussed\n"


def other_title(text: str) -> str:
    """Another title and number of the version."""
    first, *rest = text.splitlines(keepends=True)
    words = first.split('"')
    return "".join(['"'.join([words[0], f"Proposal {words[1]}", words[2], f"{words[3]}b", *words[4:]]), *rest])


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_no_difference(path: Path) -> None:
    same(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_difference_in_any(path: Path) -> None:
    same(path)


def translated(path: Path) -> None:
    """The same text with its words in the other language, and the other way round."""
    text, folder = path.read_text(encoding="utf-8"), str(path.parent)
    contract = check(text, path.name, folder).contract
    assert contract is not None
    other = format_text(text, path.name, folder, "nl" if contract.language == "en" else "en")
    assert compare(version(path, text), version(path, other)).changes == ()
    assert compare(version(path, other), version(path, text)).changes == ()


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_no_difference_between_languages(path: Path) -> None:
    translated(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_difference_between_languages_of_any(path: Path) -> None:
    translated(path)


TRANSLATIONS = [path for path in [*LIBRARY, *MECHANISMS] if ".en." in path.name]


@pytest.mark.slow
@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_difference_with_the_dutch_text_of_an_author(path: Path) -> None:
    dutch = path.with_name(path.name.replace(".en.", ".nl."))
    there, here = (version(one, one.read_text(encoding="utf-8")) for one in (path, dutch))
    assert compare(there, here).changes == ()
    assert compare(here, there).changes == ()
