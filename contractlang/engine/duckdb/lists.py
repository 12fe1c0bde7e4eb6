"""Tariffs and lists as tables that are joined at most once for each row, and spans of presence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Any

from contractlang.engine.duckdb import number
from contractlang.engine.duckdb.conditions import equal
from contractlang.engine.duckdb.expression import Emitter, World
from contractlang.engine.duckdb.number import NARROW, Num
from contractlang.engine.duckdb.session import Session
from contractlang.engine.duckdb.values import Nothing, Value, Words, part_of, parts, text
from contractlang.engine.protocol import DataFault, KeyPart
from contractlang.model.contract import Contract
from contractlang.model.expression import Cell, LookUp, Relation, Role
from contractlang.model.lists import ListRow, Lookup, Range
from contractlang.model.tables import Kind, Table

Version = tuple[date | None, date | None, Fraction | None]
FIRST, LAST = "DATE '0001-01-01'", "DATE '9999-12-31'"


@dataclass(frozen=True, slots=True)
class FromData:
    """A list whose values come from data: a table with `k0` ..., `first`, `last` (NULL is open), `f`, `t`, `v`, `d`."""

    name: str
    keys: tuple[Value, ...]  # under the alias `l`
    value: Num  # under the alias `l`


@dataclass(slots=True)
class Lists:
    """The lists of a contract."""

    contract: Contract
    session: Session
    world: World
    _from_data: dict[str, FromData] = field(default_factory=dict)
    _inline: dict[tuple[Any, ...], tuple[str, Num] | None] = field(default_factory=dict)
    _translated: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def look_up(self, ask: LookUp, keys: Sequence[Value], on: str | None, alias: str) -> tuple[str | None, Num]:
        """The join that finds the value for keys on a day (SQL), and the value; without a join when it needs none."""
        lookup = self.contract.lookup(ask.lookup)
        if len(keys) != len(lookup.keys):
            return None, number.MISSING
        if lookup.data is not None:
            return self._joined(lookup, keys, on, alias)
        found = self._table_of(lookup, tuple(keys), dated=on is not None)
        if found is None:
            return None, _row_by_row(lookup, keys, on)
        name, value = found
        ons = [_key_on(lookup.rows, index, key, alias) for index, key in enumerate(keys)]
        if on is not None:
            ons.append(f"{on} between {alias}.f and {alias}.t")
        return f"left join {name} {alias} on {' and '.join(ons)}", Num(f"{alias}.v", value.bound, value.factor)

    # --- values from data -------------------------------------------------------------------------------------------

    def from_data(self, name: str) -> FromData:
        """The list as a table. Raises DataFault ZC801 when two values are valid on one day for the same keys."""
        if name not in self._from_data:
            self._from_data[name] = self._read(self.contract.lookup(name))
        return self._from_data[name]

    def values(self, name: str) -> dict[tuple[KeyPart, ...], tuple[Version, ...]]:
        """All values by key, in the order of the file, each by first day."""
        listed = self.from_data(name)
        columns = [part for key in listed.keys for part in parts(key)]
        sql = ", ".join([*columns, "l.first", "l.last", "l.v", "l.d"])
        found: dict[tuple[KeyPart, ...], list[Version]] = {}
        order = f"min(l.rid) over (partition by {', '.join(columns)})" if columns else "0"
        for row in self.session.rows(f"select {sql} from {listed.name} l order by {order}, l.f, l.rid"):
            key = tuple(part_of(kind, (cell,)) for kind, cell in zip(listed.keys, row, strict=False))
            first, last, top, below = row[len(columns) :]
            value = None if top is None else top * listed.value.factor / (below or 1)
            found.setdefault(key, []).append((first, last, value))
        return {key: tuple(versions) for key, versions in found.items()}

    def _read(self, lookup: Lookup) -> FromData:
        data = lookup.data
        assert data is not None
        table = self.contract.table(data.selection.table)
        of = Emitter(self.world, table)
        keys = [of.value(Cell(key)) for key in lookup.keys]
        value, where = of.number(data.value), of.holds(data.selection.where)
        first, last = self._validity(table, of, [part for key in keys for part in parts(key)])
        made = "".join(f"{parts(key)[0]} as k{index}, " for index, key in enumerate(keys))
        name = self.session.fresh("list")
        self.session.run(
            f"create table {name} as select *, coalesce(first, {FIRST}) as f, coalesce(last, {LAST}) as t from ("
            f"select r.rid, {made}{first} as first, {last} as last, {value.n} as v, {value.d or '1::BIGINT'} as d "
            f"from {of.source(self.world.accepted(table.name))} where {where})"
        )
        self._refuse_overlap(lookup, name, keys)
        own = tuple(_renamed(key, f"l.k{index}") for index, key in enumerate(keys))
        return FromData(
            name, own, Num("l.v", value.bound, value.factor, "l.d" if value.d else None, value.d_bound if value.d else 1)
        )

    def _validity(self, table: Table, of: Emitter, keys: Sequence[str]) -> tuple[str, str]:
        """First and last day (SQL): the span of the table; else from the date that decides year (or period) until the
        day before the next such date for the same keys; a year through 31 December; without any date always."""
        if table.present is not None:
            first, last = (of.value(Cell(column)) for column in table.present)
            return _as_date(first), _as_date(last)
        roles = {deciding.role for deciding in table.deciding}
        role = next((one for one in (Role.YEAR, Role.PERIOD) if one in roles), None)
        if role is None:
            return "NULL::DATE", "NULL::DATE"
        start = of.decides(role)
        if _is_year(table, role):
            return start, f"make_date(year({start}), 12, 31)"
        partition = f"partition by {', '.join(keys)} " if keys else ""
        later = f"min({start}) over ({partition}order by {start} range between 1 following and unbounded following)"
        return start, f"(case when {start} is not null then ({later} - 1)::DATE end)"

    def _refuse_overlap(self, lookup: Lookup, name: str, keys: Sequence[Value]) -> None:
        """Two values on one day stop the settlement: the engine never chooses a price."""
        names = [f"k{index}" for index in range(len(keys))]
        partition = f"partition by {', '.join(names)} " if names else ""
        earlier = f"max(t) over ({partition}order by f, rid rows between unbounded preceding and 1 preceding)"
        overlaps = self.session.rows(
            f"select {''.join(one + ', ' for one in names)}f, first, last from (select *, {earlier} as before from {name}) "
            "where before >= f and f <= t order by rid limit 1"
        )
        if overlaps:
            *cells, _, first, last = overlaps[0]
            key = ", ".join(_written(part_of(kind, (cell,))) for kind, cell in zip(keys, cells, strict=True))
            day = first or last
            raise DataFault("ZC801", list=lookup.name, key=key, day="" if day is None else day.isoformat())

    def _joined(self, lookup: Lookup, keys: Sequence[Value], on: str | None, alias: str) -> tuple[str | None, Num]:
        listed = self.from_data(lookup.name)
        ons, relation = [], listed.name
        for index, (key, own) in enumerate(zip(keys, listed.keys, strict=True)):
            held = _renamed(own, f"{alias}.k{index}")
            if isinstance(key, Num) and isinstance(held, Words):
                relation, held = self._with_numbers(relation, listed.name, index, key), Num(f"{alias}.n{index}", 0, key.factor)
                held = Num(held.n, NARROW, key.factor)
            pair = (text(key), text(held)) if isinstance(key, Words) or isinstance(held, Words) else equal(key, held)
            if pair is None:
                return None, number.MISSING
            null = f"({_column(held)} is null and {_column(key)} is null)"
            sure = self.session.row(f"select count(*) from {listed.name} where k{index} is null")[0] == 0
            ons.append(f"{pair[0]} = {pair[1]}" if sure else f"({pair[0]} = {pair[1]} or {null})")
        if on is None:
            names = ", ".join(f"k{index}" for index in range(len(keys)))
            over = f"partition by {names} order by f, rid" if names else "order by f, rid"
            relation = f"(select * from {relation} qualify row_number() over ({over}) = 1)"
        else:
            ons.append(f"{on} between {alias}.f and {alias}.t")
        value = listed.value
        own_d = f"{alias}.d" if value.d else None
        return (
            f"left join {relation} {alias} on {' and '.join(ons) or 'true'}",
            Num(f"{alias}.v", value.bound, value.factor, own_d, value.d_bound),
        )

    def _with_numbers(self, relation: str, name: str, index: int, key: Num) -> str:
        """The list with a text key read as the number that it says, at the factor of a number that is looked up."""
        asked = (relation, index, key.factor)
        if asked not in self._translated:
            texts = [row[0] for row in self.session.rows(f"select distinct k{index} from {name} where k{index} is not null")]
            known = [(one, _units(one, key.factor)) for one in texts]
            side, made = self.session.fresh("said"), self.session.fresh("list")
            self.session.run(f"create table {side} (said VARCHAR, n BIGINT)")
            self.session.insert(side, ["VARCHAR", "BIGINT"], [pair for pair in known if pair[1] is not None])
            self.session.run(
                f"create table {made} as select b.*, s.n as n{index} from {relation} b "
                f"left join {side} s on s.said = b.k{index} where s.n is not null or b.k{index} is null"
            )
            self._translated[asked] = made
        return self._translated[asked]

    # --- values in the contract ------------------------------------------------------------------------------------

    def _table_of(self, lookup: Lookup, keys: tuple[Value, ...], dated: bool) -> tuple[str, Num] | None:
        """A table of the rows of a list for keys of these kinds; None when rows must be tried one by one, in order."""
        kinds = tuple(key.factor if isinstance(key, Num) and key.d is None else type(key) for key in keys)
        asked = (lookup.name, kinds, dated)
        if asked not in self._inline:
            self._inline[asked] = self._make(lookup, keys, dated) if _joinable(lookup.rows, keys, dated) else None
        return self._inline[asked]

    def _make(self, lookup: Lookup, keys: Sequence[Value], dated: bool) -> tuple[str, Num]:
        values = [row.value for row in lookup.rows if row.value is not None]
        factor = Fraction(1, lcm(*(value.denominator for value in values))) if values else Fraction(1)
        types, columns = [], []
        for index, key in enumerate(keys):
            if _ranged(lookup.rows, index):
                types += ["BIGINT", "BIGINT"]
                columns += [f"a{index} BIGINT", f"b{index} BIGINT"]
            else:
                types.append("BIGINT" if isinstance(key, Num) else "VARCHAR")
                columns.append(f"k{index} {types[-1]}")
        rows = []
        for row in lookup.rows:
            cells = _cells(lookup.rows, row, keys)
            if cells is not None:
                top = None if row.value is None else int(row.value / factor)
                rows.append((*cells, row.first or date.min, row.last or date.max, top))
        bound = max((abs(int(value / factor)) for value in values), default=0)
        kind = "HUGEINT" if bound > NARROW else "BIGINT"
        number.wide("", bound)
        name = self.session.fresh("list")
        self.session.run(f"create table {name} ({', '.join([*columns, 'f DATE', 't DATE', f'v {kind}'])})")
        self.session.insert(name, [*types, "DATE", "DATE", kind], rows)
        return name, Num("v", bound, factor)

    # --- presence --------------------------------------------------------------------------------------------------

    def presence(self, table: Table, column: str) -> tuple[str, Value]:
        """Disjoint spans `first` through `last` in which a value `v` of a column is present, and the value."""
        of = Emitter(self.world, table)
        value = of.value(Cell(column))
        held = parts(value)[0]
        first, last = FIRST, LAST
        if table.present is not None:
            own = [_as_date(of.value(Cell(one))) for one in table.present]
            first, last = f"coalesce({own[0]}, {FIRST})", f"coalesce({own[1]}, {LAST})"
        name = self.session.fresh("presence")
        before = "max(last) over (partition by v order by first, last rows between unbounded preceding and 1 preceding)"
        self.session.run(
            f"create table {name} as with spans as (select {held} as v, {first} as first, {last} as last "
            f"from {of.source(self.world.accepted(table.name))}), "
            f"marked as (select *, case when {before} >= first then 0 else 1 end as begins "
            "from spans where v is not null and first <= last), "
            "numbered as (select *, sum(begins) over (partition by v order by first, last rows unbounded preceding) as part "
            "from marked) select v, min(first) as first, max(last) as last from numbered group by v, part"
        )
        return name, value


def _as_date(value: Value) -> str:
    from contractlang.engine.duckdb.values import When

    return value.sql if isinstance(value, When) else "NULL::DATE"


def _is_year(table: Table, role: Role) -> bool:
    """Whether the date that decides is given as a year."""
    days = [day for deciding in table.deciding if deciding.role is role for _, day in deciding.dates]
    return any(isinstance(day, Cell) and table.column(day.column).kind is Kind.NUMBER for day in days)


def _renamed(value: Value, sql: str) -> Value:
    """A value of the same kind in another column."""
    if isinstance(value, Num):
        return Num(sql, value.bound, value.factor)
    return Words(sql) if isinstance(value, Nothing) else type(value)(sql)  # type: ignore[call-arg]


def _column(value: Value) -> str:
    return parts(value)[0]


def _written(part: KeyPart) -> str:
    if part is None:
        return ""
    if isinstance(part, bool):
        return "yes" if part else "no"
    return part.isoformat() if isinstance(part, date) else str(part)


def _units(written: str, factor: Fraction) -> int | None:
    """The number that a text says, in whole units of a factor; None when it says none, or none in whole units."""
    try:
        units = Fraction(written) / factor
    except (ValueError, ZeroDivisionError):
        return None
    return units.numerator if units.denominator == 1 and abs(units) <= NARROW else None


def _ranged(rows: Sequence[ListRow], index: int) -> bool:
    return any(isinstance(row.keys[index], Range) for row in rows)


def _joinable(rows: Sequence[ListRow], keys: Sequence[Value], dated: bool) -> bool:
    """Whether the rows can stand in a table of which at most one joins: no empty keys, no two for one combination."""
    if len(keys) == 0 or any(cell is None for row in rows for cell in row.keys):
        return False
    for index, key in enumerate(keys):
        if isinstance(key, Nothing) or (isinstance(key, Num) and (key.d is not None or key.factor <= 0)):
            return False
        if _ranged(rows, index) and not isinstance(key, Num):
            return False
    plain = [index for index in range(len(keys)) if not _ranged(rows, index)]
    if not plain:
        return False
    same: dict[tuple[Any, ...], list[ListRow]] = {}
    for row in rows:
        cells = _cells(rows, row, keys)
        if cells is not None:
            same.setdefault(tuple(_said(row.keys[index], keys[index]) for index in plain), []).append(row)
    return not any(
        _overlap(one, other, keys, dated)
        for group in same.values()
        for position, one in enumerate(group)
        for other in group[position + 1 :]
    )


def _said(cell: str | Range | None, key: Value) -> object:
    return _units(cell, key.factor) if isinstance(key, Num) and isinstance(cell, str) else cell


def _overlap(one: ListRow, other: ListRow, keys: Sequence[Value], dated: bool) -> bool:
    if dated and ((one.last or date.max) < (other.first or date.min) or (other.last or date.max) < (one.first or date.min)):
        return False
    for cell, twin, key in zip(one.keys, other.keys, keys, strict=True):
        if isinstance(key, Num) and (isinstance(cell, Range) or isinstance(twin, Range)):
            low, high = _between(cell, key.factor)
            from_, to = _between(twin, key.factor)
            if high < from_ or to < low:
                return False
    return True


def _between(cell: str | Range | None, factor: Fraction) -> tuple[int, int]:
    """The whole units from the first through the last that a key cell stands for."""
    if not isinstance(cell, Range):
        units = None if cell is None else _units(cell, factor)
        return (1, 0) if units is None else (units, units)
    low, high = -NARROW, NARROW
    if cell.low is not None:
        units_low = cell.low / factor
        low = ceil(units_low) + (1 if units_low.denominator == 1 and not cell.low_included else 0)
    if cell.high is not None:
        units_high = cell.high / factor
        high = floor(units_high) - (1 if units_high.denominator == 1 and not cell.high_included else 0)
    return max(low, -NARROW), min(high, NARROW)


def _cells(rows: Sequence[ListRow], row: ListRow, keys: Sequence[Value]) -> tuple[object, ...] | None:
    """The key columns of a row of a list; None when no value of these kinds can be equal to its keys."""
    made: list[object] = []
    for index, (cell, key) in enumerate(zip(row.keys, keys, strict=True)):
        if _ranged(rows, index) and isinstance(key, Num):
            low, high = _between(cell, key.factor)
            if low > high:
                return None
            made += [low, high]
        elif isinstance(key, Num):
            units = _units(cell, key.factor) if isinstance(cell, str) else None
            if units is None:
                return None
            made.append(units)
        else:
            made.append(cell)
    return tuple(made)


def _key_on(rows: Sequence[ListRow], index: int, key: Value, alias: str) -> str:
    if _ranged(rows, index):
        return f"{_column(key)} between {alias}.a{index} and {alias}.b{index}"
    return f"{_column(key) if isinstance(key, Num) else text(key)} = {alias}.k{index}"


def _row_by_row(lookup: Lookup, keys: Sequence[Value], on: str | None) -> Num:
    """The first row of the list that fits, as a choice: for empty keys, and for rows of which the first counts."""
    branches: list[tuple[str, Num]] = []
    for row in lookup.rows:
        fits = [_fits(cell, key) for cell, key in zip(row.keys, keys, strict=True)]
        if on is not None:
            first, last = row.first or date.min, row.last or date.max
            fits.append(f"{on} between DATE '{first.isoformat()}' and DATE '{last.isoformat()}'")
        value = number.MISSING if row.value is None else number.constant(row.value)
        branches.append((f"coalesce({' and '.join(fits) or 'true'}, false)", value))
    return number.chosen(branches, number.MISSING) if branches else number.MISSING


def _fits(cell: str | Range | None, key: Value) -> str:
    if cell is None:
        return f"{_column(key)} is null"
    if isinstance(cell, str) and not isinstance(key, Num):
        from contractlang.engine.duckdb.session import literal

        return f"{text(key)} = {literal(cell)}"
    if not isinstance(key, Num):
        return "false"
    if isinstance(cell, str):
        try:
            return number.compared(key, Relation.EQUAL, number.constant(Fraction(cell)))
        except (ValueError, ZeroDivisionError):
            return "false"
    tests = []
    if cell.low is not None:
        sign = Relation.AT_LEAST if cell.low_included else Relation.ABOVE
        tests.append(number.compared(key, sign, number.constant(cell.low)))
    if cell.high is not None:
        sign = Relation.AT_MOST if cell.high_included else Relation.BELOW
        tests.append(number.compared(key, sign, number.constant(cell.high)))
    return " and ".join(tests) or f"{key.n} is not null"
