"""Contracts whose articles pay some rows together, by volume or not, under a ceiling of one within a ceiling of all."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from tests.differential.generate import COLUMNS, CREDIT, HEADER, SCALES, Case, volume
from tests.differential.limits import ABOVE, MODES, WHOLE, ceiling, euros, filling
from tests.differential.rows import generators, rows

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

    Ceilings cut no row where credits are recomputed.
    """
    credits = draw(st.integers(0, 3)) == 3
    text = HEADER.format(
        provider=draw(st.sampled_from(["one per provider in care, each separately", '"Provider"'])),
        first="2026-01-01", settle=draw(st.sampled_from(["month", "quarter"])), mode=draw(st.sampled_from(MODES)), unit="€ 0.01",
    )  # fmt: skip
    text += COLUMNS.format(credit=CREDIT if credits else "", quantity="count    3 decimals")
    text += SCALES.format(kind=draw(st.sampled_from(["each slice", "whole volume"])))
    articles = draw(st.integers(2, 3))
    for number, where in enumerate(draw(st.permutations(WHERE))[:articles], start=1):
        text += f'\narticle {number} "Care"\n' + _article(draw, where, credits)
    drawn = draw(generators(text))
    care, money = rows(drawn, credits), [drawn.randrange(5, 90) for _ in range(4)]
    text = text.replace("\nscale tiers", f"{PRICES.format(*money)}\nscale tiers", 1)
    worth, whole = int(volume(care) * sum(money) * 25), "recomputed" in text
    text += _ceiling(draw, drawn, articles + 1, f"article {draw(st.integers(1, articles))}", worth // 2, whole)
    every = " and ".join(f"article {number}" for number in range(1, articles + 1))
    text += _ceiling(draw, drawn, articles + 2, f"{every} after article {articles + 1}", worth, whole)
    if "as a whole" not in text:  # nothing tells whose rows lose what
        text += '\nreport by_client "What is left of each article"\n  as of  the statement\n  per    client\n'
        text += "".join(
            f"  show   article {number} after article {articles + 2}\n" for number in range(1, articles + 1)
        )
    if "by scale over" in text:
        text = text.replace("\nscale tiers", f"{ABOVE}\nscale tiers", 1)
    return Case(text, care)


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


def _ceiling(draw: st.DrawFn, drawn: Random, number: int, base: str, worth: int, whole: bool) -> str:
    keys, every = (
        draw(st.sampled_from(["", "client", "product"])),
        draw(st.sampled_from(["calendar year", "quarter", "month"])),
    )
    text = f'\narticle {number} "Ceiling"\n  limit {base} to at most {euros(ceiling(drawn, worth, (keys, every)))}\n'
    text += (
        f"    per         {keys}\n" if keys else ""
    ) + f"    per         {every} of care_date\n    part year   full amount\n"
    if whole or draw(st.integers(0, 3)) == 3:
        return text + (WHOLE if whole else filling(draw))
    outside = draw(st.sampled_from(["nothing", "nothing", "care where acute\n    they count  not"]))
    text += IN_PART.format(then=draw(st.sampled_from(["row number", "line_id as text"])), outside=outside)
    return text + draw(st.sampled_from(["", "    delivery    goes on\n", "    delivery    may stop\n"]))
