"""Contracts whose articles pay some rows together, by volume or not, under a ceiling of one within a ceiling of all."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.differential.generate import (
    ABOVE,
    COLUMNS,
    HEADER,
    MODES,
    SCALES,
    Case,
    _filling,
    _prices,
    _rejects,
    care_rows,
)

TIERED = "  pay quantity of care{where} by scale tiers\n    per        {key}\n    filled by  {order}\n"
WHERE = ["", " where acute", " where not acute", " where product = alpha"]
IN_PART = (
    "    filled by   care_date, then {then}\n    last row    in part\n    late row    reopens the period\n"
    "    freed room  stays empty\n    outside     {outside}\n    above       nothing\n"
)


@st.composite
def layered(draw: st.DrawFn) -> Case:
    """Two or three articles over rows that may overlap, one ceiling on the first, one on all of them after it."""
    credits = draw(st.booleans())
    credit = "  credit of line_id when dc = C matched by provider, client, product, quantity" if credits else ""
    text = HEADER.format(
        provider=draw(st.sampled_from(["one per provider in care, each separately", '"Provider"'])),
        settle=draw(st.sampled_from(["month", "quarter"])), mode=draw(st.sampled_from(MODES)), unit="€ 0.01",
    )  # fmt: skip
    text += (
        COLUMNS.format(credit=credit, quantity="count    3 decimals") + _rejects(draw, credits) + _prices(draw, False)
    )
    text += SCALES.format(kind=draw(st.sampled_from(["each slice", "whole volume"])))
    articles = draw(st.integers(2, 3))
    for number, where in enumerate(draw(st.permutations(WHERE))[:articles], start=1):
        text += f'\narticle {number} "Care"\n' + _article(draw, where, credits)
    text += _ceiling(draw, articles + 1, "article 1")
    every = " and ".join(f"article {number}" for number in range(1, articles + 1))
    text += _ceiling(draw, articles + 2, f"{every} after article {articles + 1}")
    if "by scale over" in text:
        text = text.replace("\nscale tiers", f"{ABOVE}\nscale tiers", 1)
    return Case(text, draw(care_rows(credits)))


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


def _ceiling(draw: st.DrawFn, number: int, base: str) -> str:
    amount = draw(st.integers(0, 400000))
    text = f'\narticle {number} "Ceiling"\n  limit {base} to at most € {amount // 100:,}.{amount % 100:02d}\n'
    text += draw(st.sampled_from(["", "    per         client\n", "    per         product\n"]))
    text += f"    per         {draw(st.sampled_from(['calendar year', 'quarter']))} of care_date\n    part year   full amount\n"
    if draw(st.booleans()):
        return text + _filling(draw)
    outside = draw(st.sampled_from(["nothing", "nothing", "care where acute\n    they count  not"]))
    text += IN_PART.format(then=draw(st.sampled_from(["row number", "line_id as text"])), outside=outside)
    return text + draw(st.sampled_from(["", "    delivery    goes on\n", "    delivery    may stop\n"]))
