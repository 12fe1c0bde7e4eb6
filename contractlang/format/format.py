"""Canonical text of a contract, with the same meaning as the text that it is made from."""

from __future__ import annotations

from collections.abc import Mapping

from contractlang.analysis.check import Checked, check
from contractlang.analysis.framework.written import written_out
from contractlang.format.layout import lay_out
from contractlang.format.meaning import same_meaning
from contractlang.format.tokens import Said, Stuck, sentences
from contractlang.format.words import Writing, declared
from contractlang.syntax.split import physical_lines, split


class CannotFormat(Exception):
    """The text has faults, or a canonical form would mean something else; nothing was changed."""

    def __init__(self, why: str, checked: Checked | None = None) -> None:
        super().__init__(why)
        self.checked = checked


def format_text(
    text: str, name: str, folder: str, language: str | None = None, names: Mapping[str, str] | None = None
) -> str:
    """The canonical text, in the given language (None: its own).

    Names change only where the contract declares one for the other language, or where `names` says so. Raises CannotFormat for a contract with
    errors, or when the result would not have the same core model: then the text is left alone.
    In the other language a contract means the same under its framework in that language.
    """
    checked = check(text, name, folder)
    if checked.errors:
        raise CannotFormat("the contract has errors", checked)
    source = checked.document.source.language
    theirs = tuple(checked.document.source.texts().values()) if language not in (None, source) else ()
    for one in theirs:  # names that a framework declares for the other language hold in the contract as well
        names = {**declared(_said(one, source)), **(names or {})}
    made = laid_out(text, source, language, names)
    translated = (laid_out(one, source, language, names) for one in theirs)
    given = dict(zip((one.file for one in checked.frameworks), translated, strict=False))
    again = check(made, name, folder, given)
    if again.errors:
        place = again.errors[0].place
        raise CannotFormat(f"the formatted text would not be read (line {place.line}, {again.errors[0].code})", again)
    assert checked.contract is not None
    assert again.contract is not None
    if difference := same_meaning(checked.contract, again.contract):
        raise CannotFormat(f"the formatted text would mean something else: {difference}")
    return made


def in_full(text: str, name: str, folder: str) -> str:
    """A contract with what its frameworks say written out in it. Raises CannotFormat for a contract with errors."""
    checked = check(text, name, folder)
    if checked.errors:
        raise CannotFormat("the contract has errors", checked)
    return written_out(checked.document) if checked.frameworks else text


def laid_out(text: str, source: str, language: str | None = None, names: Mapping[str, str] | None = None) -> str:
    """A text in the language `source` in canonical layout, its meaning unchecked. Raises CannotFormat."""
    said = _said(text, source)
    return lay_out(text, said, Writing(source, language or source, {**declared(said), **(names or {})}))


def _said(text: str, source: str) -> tuple[Said, ...]:
    blocks, _ = split(physical_lines(text))
    try:
        return tuple(sentences(blocks, source))
    except Stuck as stuck:
        raise CannotFormat(f"line {stuck.place.line} cannot be read where it stands") from stuck
