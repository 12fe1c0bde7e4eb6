"""A small engine over rows of Python values: what the tests of the layers above the rows need, and no more.

Rows are paid in the order in which they stand. Keys may be cells and periods of cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from contractlang.base.calendar import label
from contractlang.base.exact import Mode, Rounding, cents, round_to
from contractlang.engine.protocol import (
    Group,
    Intake,
    KeyPart,
    Line,
    Post,
    Refused,
    Room,
    ScopeSum,
    Totals,
    Use,
)
from contractlang.model.contract import Contract
from contractlang.model.expression import (
    Cell,
    Compare,
    Condition,
    DecidingDate,
    Expression,
    Key,
    Measure,
    Measuring,
    Not,
    Number,
    PeriodOf,
    Yes,
)
from contractlang.model.heads import Filled, Limit, Pay

Row = dict[str, object]
CENT = Rounding(Mode.HALF_AWAY, Fraction(1, 100))


@dataclass
class Fake:
    """`rows` by table; `refused` rows and amounts are only counted. The date of a row is its cell `care_date`."""

    contract: Contract
    rows: dict[str, list[Row]]
    refused: dict[str, tuple[Refused, ...]] = field(default_factory=dict)
    lists: dict[str, dict[tuple[KeyPart, ...], tuple[tuple[date | None, date | None, Fraction | None], ...]]] = field(
        default_factory=dict
    )
    lose: int = 0  # cents that the last filled row silently loses: a fault that the laws must find
    name: str = "fake"

    def close(self) -> None:
        pass

    def __post_init__(self) -> None:
        self.priced: dict[tuple[str, str, int], int] = {}  # head, table, row
        self.cut: dict[tuple[str, str, int], int] = {}
        self.heads: dict[str, Pay] = {}

    def value(self, expression: Expression, row: Row) -> object:
        match expression:
            case Number(value):
                return value
            case Cell(column):
                return row[column]
            case DecidingDate():
                return row["care_date"]
            case PeriodOf(day, every):
                found = self.value(day, row)
                assert isinstance(found, date)
                return label(found, every)
            case _:
                raise AssertionError(expression)

    def holds(self, condition: Condition | None, row: Row) -> bool:
        match condition:
            case None:
                return True
            case Yes(column):
                return bool(row[column])
            case Not(of):
                return not self.holds(of, row)
            case Compare(left, _, right):
                return self.value(left, row) == getattr(right, "value", None)
            case _:
                raise AssertionError(condition)

    def group(self, table: str, row: Row, keys: tuple[Key, ...]) -> Group:
        parties = self.contract.parties
        own = self.contract.table(table).party
        party = row[own] if own and parties.table and parties.separately else None
        return (party, *(self.value(key.value, row) for key in keys))  # type: ignore[return-value]

    def intake(self) -> tuple[Intake, ...]:
        found = []
        for table in self.contract.tables:
            rows, refused = self.rows.get(table.name, []), self.refused.get(table.name, ())
            claimed = None
            if table.submitted:
                claimed = sum(cents(Fraction(row[table.submitted])) for row in rows)  # type: ignore[arg-type]
                claimed += sum(one.submitted or 0 for one in refused)
            number = len(rows) + sum(one.rows for one in refused)
            found.append(Intake(table.name, number, len(rows), refused, (), claimed))
        return tuple(found)

    def price(self, pay: Pay) -> None:
        self.heads[pay.id] = pay
        for index, row in enumerate(self.rows[pay.selection.table]):
            if self.holds(pay.selection.where, row):
                price = Fraction(1) if pay.price is None else self.value(pay.price, row)
                exact = self.value(pay.quantity, row) * price  # type: ignore[operator]
                amount = cents(round_to(exact, pay.rounding))
                self.priced[pay.id, pay.selection.table, index] = -amount if pay.charge else amount

    def based(self, articles: tuple[str, ...]) -> dict[tuple[str, int], int]:
        found: dict[tuple[str, int], int] = {}
        for (head, table, index), amount in self.priced.items():
            if self.heads[head].article in articles:
                found[table, index] = found.get((table, index), 0) + amount
        return found

    def left(self, limit: Limit) -> dict[tuple[str, int], int]:
        found = self.based(limit.base)
        for (_, table, index), cut in self.cut.items():
            if (table, index) in found:
                found[table, index] -= cut
        return found

    def scopes(self, limit: Limit) -> Mapping[Group, ScopeSum]:
        sums: dict[Group, list[int]] = {}
        for (table, index), amount in self.left(limit).items():
            row = self.rows[table][index]
            entry = sums.setdefault(self.group(table, row, limit.keys), [0, 0, 0])
            if limit.outside is not None and self.holds(limit.outside, row):
                entry[2] += amount
            else:
                entry[0] += amount
                entry[1] += max(0, amount)
        return {group: ScopeSum(*entry) for group, entry in sums.items()}

    def fill(self, limit: Limit, rooms: Mapping[Group, Room]) -> Mapping[Group, Use]:
        sofar: dict[Group, int] = {}
        uses: dict[Group, list[object]] = {}
        for (table, index), amount in self.left(limit).items():
            row = self.rows[table][index]
            group = self.group(table, row, limit.keys)
            use = uses.setdefault(group, [0, 0, 0, None, 0])
            if limit.outside is not None and self.holds(limit.outside, row):
                continue
            before = sofar.get(group, 0)
            sofar[group] = before + amount
            room = rooms[group].amount
            paid = self.paid(limit, room, sofar[group]) - self.paid(limit, room, before)
            use[0] += amount  # type: ignore[operator]
            use[1] += paid  # type: ignore[operator]
            use[2] += amount - paid  # type: ignore[operator]
            if paid < amount:
                use[4] += 1  # type: ignore[operator]
            if room is not None and before < room <= sofar[group]:
                use[3] = row["care_date"]
            if limit.filled is not Filled.AS_A_WHOLE and amount != paid:
                self.cut[limit.id, table, index] = amount - paid + self.lose
        return {group: Use(*use) for group, use in uses.items()}  # type: ignore[arg-type]

    def paid(self, limit: Limit, room: int | None, amount: int) -> int:
        if room is None or amount <= room:
            return amount
        if limit.above is None:
            return room
        scale = self.contract.scale(limit.above)
        over = Fraction(0)
        for step in scale.steps:
            low = (step.low or Fraction(0)) * room
            high = amount - room if step.high is None else min(Fraction(amount - room), step.high * room)
            over += step.value * max(Fraction(0), high - low)
        return room + cents(round_to(over / 100, CENT))

    def measure(self, measure: Measure) -> Mapping[Group, Fraction | None]:
        table = measure.selection.table
        found: dict[Group, Fraction] = {}
        seen: dict[Group, set[object]] = {}
        for row in self.rows.get(table, []):
            if not self.holds(measure.selection.where, row):
                continue
            group = self.group(table, row, measure.keys)
            if measure.measuring is Measuring.SUM:
                assert measure.value is not None
                found[group] = found.get(group, Fraction(0)) + self.value(measure.value, row)  # type: ignore[operator]
            elif measure.measuring is Measuring.ROWS:
                found[group] = found.get(group, Fraction(0)) + 1
            else:
                seen.setdefault(group, set()).add(tuple(self.value(one, row) for one in measure.different))
        return dict(found) | {group: Fraction(len(values)) for group, values in seen.items()}

    def amounts(self, articles: tuple[str, ...], after: tuple[str, ...], keys: tuple[Key, ...]) -> Mapping[Group, int]:
        found: dict[Group, int] = {}
        for (table, index), amount in self.based(articles).items():
            cut = sum(self.cut.get((limit, table, index), 0) for limit in after)
            group = self.group(table, self.rows[table][index], keys)
            found[group] = found.get(group, 0) + amount - cut
        return found

    def posts(self, head: Pay | Limit) -> tuple[Post, ...]:
        amounts = self.priced if isinstance(head, Pay) else {key: -cut for key, cut in self.cut.items()}
        found: dict[tuple[str | None, str], list[object]] = {}
        for (one, table, index), amount in amounts.items():
            if one == head.id:
                row = self.rows[table][index]
                day = row["care_date"]
                assert isinstance(day, date)
                party = self.group(table, row, ())[0]
                entry = found.setdefault((party, label(day, self.contract.settle)), [0, Fraction(0), 0])  # type: ignore[index,arg-type]
                entry[0] += amount  # type: ignore[operator]
                entry[2] += 1  # type: ignore[operator]
                if isinstance(head, Pay):
                    entry[1] += self.value(head.quantity, row)  # type: ignore[operator]
        pay = isinstance(head, Pay)
        return tuple(
            Post(party, period, amount, quantity if pay else None, rows)  # type: ignore[arg-type]
            for (party, period), (amount, quantity, rows) in found.items()
        )

    def totals(self) -> tuple[Totals, ...]:
        return tuple(self.total(table.name) for table in self.contract.tables if table.paid)

    def total(self, name: str) -> Totals:
        table, rows = self.contract.table(name), self.rows[name]
        refused = self.refused.get(name, ())
        rejected = [one for one in refused if not one.pending]
        waiting = [one for one in refused if one.pending]
        amounts = [sum(a for (_, t, i), a in self.priced.items() if (t, i) == (name, n)) for n in range(len(rows))]
        cuts = [sum(c for (_, t, i), c in self.cut.items() if (t, i) == (name, n)) for n in range(len(rows))]
        fully = sum(1 for cut in cuts if not cut)
        nothing = sum(1 for amount, cut in zip(amounts, cuts, strict=True) if cut and cut == amount)
        claimed = self.intake()[[one.name for one in self.contract.tables].index(name)].submitted
        known = table.submitted is not None
        return Totals(
            table=name,
            rows=len(rows) + sum(one.rows for one in refused),
            rows_paid=fully,
            rows_partly=len(rows) - fully - nothing,
            rows_cut=nothing,
            rows_rejected=sum(one.rows for one in rejected),
            rows_pending=sum(one.rows for one in waiting),
            submitted=claimed,
            submitted_rejected=sum(one.submitted or 0 for one in rejected) if known else None,
            submitted_pending=sum(one.submitted or 0 for one in waiting) if known else None,
            priced=sum(amounts),
            paid=sum(amounts) - sum(cuts),
        )

    def lines(self) -> Iterator[Line]:
        return iter(())

    def write_lines(self, path: str) -> None:
        raise AssertionError(path)

    def digest(self) -> str:
        return ""

    def values(
        self, lookup: str
    ) -> Mapping[tuple[KeyPart, ...], tuple[tuple[date | None, date | None, Fraction | None], ...]]:
        return self.lists[lookup]
