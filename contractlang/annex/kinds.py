"""Which unit the value of an expression has, and whether it is a percentage: told by the leaves, which carry theirs."""

from __future__ import annotations

from typing import NamedTuple

from contractlang.annex.env import Env
from contractlang.base.calendar import Every
from contractlang.base.units import DAY, EURO, NUMBER, WRITTEN, Unit
from contractlang.model.expression import (
    Arithmetic,
    ArticleAmount,
    AsOf,
    Cell,
    Choice,
    Day,
    DecidingDate,
    DefineSum,
    DefineValue,
    Elapsed,
    Exponential,
    Expression,
    KeyValue,
    LookUp,
    Measure,
    Measuring,
    Number,
    Operation,
    PartOfPeriod,
    PeriodOf,
    PeriodsIn,
    ReserveOf,
    Rounded,
    Scaled,
    Text,
    Weighed,
)
from contractlang.model.lists import ScaleKind
from contractlang.model.tables import Kind


class Counts(NamedTuple):
    """What a number counts; `day` marks a date, which counts nothing."""

    unit: Unit = NUMBER
    percent: bool = False
    day: bool = False
    text: bool = False


def kind_of(value: Expression, env: Env) -> Counts:
    """What the value of an expression counts."""
    match value:
        case Number(_, unit, percent):
            return Counts(unit, percent)
        case Text() | PeriodOf() | KeyValue() | Day() | AsOf() | DecidingDate():
            return Counts(
                day=isinstance(value, Day | AsOf | DecidingDate), text=isinstance(value, Text | PeriodOf | KeyValue)
            )
        case Cell(name):
            return _of_cell(name, env)
        case Elapsed(_, _, every, _):
            return Counts(DAY if every is Every.DAY else NUMBER)
        case PeriodsIn(_, _, every, _):
            return Counts(WRITTEN[every.value][0] if every.value in WRITTEN else NUMBER)
        case LookUp(name):
            lookup = env.contract.lookup(name)
            return Counts(lookup.unit, lookup.percent)
        case Arithmetic():
            return _of_arithmetic(value, env)
        case Rounded(inner):
            return kind_of(inner, env)
        case Choice(branches, otherwise):
            return (
                kind_of(branches[0][1], env) if branches else Counts() if otherwise is None else kind_of(otherwise, env)
            )
        case Scaled(inner, name):
            return _of_scale(inner, name, env)
        case Measure():
            return _of_measure(value, env)
        case DefineValue(name) | DefineSum(name):
            define = env.contract.define(name)
            return Counts(define.unit, define.percent)
        case Weighed(parts):
            return kind_of(parts[0][0], env) if parts else Counts()
        case ArticleAmount() | ReserveOf() | PartOfPeriod() | Exponential():
            return Counts(EURO if isinstance(value, ArticleAmount | ReserveOf) else NUMBER)


def _of_cell(name: str, env: Env) -> Counts:
    column = env.column(name)
    if column is None or column.kind is Kind.TEXT or column.kind is Kind.TRUTH:
        return Counts(text=True)
    return Counts(column.unit, column.word in ("percent", "fraction"), column.kind is Kind.DATE)


def _of_arithmetic(value: Arithmetic, env: Env) -> Counts:
    left, right = kind_of(value.left, env), kind_of(value.right, env)
    match value.operation:
        case Operation.MULTIPLY if converted(value, env):
            return left
        case Operation.MULTIPLY:
            return Counts(left.unit.times(right.unit), left.percent and right.percent)
        case Operation.DIVIDE:
            ratio = left.unit == right.unit and not isinstance(value.right, Number) and not right.percent
            return Counts(left.unit.per(right.unit), left.percent or ratio)
        case Operation.ADD | Operation.SUBTRACT | Operation.LEAST | Operation.GREATEST:
            nil = isinstance(value.left, Number) and value.left.value == 0
            return Counts(right.unit if nil else left.unit, left.percent and right.percent)


def converted(value: Arithmetic, env: Env) -> bool:
    """Whether this only brings a cell in its canonical unit: minutes in hours."""
    return (
        value.operation is Operation.MULTIPLY
        and isinstance(value.left, Cell)
        and isinstance(value.right, Number)
        and (column := env.column(value.left.column)) is not None
        and "minutes" in (column.word, *(word for _, word in column.words))
        and value.right.value * 60 == 1
    )


def _of_scale(inner: Expression, name: str, env: Env) -> Counts:
    scale, put = env.contract.scale(name), kind_of(inner, env)
    slices = scale.kind in (ScaleKind.EACH_SLICE, ScaleKind.WHOLE_VOLUME)
    return put if slices and scale.percent else Counts(scale.unit, scale.percent)


def _of_measure(value: Measure, env: Env) -> Counts:
    if value.measuring is Measuring.SUM and value.value is not None:
        return kind_of(value.value, env.rows_of(value.selection.table))
    return Counts()
