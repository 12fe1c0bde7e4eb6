"""Tariffs and lists: the value for keys on a day, and the versions of a list whose values come from data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.row import Row, Value, text_of
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract
from contractlang.model.expression import Cell, Role
from contractlang.model.lists import ListFromData, Lookup, Range
from contractlang.model.tables import Kind

Version = tuple[date | None, date | None, Fraction | None]
Versions = Mapping[tuple[Value, ...], tuple[Version, ...]]


class Lists:
    """The lists of a contract over accepted rows."""

    def __init__(self, contract: Contract, rows: Interpreter) -> None:
        self._contract = contract
        self._rows = rows
        self._from_data: dict[str, Versions] = {}

    def find(self, name: str, keys: Sequence[Value], day: date | None) -> Fraction | None:
        """The value for keys on a day, missing when there is none; no day: of a list without dates. Raises ZC801."""
        lookup = self._contract.lookup(name)
        if lookup.data is not None:
            for cells, versions in self.values(name).items():
                if _same(cells, keys):
                    return next((value for first, last, value in versions if _valid(first, last, day)), None)
            return None
        for row in lookup.rows:
            if _same(row.keys, keys) and _valid(row.first, row.last, day):
                return row.value
        return None

    def values(self, name: str) -> Versions:
        """All values of a list from data by key, by first day. Raises DataFault ZC801 when two are valid on one day."""
        if name not in self._from_data:
            lookup = self._contract.lookup(name)
            if lookup.data is None:
                raise ValueError(f"{name} has its values in the contract")
            self._from_data[name] = self._read(lookup, lookup.data)
        return self._from_data[name]

    def _read(self, lookup: Lookup, data: ListFromData) -> Versions:
        by_key: dict[tuple[Value, ...], list[Row]] = {}
        for row in self._rows.selected(data.selection):
            by_key.setdefault(tuple(row.cell(key) for key in lookup.keys), []).append(row)
        found: dict[tuple[Value, ...], tuple[Version, ...]] = {}
        for keys, rows in by_key.items():
            versions = [(*days, self._rows.number(data.value, row)) for row, days in self._validity(rows)]
            versions.sort(key=lambda version: version[0] or date.min)
            _refuse_overlap(lookup.name, keys, versions)
            found[keys] = tuple(versions)
        return found

    def _validity(self, rows: list[Row]) -> list[tuple[Row, tuple[date | None, date | None]]]:
        """The days on which the value of each row is valid, for rows with the same keys.

        By the span of the table; else from the date that decides year (failing that: period) until the day before the
        next such date; a year counts from 1 January through 31 December; without any date always.
        """
        table = rows[0].table
        if table.present is not None:
            first, last = table.present
            return [(row, (_day(row.cell(first)), _day(row.cell(last)))) for row in rows]
        roles = {deciding.role for deciding in table.deciding}
        role = next((one for one in (Role.YEAR, Role.PERIOD) if one in roles), None)
        if role is None:
            return [(row, (None, None)) for row in rows]
        starts = [(row, self._rows.decides(row, role)) for row in rows]
        found: list[tuple[Row, tuple[date | None, date | None]]] = []
        for row, start in starts:
            if start is not None and self._is_year(row, role):
                found.append((row, (start, date(start.year, 12, 31))))
                continue
            later = [other for _, other in starts if other is not None and start is not None and other > start]
            found.append((row, (start, min(later) - timedelta(days=1) if later else None)))
        return found

    def _is_year(self, row: Row, role: Role) -> bool:
        """Whether the date that decides is given as a year."""
        for deciding in row.table.deciding:
            for _, day in deciding.dates if deciding.role is role else ():
                if isinstance(day, Cell) and row.table.column(day.column).kind is Kind.NUMBER:
                    return True
        return False


def _refuse_overlap(name: str, keys: tuple[Value, ...], versions: list[Version]) -> None:
    """Two values on one day stop the settlement: the engine never chooses a price."""
    for index, (first, last, _) in enumerate(versions):
        for later_first, later_last, _ in versions[index + 1 :]:
            start = max((day for day in (first, later_first) if day is not None), default=None)
            end = min((day for day in (last, later_last) if day is not None), default=None)
            if start is None or end is None or start <= end:
                day = start if start is not None else end
                key = ", ".join(text_of(cell) for cell in keys)
                raise DataFault("ZC801", list=name, key=key, day="" if day is None else day.isoformat())


def _valid(first: date | None, last: date | None, day: date | None) -> bool:
    if day is None:
        return True
    return (first is None or first <= day) and (last is None or day <= last)


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _same(cells: Sequence[Value | Range], keys: Sequence[Value]) -> bool:
    """Whether every key is the one in the list: a range holds a number, an empty cell stands for an empty key."""
    return len(cells) == len(keys) and all(_one(cell, key) for cell, key in zip(cells, keys, strict=True))


def _one(cell: Value | Range, key: Value) -> bool:
    if isinstance(cell, Range):
        return isinstance(key, Fraction) and cell.holds(key)
    if cell is None or key is None:
        return cell is None and key is None
    if isinstance(key, Fraction) and isinstance(cell, str):
        return _number(cell) == key  # 2024 in a list is the year 2024, and 0.50 the number 0.5
    if isinstance(cell, Fraction) and isinstance(key, str):
        return _number(key) == cell
    return text_of(cell) == text_of(key)


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except ValueError:
        return None
