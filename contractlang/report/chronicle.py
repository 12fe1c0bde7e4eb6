"""The history of a contract as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct

from contractlang.compare.differences import Told
from contractlang.report.markdown import safe
from contractlang.report.numbers import money
from contractlang.report.told import as_json, difference, told_lines
from contractlang.report.words import Words
from contractlang.statement.figures import figure
from contractlang.statement.figures import money as euros


class Entry(Struct, frozen=True):
    """A commit: what people see of it, what it changed, and the totals before and after it."""

    commit: str
    day: str
    author: str
    subject: str
    what: str
    merge: bool
    told: tuple[Told, ...]
    faults: int
    old: Fraction | None
    new: Fraction | None


def chronicle(entries: Sequence[Entry], style: str, language: str) -> str:
    """The history as `text` or `md`."""
    words = Words(language)
    blocks = ["\n".join((_markdown if style == "md" else _text)(entry, words)) for entry in entries]
    return "\n\n".join(blocks) + "\n" if blocks else words("no_difference") + "\n"


def chronicle_json(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The same for programs: amounts exact, as decimals or ratios."""
    return [_as_dict(entry) for entry in entries]


def _text(entry: Entry, words: Words) -> Iterator[str]:
    said = _said(entry, words)
    yield f"{entry.day}  {entry.commit}  {entry.author}  {entry.subject}" + (f": {said}" if said else "")
    yield from told_lines(entry.told, words)
    if amount := _amount(entry, words):
        yield f"  {amount}"


def _markdown(entry: Entry, words: Words) -> Iterator[str]:
    said = _said(entry, words)
    yield f"## {entry.day} {safe(entry.subject)}\n"
    yield f"{safe(entry.author)}, {entry.commit}" + (f": {said}" if said else "") + "\n"
    for one in entry.told:
        name, *_ = told_lines([one], words, "")
        yield f"- {safe(name)}"
        yield from (f"  - {safe(difference(found))}" for found in one.differences)
    if amount := _amount(entry, words):
        yield f"\n{safe(amount)}" if entry.told else safe(amount)


def _said(entry: Entry, words: Words) -> str:
    """What there is to say when no differences follow."""
    if entry.what == "faulty":
        return words("faulty_version", n=str(entry.faults))
    if entry.what == "changed":
        return ""
    return words("merge_only" if entry.merge and entry.what == "same" else f"step.{entry.what}_version")


def _amount(entry: Entry, words: Words) -> str:
    if entry.new is None or (entry.what == "same" and entry.old == entry.new):
        return ""
    return _euro(entry.new, words) if entry.old is None else amounts(entry.old, entry.new, words)


def amounts(old: Fraction, new: Fraction, words: Words) -> str:
    """From one total to another, and in whose favour that is."""
    change = new - old
    favours = words("favours.provider" if change > 0 else "favours.payer" if change < 0 else "favours.neither")
    told = words("in_favour_of", amount=_euro(abs(change), words), whom=favours) if change else words("no_euros")
    return f"{_euro(old, words)} → {_euro(new, words)}: {told}"


def _euro(value: Fraction, words: Words) -> str:
    return money(euros(int(value * 100)), words.language)


def _as_dict(entry: Entry) -> dict[str, Any]:
    made: dict[str, Any] = {
        "commit": entry.commit, "date": entry.day, "author": entry.author, "subject": entry.subject,
        "what": entry.what, "merge": entry.merge, "faults": entry.faults,
        "changes": [
            {
                "kind": one.kind, "block": one.name, "what": one.what, "standing": one.standing,
                "differences": as_json(one),
            }
            for one in entry.told
        ],
        "old": None if entry.old is None else figure(entry.old),
        "new": None if entry.new is None else figure(entry.new),
    }  # fmt: skip
    made["effect"] = figure(entry.new - entry.old) if entry.new is not None and entry.old is not None else None
    return made
