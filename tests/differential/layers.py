"""Contracts whose articles pay some rows together, by volume or not, under a ceiling of one within a ceiling of all."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hypothesis import strategies as st

from tests.differential.generate import ABOVE, COLUMNS, HEADER, MODES, SCALES, Case, _filling

PRICES = """
tariff price each by product
  | product | from 2026-01-01 | from 2026-05-17 |
  | alpha   | € {0}.37 | € {1}.05 |
  | beta    | € {2}.99 | € {3}.50 |
"""
TIERED = "  pay quantity of care{where} by scale tiers\n    per        {key}\n    filled by  {order}\n"
WHERE = ["", " where acute", " where not acute", " where product = alpha"]
IN_PART = (
    "    filled by   care_date, then {then}\n    last row    in part\n    late row    reopens the period\n"
    "    freed room  stays empty\n    outside     {outside}\n    above       nothing\n"
)


@st.composite
def layered(draw: st.DrawFn) -> Case:
    """Two or three articles over rows that may overlap, one ceiling on one of them, one on all of them after it.

    No ceilings where credits are recomputed.
    """
    credits = draw(st.integers(0, 3)) == 3
    credit = "  credit of line_id when dc = C matched by provider, client, product, quantity" if credits else ""
    text = HEADER.format(
        provider=draw(st.sampled_from(["one per provider in care, each separately", '"Provider"'])),
        settle=draw(st.sampled_from(["month", "quarter"])), mode=draw(st.sampled_from(MODES)), unit="€ 0.01",
    )  # fmt: skip
    drawn = Random(
        draw(st.integers(0, 2**32))
    )  # small numbers, which are drawn first elsewhere, hardly ever reach a ceiling
    text += COLUMNS.format(credit=credit, quantity="count    3 decimals")
    text += PRICES.format(*(drawn.randrange(5, 90) for _ in range(4)))
    text += SCALES.format(kind=draw(st.sampled_from(["each slice", "whole volume"])))
    articles = draw(st.integers(2, 3))
    for number, where in enumerate(draw(st.permutations(WHERE))[:articles], start=1):
        text += f'\narticle {number} "Care"\n' + _article(draw, where, credits)
    if (
        "recomputed" in text
    ):  # under a ceiling both engines refuse some of them: such a credit is not minus its debit (ZC900)
        return Case(text, tuple(_rows(drawn, credits)))
    text += _ceiling(draw, drawn, articles + 1, f"article {draw(st.integers(1, articles))}")
    every = " and ".join(f"article {number}" for number in range(1, articles + 1))
    text += _ceiling(draw, drawn, articles + 2, f"{every} after article {articles + 1}")
    text += '\nreport by_client "What is left of each article"\n  as of  the statement\n  per    client\n'
    text += "".join(f"  show   article {number} after article {articles + 2}\n" for number in range(1, articles + 1))
    if "by scale over" in text:
        text = text.replace("\nscale tiers", f"{ABOVE}\nscale tiers", 1)
    return Case(text, tuple(_rows(drawn, credits)))


def _rows(drawn: Random, credits: bool) -> Iterator[tuple[str, ...]]:
    """Rows that mostly count; some without a quantity or below nil, and credits of earlier rows."""
    debits: list[tuple[str, ...]] = []
    negative = not credits and drawn.random() < 0.2
    for number in range(drawn.randrange(5, 40)):
        taken = drawn.choice(debits) if credits and debits and drawn.random() < 0.2 else None
        day, quantity = f"2026-{drawn.randrange(1, 8):02d}-{drawn.randrange(1, 29):02d}", drawn.randrange(1, 30_000)
        below = "-" if negative and drawn.random() < 0.1 else ""
        cells = (
            drawn.choice(["P1", "P1", "P2"]), drawn.choice("AAB"), drawn.choice(["alpha", "alpha", "beta", "gamma"]), drawn.choice(["x", "y"]),
            day, day, "" if drawn.random() < 0.05 else f"{below}{quantity // 1000}.{quantity % 1000:03d}", "", drawn.choice(["yes", "no"]),
        )  # fmt: skip
        row = (f"R{number}", "", "D", *cells) if taken is None else (f"R{number}", taken[0], "C", *taken[3:])
        debits += [row] if taken is None else []
        yield row


def _article(draw: st.DrawFn, where: str, credits: bool) -> str:
    if draw(st.booleans()):
        return f"  pay quantity of care{where} at price\n"
    order = draw(st.sampled_from(["care_date, then row number", "row number", "level as text, then care_date"]))
    text = TIERED.format(where=where, key=draw(st.sampled_from(["client", "product, month of care_date"])), order=order)
    return (
        f"{text}    credits    {draw(st.sampled_from(['recomputed', 'at the price of the debit']))}\n"
        if credits
        else text
    )


def _ceiling(draw: st.DrawFn, drawn: Random, number: int, base: str) -> str:
    amount = drawn.choice([0, drawn.randrange(100_000), drawn.randrange(1_000_000)])
    text = f'\narticle {number} "Ceiling"\n  limit {base} to at most € {amount // 100:,}.{amount % 100:02d}\n'
    text += draw(st.sampled_from(["", "    per         client\n", "    per         product\n"]))
    text += f"    per         {draw(st.sampled_from(['calendar year', 'quarter']))} of care_date\n    part year   full amount\n"
    if draw(st.integers(0, 3)) == 3:
        return text + _filling(draw)
    outside = draw(st.sampled_from(["nothing", "nothing", "care where acute\n    they count  not"]))
    text += IN_PART.format(then=draw(st.sampled_from(["row number", "line_id as text"])), outside=outside)
    return text + draw(st.sampled_from(["", "    delivery    goes on\n", "    delivery    may stop\n"]))
