"""Prices by cumulative volume in SQL: the volume before and after each row, and what the scale makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractlang.base.exact import cents
from contractlang.engine.duck import ratio
from contractlang.engine.duck.ratio import Ratio
from contractlang.engine.duck.scales import by_slices, compare
from contractlang.model.lists import Scale, ScaleKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contractlang.model.heads import Pay


def tiered(
    pay: Pay, scale: Scale, quantity: Ratio, rows: int, selected: str, keys: Sequence[str], orders: Sequence[str], credited: bool
) -> str:  # fmt: skip
    """A query for n, a (cents, NULL where the scale has no price) and q (quantity) of every selected row.

    `selected` is a query for n, debit, q and the columns that `keys` and `orders` name; q has the factor and the bound of
    `quantity`, and there are no more than `rows`. Raises DataFault ZC803 when the database cannot count that far.
    """
    assert pay.tiers is not None
    q = Ratio("q", quantity.factor, quantity.bound)
    over = f"OVER (PARTITION BY {', '.join(keys)}" if keys else "OVER ("
    if scale.kind is ScaleKind.EACH_SLICE:
        over += f" ORDER BY {', '.join([*orders, 'n'])} ROWS UNBOUNDED PRECEDING"
        most = quantity.bound * rows
        ends = [
            ratio.rounded(by_slices(Ratio(sql, quantity.factor, most), scale), pay.rounding)
            for sql in ("volume", "(volume - q)")
        ]
        amount = ratio.added(ends[1], ends[0], "-") if pay.charge else ratio.added(ends[0], ends[1], "-")
        sign = 1
    else:
        amount = ratio.rounded(
            _by_volume(q, Ratio("volume", quantity.factor, quantity.bound * rows), scale), pay.rounding
        )
        sign = -1 if pay.charge else 1
    worth = f"({ratio.sized(amount.sql, amount.bound * cents(amount.factor))} * {sign * cents(amount.factor)})"
    volume = f"CAST(sum(q) {over}) AS {'BIGINT' if quantity.bound * rows < ratio.SMALL else 'HUGEINT'})"
    priced = f"SELECT n, CASE WHEN q IS NOT NULL THEN CAST({worth} AS BIGINT) END AS a, q FROM (SELECT n, q, {volume} AS volume FROM {{0}})"
    if not credited:
        return priced.format(f"({selected})")
    return _with_credits(selected, priced, pay.tiers.recomputed)


def _by_volume(quantity: Ratio, volume: Ratio, scale: Scale) -> Ratio:
    """The quantity at the rate of the step in which the whole volume lies."""
    low, high = (">=", "<") if scale.lower_included else (">", "<=")
    branches = []
    for step in scale.steps:
        tests = [compare(volume, low, step.low)] if step.low is not None else []
        tests += [compare(volume, high, step.high)] if step.high is not None else []
        branches.append((" AND ".join(tests) or "true", ratio.product(quantity, ratio.constant(step.value))))
    return ratio.chosen(branches, None)


def _with_credits(selected: str, priced: str, recomputed: bool) -> str:
    """Credits have minus what their debit has, nothing when it is not selected; recomputed they take part themselves."""
    own = "SELECT * FROM selected WHERE debit IS NULL"
    if recomputed:
        own += (
            " UNION ALL SELECT s.* REPLACE (-s.q AS q) FROM selected s JOIN selected d ON d.n = s.debit "
            "WHERE d.debit IS NULL AND d.q IS NOT NULL"
        )
    return (
        f"WITH selected AS MATERIALIZED ({selected}), own AS MATERIALIZED ({own}), priced AS MATERIALIZED ({priced.format('own')}) "
        "SELECT n, a, q FROM priced UNION ALL "
        "SELECT s.n, CASE WHEN d.n IS NULL THEN 0 ELSE -d.a END, CASE WHEN d.n IS NULL THEN 0 ELSE -d.q END "
        "FROM selected s LEFT JOIN priced d ON d.n = s.debit WHERE s.n NOT IN (SELECT n FROM own)"
    )
