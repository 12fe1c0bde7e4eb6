"""Folders of generated contracts over the same generated rows, and the rows of each contract by a rule of three lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.differential.generate import Case, cases
from tests.differential.limits import euros
from tests.differential.rows import HEAD, care_rows

TERMS = (("01-01", "12-31"), ("01-01", "06-30"), ("07-01", "12-31"), ("06-15", "12-31"))
CEILING = re.compile(r"to at most € ([\d,]+)\.\d\d")
PRODUCTS = ("", "", "alpha", "beta")
PROVIDER, PRODUCT, DAY = HEAD.index("provider"), HEAD.index("product"), HEAD.index("care_date")


@dataclass(frozen=True)
class Own:
    """One contract of a folder: its text, provider, term, and the product that it pays (empty: all)."""

    text: str
    code: str
    first: str
    last: str
    product: str

    def claims(self, row: tuple[str, ...]) -> bool:
        """Whether the contract claims a row by provider and day."""
        return row[PROVIDER] == self.code and self.first <= row[DAY] <= self.last and row[DAY] != "2026-02-30"

    def selects(self, row: tuple[str, ...]) -> bool:
        """Whether an article of the contract pays the row."""
        return self.product in ("", row[PRODUCT])


@dataclass(frozen=True)
class Folder:
    """Contracts and the rows that they share."""

    contracts: tuple[Own, ...]
    rows: tuple[tuple[str, ...], ...]
    takers: tuple[frozenset[int], ...] = field(init=False)  # by row: the contracts that get or dispute it

    def __post_init__(self) -> None:
        object.__setattr__(self, "takers", tuple(self._takers(row) for row in self.rows))

    def _takers(self, row: tuple[str, ...]) -> frozenset[int]:
        claiming = [number for number, one in enumerate(self.contracts) if one.claims(row)]
        if len(claiming) < 2:
            return frozenset(claiming)
        selecting = [number for number in claiming if self.contracts[number].selects(row)]
        return frozenset(selecting) if len(selecting) == 1 else frozenset(claiming)

    def own(self, number: int) -> list[int]:
        """The places of the rows that go to a contract."""
        return [place for place, takers in enumerate(self.takers) if takers == {number}]


@st.composite
def folders(draw: st.DrawFn) -> Folder:
    """One or two kinds of contracts, each for one to three providers, terms and products, and rows for all."""
    made: list[Own] = []
    # what a contract selects is told here by the product alone, so heads that look at other rows, or choose a product, stay out
    plain = cases(whole_year=True).filter(
        lambda case: "urgent" not in case.contract and "where product" not in case.contract
    )
    kinds = [draw(plain) for _ in range(draw(st.integers(1, 2)))]
    for kind in kinds:
        product = draw(st.sampled_from(PRODUCTS))
        term = draw(st.sampled_from(TERMS))
        for _ in range(draw(st.integers(1, 3))):
            product = draw(st.sampled_from([product, product, product, *PRODUCTS]))
            code = draw(st.sampled_from(["P1", "P1", "P2", "P2", "P3"]))
            made.append(own(draw, kind, product, draw(st.sampled_from([term, term, *TERMS])), code))
    credits = draw(st.booleans())
    return Folder(tuple(made), draw(care_rows(credits, 60)))


def own(draw: st.DrawFn, kind: Case, product: str, term: tuple[str, str], code: str) -> Own:
    """A contract of this kind for one provider, with a term and a ceiling of its own."""
    first, last = (f"2026-{day}" for day in term)
    text = kind.contract.replace("one per provider in care, each separately", '"Provider"')
    text = text.replace('provider  "Provider"', f'provider  "Provider {code}" as {code} in provider', 1)
    text = text.replace("2026-01-01 through 2026-12-31", f"{first} through {last}", 1)
    share = draw(st.sampled_from([1, 2, 4]))  # the rows are those of several providers
    text = CEILING.sub(lambda found: f"to at most {euros(int(found[1].replace(',', '')) * 100 // share)}", text)
    if product:
        for verb in ("pay", "charge"):
            for old, new in ((" where acute", f" where acute and product = {product}"),
                             (" where not acute", f" where not acute and product = {product}")):  # fmt: skip
                text = text.replace(f"  {verb} quantity of care{old} at", f"  {verb} quantity of care{new} at")
            text = text.replace(
                f"  {verb} quantity of care at", f"  {verb} quantity of care where product = {product} at"
            )
            text = text.replace(
                f"  {verb} quantity of care by", f"  {verb} quantity of care where product = {product} by"
            )
    return Own(text, code, first, last, product if f"product = {product} " in text else "")
