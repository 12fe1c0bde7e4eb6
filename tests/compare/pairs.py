"""Two versions of a contract with the data of both, and all that the bridge between them must hold to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from random import Random

from contractlang.analysis.check import check
from contractlang.api import make_engine
from contractlang.compare.bridge import Bridge
from contractlang.compare.euros import Settle, bridged
from contractlang.compare.mixture import REPORT, UNPAID
from contractlang.compare.numbering import KIND
from contractlang.compare.outcome import Amounts, amounts_of
from contractlang.compare.versions import Compared, Version, compare
from contractlang.data.faults import DataError
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.model.contract import Contract, Example
from contractlang.model.tables import Kind
from contractlang.report.shares import in_cents
from contractlang.settling.settle import settle
from contractlang.statement.model import Statement
from tests.compare import mutants
from tests.compare.script import Script
from tests.compare.settled import UNKNOWN, with_example

Rows = Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]
"""The header and the rows of each table."""
MAKERS = (mutants.figures, mutants.cells, mutants.words, mutants.days, mutants.removed, mutants.rows, mutants.added)
EVERY = 10**6  # rows behind an effect: all


def altered(text: str, chance: Random, number: int, takes: Callable[[str], bool]) -> str:
    """A text with so many single changes, one after another, each of which is taken."""
    for _ in range(number):
        made = list(chance.choice(MAKERS)(Script(text)))
        chance.shuffle(made)
        text = next((one.text for one in made[:4] if takes(one.text)), text)
    return text


def fine(text: str, name: str = "contract.zc", folder: str = "") -> Contract | None:
    """The contract that a text is when it can be settled."""
    contract = check(text, name, folder).contract
    return None if contract is None or contract.holes else contract


def over(tables: Rows, engine: str = "oracle") -> Settle:
    """Settles contracts over generated rows."""

    def settled(contract: Contract, lines: Path | None) -> Statement:
        prepared = {}
        for table in contract.tables:
            if table.spread is None:
                header, rows = tables[table.name]
                prepared[table.name] = Prepared(
                    table.name, "generated", header=header, positions={name: i for i, name in enumerate(header)}, rows=rows,
                    decimal={c.name: "." for c in table.columns if c.kind is Kind.NUMBER},
                    dates={c.name: "iso" for c in table.columns if c.kind is Kind.DATE},
                )  # fmt: skip
        return _settled(contract, prepared, None, engine, lines)

    return settled


def over_example(example: Example, engine: str = "oracle") -> Settle:
    """Settles contracts over what a worked example gives; data of another form than the contract reads are a DataError."""

    def settled(contract: Contract, lines: Path | None) -> Statement:
        try:
            adapted, data = with_example(contract, example)
        except UNKNOWN as fault:
            raise DataError(()) from fault
        return _settled(adapted, data, example, engine, lines)

    return settled


def _settled(
    contract: Contract, data: Mapping[str, Prepared], example: Example | None, engine: str, lines: Path | None
) -> Statement:
    as_of = None if example is None else example.as_of
    made = make_engine(engine, contract, data, as_of)
    try:
        statement = settle(contract, made, data, as_of)
        if lines is not None:
            made.write_lines(str(lines))
        return statement
    finally:
        made.close()


def held(old: str, new: str, folder: str, settled: Settle, tmp: Path) -> Bridge | None:
    """The bridge between two versions when both settle over the data; every law of it is asserted."""
    totals = []
    for number, text in enumerate((old, new)):
        contract = fine(text, "contract.zc", folder)
        assert contract is not None
        try:
            totals.append(settled(contract, tmp / f"{number}.parquet"))
        except (DataFault, DataError, BrokenLaw):
            return None
    compared = compare(Version("old.zc", old, folder), Version("new.zc", new, folder))
    made = bridged(compared, settled, EVERY)
    for amounts, statement in ((made.before, totals[0]), (made.after, totals[1])):
        assert _numbered(amounts, compared) == _numbered(amounts_of(statement), compared)
    adds_up(made)
    in_its_order(made, compared)
    if not made.effects:
        return None
    rows_add_up(made, rows_of(tmp / "0.parquet"), rows_of(tmp / "1.parquet"))
    return made


def _numbered(amounts: Amounts, compared: Compared) -> Amounts:
    """Amounts by place; of an article with two numbers without its number, for the bridge reads both versions with one."""
    blocks = [side for one in compared.changes if one.kind == KIND for side in (one.before, one.after) if side]
    moved = {said.split()[1] for block in blocks for said in block.sentences[1:]}
    found: Amounts = {}
    for (article, party, period), amount in amounts.items():
        place = ("" if article in moved else article, party, period)
        found[place] = found.get(place, Fraction(0)) + amount
    return found


def adds_up(made: Bridge) -> None:
    """The effects are the difference: in all, to the cent as shown, and at every article, party and period."""
    total = sum((effect.total for effect in made.effects), Fraction(0))
    assert total == made.new - made.old == sum(made.after.values()) - sum(made.before.values())
    assert sum(in_cents([effect.total for effect in made.effects])) == (made.new - made.old) * 100
    for place in {*made.before, *made.after, *(place for effect in made.effects for place in effect.by_place)}:
        moved = sum((effect.by_place.get(place, Fraction(0)) for effect in made.effects), Fraction(0))
        assert moved == made.after.get(place, Fraction(0)) - made.before.get(place, Fraction(0)), place
    for effect in made.effects:
        assert sum(effect.by_place.values(), Fraction(0)) == effect.total
        assert effect.alone is None or effect.interaction == effect.total - effect.alone
    if made.interaction is not None:
        alone = sum((effect.alone or Fraction(0) for effect in made.effects), Fraction(0))
        assert alone + made.interaction == made.new - made.old


def in_its_order(made: Bridge, compared: Compared) -> None:
    """Every change that pays has its effect; beyond five they are made in the order of the contract."""
    paying = [change for change in compared.changes if change.kind not in UNPAID]
    made_of = [change for effect in made.effects for change in effect.changes]
    assert made_of in (paying, [change for change in paying if change.kind != REPORT])
    assert made.method == "in_order" or len(made_of) <= 5
    if made.method == "shapley":
        assert all(len(effect.changes) == 1 and effect.alone is not None for effect in made.effects)


Row = tuple[str, int | None, str | None, str | None]


def rows_add_up(made: Bridge, before: Mapping[Row, Fraction], after: Mapping[Row, Fraction]) -> None:
    """Row by row the effects are the difference between what the two versions pay for it."""
    found: dict[Row, Fraction] = {}
    spread = set()
    for effect in made.effects:
        assert effect.behind is not None
        assert effect.behind.number == len(effect.behind.largest)
        assert effect.behind.total == sum((one.amount for one in effect.behind.largest), Fraction(0))
        for one in effect.behind.largest:
            spread |= {one.table} if one.row is None else set()
            row = (one.table, one.row, one.key, one.party)
            found[row] = found.get(row, Fraction(0)) + one.amount
    for rows, sign in ((after, 1), (before, -1)):
        for (table, number, key, party), amount in rows.items():
            row = (table, None if table in spread else number, key, party)
            found[row] = found.get(row, Fraction(0)) - sign * amount
    assert {row: amount for row, amount in found.items() if amount} == {}


def rows_of(path: Path) -> dict[Row, Fraction]:
    """What each row is paid, of lines that were written."""
    import duckdb

    with duckdb.connect() as connection:
        rows = connection.execute(
            f"""SELECT "table", "row", key, party, payable FROM read_parquet('{path}') WHERE payable IS NOT NULL"""
        ).fetchall()
    return {(table, row, key or None, party): Fraction(payable) for table, row, key, party, payable in rows}
