"""Reports: figures without payment, per group."""

from __future__ import annotations

from fractions import Fraction

from contractlang.model.expression import DefineSum, DefineValue
from contractlang.model.heads import Report, Show
from contractlang.settling.distribute import distribute, share_part
from contractlang.settling.evaluate import TOLERANT, Evaluator
from contractlang.settling.groups import parts_of, points
from contractlang.settling.point import Point
from contractlang.statement.figures import figure
from contractlang.statement.model import FigurePart, ReportPart, ReportRow


def show(evaluator: Evaluator, report: Report) -> ReportPart:
    """Every figure of a report for every group that any of its figures has; a missing figure is null."""
    groups = points(evaluator, [one.value for one in report.shows], report.keys)
    rows = [
        ReportRow(
            party=point.party,
            keys=point.named(),
            figures=tuple(_figure(evaluator, one, point) for one in report.shows),
        )
        for point in groups
    ]
    shares = (
        ()
        if report.shares is None
        else tuple(share_part(one) for one in distribute(evaluator, report.shares, TOLERANT))
    )
    name, day = report.proposes or (None, None)
    return ReportPart(
        name=report.name, title=report.title, rows=tuple(rows), as_of=report.as_of, shares=shares, proposes=name,
        proposes_from=day,
    )  # fmt: skip


def _figure(evaluator: Evaluator, one: Show, point: Point) -> FigurePart:
    value = evaluator.value(one.value, point, TOLERANT)
    shown = figure(value) if isinstance(value, Fraction) else None if value is None else str(value)
    estimate = any(
        isinstance(part, DefineValue | DefineSum) and evaluator.contract.define(part.define).estimate
        for part in parts_of(one.value)
    )
    return FigurePart(title=one.title, value=shown, percent=one.percent, unit=one.unit, estimate=estimate)
