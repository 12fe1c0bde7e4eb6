"""Which values may be compared, added and multiplied."""

from __future__ import annotations

from contractlang.analysis.context import Context
from contractlang.analysis.draft import Typed
from contractlang.analysis.vocabulary import kind_text
from contractlang.base.source import Place
from contractlang.base.units import EURO, NUMBER, Unit
from contractlang.model.expression import Number
from contractlang.syntax.tree import Node, Word


def unit_text(unit: Unit, language: str) -> str:
    """A unit in words."""
    words = _WORDS[language]
    over = [words[base] for base, power in unit.of if power > 0]
    under = [words[base] for base, power in unit.of if power < 0]
    return (" × ".join(over) or words["number"]) + (" per " + " per ".join(under) if under else "")


_WORDS = {
    "en": {b: b for b in ("euro", "hour", "day", "daypart", "week", "month", "quarter", "year", "number")},
    "nl": {
        "euro": "euro", "hour": "uur", "day": "dag", "daypart": "dagdeel", "week": "week", "month": "maand",
        "quarter": "kwartaal", "year": "jaar", "number": "getal",
    },
}  # fmt: skip


def kinds(context: Context, left: Typed, right: Typed) -> dict[str, str]:
    """The kinds of two values in words."""
    language = context.draft.source.language
    return {"left": kind_text(left.kind, language), "right": kind_text(right.kind, language)}


def comparable(context: Context, left: Typed, right: Typed, at: Node | Word | Place) -> bool:
    """Whether two values can be compared; a fault when they cannot. Bare numbers go with any unit of a column."""
    if "missing" in (left.kind, right.kind):
        return False
    bare = isinstance(right.expression, Number) and right.unit == NUMBER and not right.percent
    zero = isinstance(right.expression, Number) and right.expression.value == 0
    if left.kind != right.kind:
        context.draft.fault("ZC305", at, **kinds(context, left, right))
        return False
    if left.unit != right.unit and not zero and not (bare and left.unit != EURO):
        language = context.draft.source.language
        context.draft.fault("ZC306", at, left=unit_text(left.unit, language), right=unit_text(right.unit, language))
        return False
    return True


def addable(context: Context, left: Typed, right: Typed, at: Node | Word | Place) -> bool:
    """Whether two values can be added, or one can bound the other."""
    if "missing" in (left.kind, right.kind):
        return False
    zero = any(isinstance(side.expression, Number) and side.expression.value == 0 for side in (left, right))
    if left.kind != "number" or right.kind != "number":
        context.draft.fault("ZC305", at, **kinds(context, left, right))
        return False
    if left.unit != right.unit and not zero:
        language = context.draft.source.language
        context.draft.fault("ZC307", at, left=unit_text(left.unit, language), right=unit_text(right.unit, language))
        return False
    if left.percent != right.percent and left.unit == NUMBER and not zero:
        context.draft.fault("ZC308", at)
        return False
    return True
