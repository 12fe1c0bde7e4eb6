"""Values put through scales, and compared with written numbers, as SQL."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from contractlang.engine.duck import ratio
from contractlang.engine.duck.ratio import Ratio
from contractlang.model.lists import Scale, ScaleKind


def scaled(value: Ratio, scale: Scale) -> Ratio:
    """A value put through a scale."""
    if scale.kind is ScaleKind.LINEAR:
        return _on_line(value, scale)
    if scale.kind is ScaleKind.EACH_SLICE:
        return by_slices(value, scale)
    branches: list[tuple[str, Ratio]] = []
    for step in scale.steps:
        low, high = (">=", "<") if scale.lower_included else (">", "<=")
        tests = [compare(value, low, step.low)] if step.low is not None else []
        tests += [compare(value, high, step.high)] if step.high is not None else []
        rate = ratio.constant(step.value)
        volume = ratio.added(value, ratio.constant(scale.measured_from or Fraction(0)), "-")
        outcome = ratio.product(volume, rate) if scale.kind is ScaleKind.WHOLE_VOLUME else rate
        branches.append((" AND ".join(tests) or f"{value.sql} IS NOT NULL", outcome))
    return ratio.chosen(branches, None)


def by_slices(value: Ratio, scale: Scale) -> Ratio:
    """Rate times length of every slice between the origin and the value; below the origin it counts negative."""
    origin = scale.measured_from or Fraction(0)
    total = ratio.constant(Fraction(0))
    for step in scale.steps:
        ends = []
        for end in (value, ratio.constant(origin)):
            if step.low is not None:
                end = ratio.bounded(end, ratio.constant(step.low), False, False)
            if step.high is not None:
                end = ratio.bounded(end, ratio.constant(step.high), True, False)
            ends.append(end)
        total = ratio.added(total, ratio.product(ratio.added(ends[0], ends[1], "-"), ratio.constant(step.value)), "+")
    return total


def _on_line(value: Ratio, scale: Scale) -> Ratio:
    points = sorted((step.low, step.value) for step in scale.steps if step.low is not None)
    branches = [(compare(value, "<=", points[0][0]), ratio.constant(points[0][1]))]
    for (left, low), (right, high) in pairwise(points):
        along = ratio.added(value, ratio.constant(left), "-")
        line = ratio.added(
            ratio.constant(low), ratio.product(along, ratio.constant((high - low) / (right - left))), "+"
        )
        branches.append((compare(value, "<=", right), line))
    return ratio.chosen([*branches, (f"{value.sql} IS NOT NULL", ratio.constant(points[-1][1]))], None)


def compare(value: Ratio, relation: str, with_: Fraction) -> str:
    """A value against a written number."""
    one, other, _, _ = ratio.crossed(value, ratio.constant(with_))
    return f"coalesce({one.sql} {relation} {other.sql}, false)"
