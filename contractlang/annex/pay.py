"""Rows that are paid or charged: quantity, price, rounding, volumes and tiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from contractlang.annex.cash import recovery_clauses
from contractlang.annex.env import Env
from contractlang.annex.figures import rounded
from contractlang.annex.keys import per
from contractlang.annex.kinds import kind_of
from contractlang.annex.steps import told
from contractlang.annex.values import inner, phrase, rows
from contractlang.base.units import EURO
from contractlang.model.expression import Number
from contractlang.model.heads import Order, Pay, Tiers, Volume
from contractlang.model.lists import ScaleKind
from contractlang.report.document import Clause, as_name


def pay_clauses(head: Pay, env: Env) -> Iterator[Clause]:
    """What is paid for each row, how the amount comes about and how it is rounded."""
    inside = env.rows_of(head.selection.table)
    kind = "absorb" if head.absorbs else "advance" if head.advance else "charge" if head.charge else "pay"
    quantity, steps = told(head.quantity, inside)
    once = isinstance(head.quantity, Number) and head.quantity.value == 1 and head.price is not None
    how = "amount" if head.price is None else "once" if once else "priced"
    if head.tiers is not None and kind in ("pay", "charge"):
        how = "tiered"
    which, scale = rows(head.selection, env, own=head.absorbs), as_name(head.tiers.scale) if head.tiers else ""
    said = {"rows": which, "rows_capital": capital(which), "quantity": quantity or env.say("pay.the_quantity")}
    yield Clause(env.say(f"{kind}.{how}", scale=scale, **said))
    if steps:
        yield Clause(env.say("pay.quantity"), steps)
    if head.charge and kind in ("absorb", "advance"):
        yield Clause(env.say(f"{kind}.charge"))
    if head.quantity_unit not in ("euro", "number") and not once:
        yield Clause(env.say("pay.unit", unit=env.say(f"bases.{head.quantity_unit}")))
    yield from _price(head, inside)
    if head.volume is not None:
        yield _volume(head, head.volume, inside)
    yield _rounding(head, inside)
    if head.owed is not None:
        yield from recovery_clauses(head.owed, env)


def ordering(order: Sequence[Order], env: Env) -> str:
    """`care_date, then row number`."""
    words = [env.say("order.row") if one.by is None else inner(one.by, env) for one in order]
    return env.say("order.then").join(words)


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _price(head: Pay, env: Env) -> Iterator[Clause]:
    if head.tiers is not None:
        yield from _tiers(head.tiers, env)
    if head.price is None or (head.tiers is not None and head.price == Number(Fraction(1))):
        return
    price, steps = told(head.price, env)
    yield Clause(env.say("pay.price.steps"), steps) if steps else Clause(env.say("pay.price", price=price))


def _tiers(tiers: Tiers, env: Env) -> Iterator[Clause]:
    order = ordering(tiers.filled, env)
    kind = "each_slice" if env.contract.scale(tiers.scale).kind is ScaleKind.EACH_SLICE else "whole_volume"
    yield Clause(
        env.say(f"pay.tiers.{kind}", scale=as_name(tiers.scale), per=per(tiers.keys, env, phrase), order=order)
    )
    if tiers.recomputed:
        yield Clause(env.say("pay.tiers.recomputed"))


def _volume(head: Pay, volume: Volume, env: Env) -> Clause:
    kind = kind_of(head.quantity, env)
    said = {
        "per": per(volume.keys, env, phrase),
        "rounded": rounded(volume.rounding, kind.unit, kind.percent, env),
    }
    if volume.at_least is None:
        return Clause(env.say("pay.volume", **said))
    return Clause(env.say("pay.volume.least", least=inner(volume.at_least, env), **said))


def _rounding(head: Pay, env: Env) -> Clause:
    """A volume that is priced as a whole is rounded as a whole, unless another grain is written."""
    said = rounded(head.rounding, EURO, False, env)
    slices = head.tiers is not None and env.contract.scale(head.tiers.scale).kind is ScaleKind.EACH_SLICE
    if slices and not head.per:
        return Clause(env.say("pay.round.cumulative", rounded=said))
    keys = head.per or (head.volume.keys if head.volume is not None else ())
    if not keys:
        return Clause(env.say("pay.round.row", rounded=said))
    return Clause(env.say("pay.round.keys", per=per(keys, env, phrase), rounded=said))
