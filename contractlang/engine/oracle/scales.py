"""Scales as functions of a number, and the slices above a ceiling."""

from __future__ import annotations

from fractions import Fraction

from contractlang.model.lists import Scale, ScaleKind, Step

ZERO = Fraction(0)


def put_through(scale: Scale, value: Fraction) -> Fraction | None:
    """What a scale makes of a value; None when no step holds it.

    STEPWISE: the value of the step reached. WHOLE_VOLUME: everything at the rate of the step reached. LINEAR: a
    straight line between the points, flat outside. EACH_SLICE: each slice at its own rate, counted from the origin.
    """
    if scale.kind is ScaleKind.LINEAR:
        return _on_line(scale, value)
    if scale.kind is ScaleKind.EACH_SLICE:
        return by_slices(scale, value)
    reached = step_reached(scale, value)
    if reached is None:
        return None
    volume = value - (scale.measured_from or ZERO)
    return volume * reached.value if scale.kind is ScaleKind.WHOLE_VOLUME else reached.value


def step_reached(scale: Scale, value: Fraction) -> Step | None:
    """The step in which the value lies: an edge belongs to the step above it when the lower edge is included."""
    for step in scale.steps:
        if scale.lower_included:
            above_low = step.low is None or value >= step.low
            below_high = step.high is None or value < step.high
        else:
            above_low = step.low is None or value > step.low
            below_high = step.high is None or value <= step.high
        if above_low and below_high:
            return step
    return None


def by_slices(scale: Scale, value: Fraction) -> Fraction:
    """Rate x length of every slice between the origin and the value; what lies below the origin counts negative."""
    origin = ZERO if scale.measured_from is None else scale.measured_from
    if value >= origin:
        return sum((step.value * length(step, origin, value) for step in scale.steps), ZERO)
    return -sum((step.value * length(step, value, origin) for step in scale.steps), ZERO)


def length(step: Step, low: Fraction, high: Fraction) -> Fraction:
    """How much of the stretch from `low` to `high` lies in a slice."""
    start = low if step.low is None else max(low, step.low)
    end = high if step.high is None else min(high, step.high)
    return max(ZERO, end - start)


def _on_line(scale: Scale, value: Fraction) -> Fraction | None:
    points = sorted((step.low, step.value) for step in scale.steps if step.low is not None)
    if not points:
        return None
    if value <= points[0][0]:
        return points[0][1]
    for index in range(1, len(points)):
        (left, low), (right, high) = points[index - 1], points[index]
        if left < value <= right:
            return low + (high - low) * (value - left) / (right - left)
    return points[-1][1]


def paid_up_to(used: Fraction, ceiling: Fraction, above: Scale | None) -> Fraction:
    """G(x): what is paid of an amount x under a ceiling C, in the unit of both.

    G(x) = min(x, C) + the sum over the slices of rate x |(C, x] within slice|. The edges of a slice are shares of the
    ceiling and are counted from the ceiling upwards: 0 to 0.05 is the first five percent above it.
    """
    within = min(used, ceiling)
    if above is None or used <= ceiling:
        return within
    for step in above.steps:
        low = None if step.low is None else ceiling + step.low * ceiling
        high = None if step.high is None else ceiling + step.high * ceiling
        within += step.value * length(Step(low, high, step.value), ceiling, used)
    return within
