"""Written numbers in their unit, exact: nothing is rounded for display."""

from __future__ import annotations

from fractions import Fraction

from contractlang.annex.env import Env
from contractlang.base.exact import CENT, Rounding
from contractlang.base.units import EURO, HOUR, NUMBER, Unit
from contractlang.report.numbers import exact


def written(value: Fraction, unit: Unit, percent: bool, env: Env) -> str:
    """A number as a contract would write it: `€ 51.20 per hour`, `11.8 hours`, `80 %`, `1/3`."""
    if percent and unit == NUMBER:
        return f"{exact(value * 100, env.language)} %"
    if unit == EURO:
        return _euro(value, env)
    over, under = _sides(unit)
    if unit == HOUR:
        return _counted(value * 60, "minute", env) if _endless(value) else _counted(value, "hour", env)
    if over == ["euro"] and len(under) == 1:
        if under == ["hour"] and _endless(value) and not _endless(value / 60):
            return env.say("unit.per", amount=_euro(value / 60, env), unit=env.say("base.minute"))
        return env.say("unit.per", amount=_euro(value, env), unit=env.say(f"base.{under[0]}"))
    if len(over) == 1 and not under:
        return _counted(value, over[0], env)
    number = exact(value, env.language)
    return number if unit == NUMBER else f"{number} {unit_words(unit, env)}"


def price(value: Fraction, unit: Unit, percent: bool, env: Env) -> str:
    """A number in a table that says above it per what its amounts are."""
    over, under = _sides(unit)
    if over == ["euro"] and under and not _endless(value):
        return _euro(value, env)
    return written(value, unit, percent, env)


def unit_words(unit: Unit, env: Env) -> str:
    """A unit in words: `euro per hour`."""
    over, under = _sides(unit)
    text = " × ".join(env.say(f"bases.{base}") for base in over)
    for base in under:
        text = env.say("unit.per", amount=text or "1", unit=env.say(f"base.{base}"))
    return text


def rounded(rounding: Rounding, unit: Unit, percent: bool, env: Env) -> str:
    """How a value in this unit is rounded."""
    if unit == EURO and rounding.step == CENT:
        return env.say(f"rounded.{rounding.mode.value}.cent")
    return env.say(f"rounded.{rounding.mode.value}", step=written(rounding.step, unit, percent, env))


def _euro(value: Fraction, env: Env) -> str:
    text = exact(value, env.language, 2)
    return f"€ {text}"


def _counted(value: Fraction, base: str, env: Env) -> str:
    return env.say(f"unit.{base}{'.one' if value == 1 else ''}", n=exact(value, env.language))


def _sides(unit: Unit) -> tuple[list[str], list[str]]:
    return [base for base, power in unit.of if power > 0], [base for base, power in unit.of if power < 0]


def _endless(value: Fraction) -> bool:
    """Whether a number has no end in decimals."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest != 1
