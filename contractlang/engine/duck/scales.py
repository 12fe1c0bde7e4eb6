"""Values put through scales, and compared with written numbers, as SQL."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from contractlang.engine.duck import ratio
from contractlang.engine.duck.ratio import Ratio
from contractlang.model.lists import Scale, ScaleKind, Step


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
    edges = sorted({edge for step in scale.steps for edge in (step.low, step.high) if edge is not None})
    between = list(pairwise([None, *edges, None]))
    tests = [*(compare(value, "<=", edge) for edge in edges), f"{value.sql} IS NOT NULL"]
    return ratio.chosen([(test, _line(value, scale, *ends)) for test, ends in zip(tests, between, strict=True)], None)


def _line(value: Ratio, scale: Scale, low: Fraction | None, high: Fraction | None) -> Ratio:
    """What a value comes to between two edges that follow each other: its slope times the value, and a fixed part."""
    rate, fixed = Fraction(0), Fraction(0)
    for step in scale.steps:
        origin = _within(scale.measured_from or Fraction(0), step)
        if step.high is not None and low is not None and step.high <= low:
            fixed += step.value * (step.high - origin)
        elif step.low is not None and high is not None and high <= step.low:
            fixed += step.value * (step.low - origin)
        else:
            rate += step.value
            fixed -= step.value * origin
    return ratio.added(ratio.product(value, ratio.constant(rate)), ratio.constant(fixed), "+")


def _within(value: Fraction, step: Step) -> Fraction:
    """The value, or the end of the step that is nearest to it."""
    value = value if step.low is None else max(value, step.low)
    return value if step.high is None else min(value, step.high)


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
