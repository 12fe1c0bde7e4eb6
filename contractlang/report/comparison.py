"""Two versions of a contract beside each other: changes in contract words, and the bridge in euros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from contractlang.report.bridging import bridging
from contractlang.report.document import Block, Document, Facts, Heading, Listed
from contractlang.report.markdown import as_markdown
from contractlang.report.text import as_text
from contractlang.report.told import as_json, name_of, told_lines
from contractlang.report.words import Words
from contractlang.statement.figures import figure

if TYPE_CHECKING:
    from contractlang.compare.behind import RowEffect
    from contractlang.compare.bridge import Bridge, Effect
    from contractlang.compare.changes import Change
    from contractlang.compare.differences import Told


def comparison(found: Sequence[Change], bridged: Bridge | None, style: str, language: str) -> str:
    """The comparison as `text` or `md`, in `nl` or `en`."""
    blocks = tuple(_document(_said(found, language), bridged, Words(language)))
    return as_markdown(blocks) if style == "md" else as_text(blocks)


def _said(found: Sequence[Change], language: str) -> dict[Change, Told]:
    from contractlang.compare.differences import told

    return {change: told(change, language) for change in found}


def _document(said: Mapping[Change, Told], bridged: Bridge | None, words: Words) -> Document:
    if not said:
        return (Facts(((words("differences"), words("no_difference")),)),)
    items = []
    for one in said.values():
        name, *differences = told_lines([one], words, "")
        items.append((name, tuple(differences)))
    blocks: list[Block] = [Heading(words("differences"), 1), Listed(tuple(items))]
    if bridged is not None:
        blocks += bridging(bridged, {change: name_of(one, words) for change, one in said.items()}, words)
    return tuple(blocks)


def comparison_json(found: Sequence[Change], bridged: Bridge | None, language: str) -> dict[str, Any]:
    """The same for programs: amounts exact, as decimals or ratios."""
    made: dict[str, Any] = {
        "changes": [
            {
                "kind": one.kind, "name": one.name, "title": one.title, "what": one.what, "standing": one.standing,
                "block": told.name, "lines": list(one.lines()), "differences": as_json(told),
            }
            for one, told in _said(found, language).items()
        ]
    }  # fmt: skip
    if bridged is not None:
        made["bridge"] = {
            "method": bridged.method,
            "old": figure(bridged.old),
            "new": figure(bridged.new),
            "interaction": _figure(bridged.interaction),
            "effects": [_effect(effect) for effect in bridged.effects],
            "parties": _parties(bridged),
            "places": [
                {"article": article, "party": party, "period": period, **amounts}
                for (article, party, period), amounts in _moved(bridged.before, bridged.after)
            ],
            "apart": [
                {"kind": kind, "article": article, "to": to, **amounts}
                for (kind, article, to), amounts in _moved(bridged.apart.before, bridged.apart.after)
            ],
        }
    return made


def _effect(effect: Effect) -> dict[str, Any]:
    made: dict[str, Any] = {
        "changes": [f"{one.kind} {one.name}".strip() for one in effect.changes],
        "total": figure(effect.total),
        "alone": _figure(effect.alone),
        "interaction": _figure(effect.interaction),
        "favours": effect.favours,
        "places": [
            {"article": article, "party": party, "period": period, "amount": figure(amount)}
            for (article, party, period), amount in sorted(effect.by_place.items(), key=str)
        ],
    }
    if effect.behind is not None:
        made["rows"] = {
            "largest": [_row(one) for one in effect.behind.largest],
            "number": effect.behind.number,
            "total": figure(effect.behind.total),
            "of_no_row": figure(effect.total - effect.behind.total),
        }
    return made


def _parties(bridged: Bridge) -> list[dict[str, Any]]:
    """What each party gets in the old and in the new version."""
    sums: list[dict[str | None, Fraction]] = []
    for amounts in (bridged.before, bridged.after):
        found: dict[str | None, Fraction] = {}
        for (_, party, _), amount in amounts.items():
            found[party] = found.get(party, Fraction(0)) + amount
        sums.append(found)
    return [{"party": party, **amounts} for party, amounts in _moved(*sums)]


def _moved(before: Mapping[Any, Fraction], after: Mapping[Any, Fraction]) -> list[tuple[Any, dict[str, str]]]:
    zero = Fraction(0)
    pairs = [(at, before.get(at, zero), after.get(at, zero)) for at in sorted({*before, *after}, key=str)]
    return [(at, {"old": figure(old), "new": figure(new), "difference": figure(new - old)}) for at, old, new in pairs]


def _figure(value: Fraction | None) -> str | None:
    return None if value is None else figure(value)


def _row(one: RowEffect) -> dict[str, Any]:
    """A row of data behind an effect; with its file when the table has several."""
    made = {"table": one.table, "row": one.row, "key": one.key, "party": one.party, "amount": figure(one.amount)}
    return {**made, "file": one.file} if one.file else made
