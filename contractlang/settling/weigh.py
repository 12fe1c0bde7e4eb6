"""Several figures as one, by their weights (composite score)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from contractlang.model.expression import AllMissing, MissingPart


def weigh(
    figures: Sequence[tuple[Fraction | None, Fraction]], missing: MissingPart, all_missing: AllMissing
) -> Fraction | None:
    """The sum of figures times weights; None when the contract does not let it be known.

    A figure that is missing is left out and the other weights are raised in proportion (FILLS_UP), or counts as nil
    with its weight (ZERO), or makes the whole missing (ERROR). When all are missing, `all_missing` decides.
    """
    known = [(figure, weight) for figure, weight in figures if figure is not None]
    if not known:
        return Fraction(0) if all_missing is AllMissing.ZERO else None
    if len(known) < len(figures) and missing is MissingPart.ERROR:
        return None
    total = sum((figure * weight for figure, weight in known), Fraction(0))
    if missing is MissingPart.FILLS_UP:
        total /= sum((weight for _, weight in known), Fraction(0))
    return total
