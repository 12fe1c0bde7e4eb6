"""A spread row by row: every accepted row of the source, for every period of the term for which it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from contractlang.base.calendar import Span, periods, span_of
from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.row import Row
from contractlang.engine.protocol import DataFault
from contractlang.model.expression import Selection
from contractlang.model.tables import DAY, NAME, OVERLAP, PERIOD, PRESENT, WHOLE, Counted, Overlap, Spread, Table


def spread(table: Table, made: Spread, of: Interpreter) -> list[Row]:
    """The rows of a spread. Raises DataFault ZC807 when rows of a person overlap and may not."""
    found: list[Row] = []
    seen: dict[tuple[object, object], list[Row]] = {}
    for source in of.selected(Selection(made.table, made.where)):
        for cells in _counted(source, made, of.contract.term):
            own = {**source.cells, **cells}
            person = "" if made.person is None else str(source.cell(made.person) or "")
            name = f"{person} {cells[PERIOD]}".strip()
            own[NAME] = name
            row = Row(table, 0, {**source.texts, NAME: name}, own, {})
            same = seen.setdefault((person, cells[PERIOD]), []) if made.person is not None else []
            twice = [other for other in same if _together(other, row, made)]
            same.append(row)
            if twice and made.overlap is Overlap.ONCE:
                continue
            for one in (*twice, row) if twice else ():
                one.repeated_in_period = True
            found.append(row)
    for number, row in enumerate(found, start=1):
        row.number = number
    twice = sorted((row for row in found if row.repeated_in_period), key=lambda row: row.name or "")
    if twice and made.overlap is Overlap.STOPS:
        raise DataFault("ZC807", table=made.table, name=str(twice[0].name))
    for row in twice:
        row.reason = OVERLAP
    return found


def _together(one: Row, other: Row, made: Spread) -> bool:
    """Whether two rows of a person cannot both count for a period: counted by days, they must share a day."""
    if made.counted is not Counted.BY_DAYS:
        return True
    spans = []
    for row in (one, other):
        first, days = row.cells[DAY], row.cells[PRESENT]
        assert isinstance(first, date)
        assert isinstance(days, Fraction)
        spans.append((first, first + timedelta(int(days) - 1)))
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _counted(source: Row, made: Spread, term: Span) -> Iterator[dict[str, str | date | Fraction]]:
    """The columns of a spread for every period for which a row counts."""
    assert source.table.present is not None
    first, last = (source.cell(column) for column in source.table.present)
    for name in periods(term, made.over):
        whole = span_of(name, term)
        window = whole.overlap(term)
        begin = max(window.first, first) if isinstance(first, date) else window.first
        end = min(window.last, last) if isinstance(last, date) else window.last
        days = Fraction((end - begin).days + 1)
        mark = begin
        if made.counted in (Counted.FIRST_DAY, Counted.FIFTEENTH):
            mark = whole.first if made.counted is Counted.FIRST_DAY else whole.first.replace(day=15)
            if mark not in term or not begin <= mark <= end:
                continue
        if days > 0:
            yield {PERIOD: name, DAY: mark, PRESENT: days, WHOLE: Fraction(whole.days)}
