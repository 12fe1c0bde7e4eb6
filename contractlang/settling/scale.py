"""Scales as functions of a number."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from contractlang.model.lists import Scale, ScaleKind, Step

ZERO = Fraction(0)


def put_through(scale: Scale, value: Fraction) -> Fraction | None:
    """The value of the scale at `value`, exactly; missing (None) when no step holds it.

    STEPWISE: the value of the step reached. WHOLE_VOLUME: `value` at the rate of the step reached. LINEAR: a straight
    line between the points, flat outside. EACH_SLICE: the sum of each slice at its own rate, from the origin to
    `value`; below the origin the slices count negative. Edges in per cent are compared with a value that is itself
    a share. WHOLE_VOLUME with an origin counts what lies between the origin and `value`.
    """
    if scale.kind is ScaleKind.LINEAR:
        return _line(scale.steps, value)
    if scale.kind is ScaleKind.EACH_SLICE:
        return _slices(scale, value)
    step = _reached(scale, value)
    if step is None:
        return None
    volume = value - (scale.measured_from or ZERO)
    return step.value * volume if scale.kind is ScaleKind.WHOLE_VOLUME else step.value


def _reached(scale: Scale, value: Fraction) -> Step | None:
    for step in scale.steps:
        if scale.lower_included:
            inside = (step.low is None or step.low <= value) and (step.high is None or value < step.high)
        else:
            inside = (step.low is None or step.low < value) and (step.high is None or value <= step.high)
        if inside:
            return step
    return None


def _line(points: tuple[Step, ...], value: Fraction) -> Fraction | None:
    known = [(point.low, point.value) for point in points if point.low is not None]
    if not known:
        return None
    known.sort()
    if value <= known[0][0]:
        return known[0][1]
    for (left, low), (right, high) in pairwise(known):
        if value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return known[-1][1]


def _slices(scale: Scale, value: Fraction) -> Fraction:
    origin = ZERO if scale.measured_from is None else scale.measured_from
    first, last = min(origin, value), max(origin, value)
    total = ZERO
    for step in scale.steps:
        low = first if step.low is None else max(first, step.low)
        high = last if step.high is None else min(last, step.high)
        total += step.value * max(ZERO, high - low)
    return total if value >= origin else -total
