"""A spread in SQL: the accepted rows of its source, one for every period of the term for which they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractlang.base.calendar import Span, periods, span_of
from contractlang.engine.duck.emit import days_between
from contractlang.engine.duck.load import Loaded, quoted
from contractlang.engine.protocol import DataFault
from contractlang.model.tables import DAY, NAME, PERIOD, PRESENT, WHOLE, Counted, Overlap, Spread, Table

if TYPE_CHECKING:
    from contractlang.engine.duck.accept import Accepted, Acceptor


def spread(acceptor: Acceptor, table: Table, index: int) -> Loaded:
    """The rows of a spread as a loaded table. Raises DataFault ZC807 when rows of a person overlap and may not."""
    made = table.spread
    assert made is not None
    source = acceptor.accepted(made.table)
    columns = {column.name: f"c{position}" for position, column in enumerate(table.columns)}
    read = tuple(column for column in table.columns if column.name.startswith(".") or column in source.loaded.read)
    cells = {column.name: f"w.{source.columns[column.name]}" for column in read if not column.name.startswith(".")}
    person = "CAST(NULL AS VARCHAR)" if made.person is None else f"w.{source.columns[made.person]}"
    cells |= {
        PERIOD: "p.name", DAY: "p.mark", PRESENT: "CAST(p.present AS BIGINT)", WHOLE: "CAST(p.whole AS BIGINT)",
        NAME: f"concat_ws(' ', {person}, p.name)",
    }  # fmt: skip
    listed = ", ".join(f"{cells[column.name]} AS {columns[column.name]}" for column in read)
    relation = f"r{index}"
    acceptor.connection.execute(
        f"CREATE TABLE {relation} AS SELECT {listed}, false AS bad, "
        f"{_twice(made, person)} AS twice, {person} AS who, w.n AS source FROM {_source(acceptor, source, made)} ORDER BY w.n, p.name"
    )
    if made.counted is Counted.BY_DAYS and made.person is not None:
        _by_days(acceptor, relation, columns, [columns[column.name] for column in read], made)
    if made.overlap is Overlap.STOPS:
        found = acceptor.connection.execute(
            f"SELECT {columns[NAME]} FROM {relation} WHERE twice ORDER BY {columns[NAME]} LIMIT 1"
        ).fetchone()
        if found:
            raise DataFault("ZC807", table=made.table, name=str(found[0]))
    if made.overlap is Overlap.ONCE:
        acceptor.connection.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT * FROM {relation} WHERE NOT twice ORDER BY rowid"
        )
    return Loaded(relation, columns, read, source.loaded.wide)


def _by_days(acceptor: Acceptor, relation: str, columns: dict[str, str], read: list[str], made: Spread) -> None:
    """Counted by days, rows of a person may share a period as long as they share no day of it."""
    first, days, period = columns[DAY], columns[PRESENT], columns[PERIOD]
    other = "o.source < w.source" if made.overlap is Overlap.ONCE else "o.source <> w.source"
    same = (
        f"o.who = w.who AND o.{period} = w.{period} AND {other} AND o.{first} < w.{first} + CAST(w.{days} AS INTEGER) "
        f"AND w.{first} < o.{first} + CAST(o.{days} AS INTEGER)"
    )
    acceptor.connection.execute(
        f"CREATE OR REPLACE TABLE {relation} AS SELECT {', '.join(f'w.{name}' for name in read)}, w.bad, "
        f"EXISTS (SELECT 1 FROM {relation} o WHERE {same}) AS twice, w.who, w.source FROM {relation} w ORDER BY w.rowid"
    )


def _twice(made: Spread, person: str) -> str:
    """Whether another row of the person counts for the same period: an earlier one, or any when both are refused."""
    if made.person is None:
        return "false"
    by = f"PARTITION BY {person}, p.name"
    if made.overlap is Overlap.ONCE:
        return f"row_number() OVER ({by} ORDER BY w.n) > 1"
    return f"count(*) OVER ({by}) > 1"


def _source(acceptor: Acceptor, source: Accepted, made: Spread) -> str:
    """The accepted rows (w) with the periods (p) for which they count, the day that decides and the days present."""
    emitter = acceptor.over(source)
    where = emitter.condition(made.where)
    assert source.table.present is not None
    first, last = (f"w.{source.columns[column]}" for column in source.table.present)
    begin = f"greatest(p.first, coalesce({first}, p.first))"
    end = f"least(p.last, coalesce({last}, p.last))"
    on = "p.mark" if made.counted in (Counted.FIRST_DAY, Counted.FIFTEENTH) else begin
    present = f"({days_between(begin, end)} + 1)"
    inside = (
        f"{begin} <= {end}" if on == begin else f"p.mark BETWEEN coalesce({first}, p.mark) AND coalesce({last}, p.mark)"
    )
    rows = f"{source.relation} w {' '.join(emitter.joins)}"
    return (
        f"(SELECT w.* FROM {rows} WHERE w.reason IS NULL AND {where}) w JOIN LATERAL (SELECT p.name, {on} AS mark, "
        f"{present} AS present, p.whole FROM {_periods(acceptor.contract.term, made)} p WHERE {inside}) p ON true"
    )


def _periods(term: Span, made: Spread) -> str:
    """Every period with its days in the term, the day on which it is counted, and the days of the whole period."""
    rows = []
    for name in periods(term, made.over):
        whole = span_of(name, term)
        window = whole.overlap(term)
        mark = whole.first if made.counted is not Counted.FIFTEENTH else whole.first.replace(day=15)
        if made.counted in (Counted.FIRST_DAY, Counted.FIFTEENTH) and mark not in term:
            continue
        rows.append(f"({quoted(name)}, DATE '{window.first}', DATE '{window.last}', DATE '{mark}', {whole.days})")
    if not rows:
        rows, none = [f"('', DATE '{term.first}', DATE '{term.first}', DATE '{term.first}', 1)"], " WHERE false"
    else:
        none = ""
    return f"(SELECT * FROM (VALUES {', '.join(rows)}) v(name, first, last, mark, whole){none})"
