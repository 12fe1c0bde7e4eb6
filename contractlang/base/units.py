"""Units: what a number counts, and which numbers may be added, multiplied and compared.

A unit is a product of base units with exponents. Quantities are kept in canonical units (time in hours), so that the
engines see bare exact numbers; the factor that converts a written unit is applied once, by the analysis.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

BASES = ("euro", "hour", "day", "daypart", "week", "month", "quarter", "year")


class Unit(Struct, frozen=True):
    """Exponents of the base units; `of` is empty for a bare number (a count, a percentage)."""

    of: tuple[tuple[str, int], ...] = ()

    def times(self, other: Unit) -> Unit:
        """The unit of a product."""
        return self._combine(other, 1)

    def per(self, other: Unit) -> Unit:
        """The unit of a quotient."""
        return self._combine(other, -1)

    def _combine(self, other: Unit, sign: int) -> Unit:
        exponents = dict(self.of)
        for base, power in other.of:
            exponents[base] = exponents.get(base, 0) + sign * power
        return Unit(tuple(sorted((base, power) for base, power in exponents.items() if power)))

    @property
    def sensible(self) -> bool:
        """False for units that no contract means, such as euro times euro."""
        return all(abs(power) <= 1 for base, power in self.of if base == "euro")


NUMBER = Unit()
EURO = Unit((("euro", 1),))
HOUR = Unit((("hour", 1),))
DAY = Unit((("day", 1),))

# written unit -> (canonical unit, what one written unit is in canonical units)
WRITTEN: dict[str, tuple[Unit, Fraction]] = {
    "each": (NUMBER, Fraction(1)),
    "hour": (HOUR, Fraction(1)),
    "minute": (HOUR, Fraction(1, 60)),
    **{base: (Unit(((base, 1),)), Fraction(1)) for base in ("day", "daypart", "week", "month", "quarter", "year")},
}
