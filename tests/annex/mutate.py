"""A model with one thing changed, everywhere: an answer, an amount, a day, a truth, something left out of a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from contractlang.base.calendar import Every
from contractlang.base.source import Place
from contractlang.model.contract import Define, Parties
from contractlang.model.expression import Arithmetic, Key, Measure, Measuring, Number, Operation, PeriodOf
from contractlang.model.heads import Distribute, Filled, LeftOver, Limit, ShareStep
from contractlang.model.lists import Range, Scale, ScaleKind, Step
from contractlang.model.tables import Column, Kind, Table

# where something stands, what the words of the file repeat of a code, and how a number is written: no meaning
SILENT = {"place", "line", "sha256", "folder", "language", "used", "choice", "what", "examples", "unit", "edge", "percent", "open",
          "edge_percent"}  # fmt: skip
WORDS = {"reason", "prefix", "text", "title", "prose", "version"}  # texts that nothing else refers to


def mutants(value: object, where: str = "") -> Iterator[tuple[str, object]]:
    """Where something is changed, and the whole with it changed."""
    match value:
        case Place():
            return
        case bool():
            yield where, not value
        case StrEnum():
            yield from ((f"{where}={other.value}", other) for other in type(value) if other is not value)
        case Fraction() | int():
            yield where, value + 1
        case date():
            yield where, value + timedelta(1)
        case tuple():
            for index, part in enumerate(value):
                for at, made in mutants(part, f"{where}[{index}]"):
                    yield at, (*value[:index], made, *value[index + 1 :])
        case Struct():
            yield from _of_struct(value, where)


def _of_struct(value: Struct, where: str) -> Iterator[tuple[str, object]]:
    for name in value.__struct_fields__:
        if name in SILENT or no_meaning(value, name):
            continue
        old, at = getattr(value, name), f"{where}.{name}"
        if isinstance(old, str) and not isinstance(old, StrEnum):
            if name in WORDS:
                yield at, replace(value, **{name: f"{old} ZZ"})
        elif isinstance(value, Key) and name == "value" and isinstance(old, PeriodOf) and not no_meaning(old, "day"):
            for inner, made in mutants(old.day, f"{at}.day"):  # the kind of period is that of the key
                yield inner, replace(value, value=replace(old, day=made))
        else:
            for inner, made in mutants(old, at):
                if not no_meaning(replace(value, **{name: made}), f"{name}!"):
                    yield inner, replace(value, **{name: made})


def no_meaning(value: Struct, name: str) -> bool:
    """Whether a field changes nothing beside the others: nothing computes with it there. `name!`: with its new value."""
    match value:
        case Column():  # the type word tells the kind
            return name == "kind" or (name == "decimals" and value.kind is not Kind.NUMBER) or (
                name == "empty" and not value.used
            )  # fmt: skip
        case Table():
            return name == "columns" and value.made
        case PeriodOf(every=Every.TERM):
            return True  # there is one term, whatever the day
        case Measure():
            return name == "measuring!" and value.measuring is Measuring.SUM and value.value is None
        case Arithmetic():
            return name == "unbounded" and value.operation not in (Operation.LEAST, Operation.GREATEST)
        case Parties():
            return name == "separately" and value.provider is not None
        case Limit():
            return _of_limit(value, name)
        case ShareStep():
            return value.claims is not None and name in ("reserve", "of")
        case Scale():
            return name == "lower_included" and value.kind in (ScaleKind.LINEAR, ScaleKind.EACH_SLICE)
        case Step():
            return name == "high" and value.low == value.high  # a point of a line
        case Range():
            return (name == "low_included" and value.low is None) or (name == "high_included" and value.high is None)
        case Distribute():
            return name == "earned" and value.left_over is not LeftOver.STAYS
        case Define():
            return name in ("estimate", "indicator") and value.condition is not None
    return False


def _of_limit(limit: Limit, name: str) -> bool:
    in_order = limit.filled is Filled.IN_ORDER
    return (
        (name == "outside_counts" and limit.outside is None)
        or (name == "unlimited" and isinstance(limit.amount, Number))
        or (name == "last_row" and (not in_order or limit.above is not None))
        or (name == "late_row" and not in_order)
        or (name == "freed_room" and limit.filled is Filled.AS_A_WHOLE)
        or (name == "rowless" and limit.charges)
    )
