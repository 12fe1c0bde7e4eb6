"""Spark behind the part of a DuckDB connection that the plans use: statements in, rows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any as Anything

import duckdb
from sqlglot import exp

from contractlang.base.workplace import ResourceFault
from contractlang.engine.protocol import DataFault
from contractlang.engine.spark.dialect import ROW, parsed, spoken

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

DIGITS = 38  # of the widest whole number of Spark
TOO_LARGE = (
    "NUMERIC_VALUE_OUT_OF_RANGE",
    "ARITHMETIC_OVERFLOW",
    "CAST_OVERFLOW",
    "CAST_INVALID_INPUT",
    "BINARY_ARITHMETIC_OVERFLOW",
)
OUT_OF_MEMORY = ("OutOfMemoryError", "java heap space")


class Database:
    """Tables of one engine. A table is worked out when it is made, once, and kept where Spark keeps checkpoints."""

    def __init__(self, session: SparkSession, tables: dict[str, DataFrame] | None = None) -> None:
        self.session = session
        self.tables = {} if tables is None else tables
        self.given = 0
        self.table: pa.Table | None = None  # what the last query gave
        self.place = 0  # how many of its rows were fetched

    # ---------------------------------------------------------------- as a DuckDB connection

    def execute(self, sql: str, parameters: Sequence[Anything] | None = None) -> Database:
        """Run statements. Raises DataFault ZC803 for numbers of too many digits, duckdb.OutOfMemoryException."""
        for statement in parsed(sql):
            self._run(statement, list(parameters or ()))
        return self

    def fetchall(self) -> list[tuple[Anything, ...]]:
        """The rows that were not fetched yet."""
        return self.fetchmany(-1)

    def fetchone(self) -> tuple[Anything, ...] | None:
        """The next row, if there is one."""
        return next(iter(self.fetchmany(1)), None)

    def fetchmany(self, size: int) -> list[tuple[Anything, ...]]:
        """The next rows, at most so many; all for a negative size."""
        assert self.table is not None
        part = self.table.slice(self.place, size if size >= 0 else None)
        self.place += part.num_rows
        return list(zip(*map(_cells, part.itercolumns()), strict=True)) if part.num_columns else []

    def cursor(self) -> Database:
        """The same tables, for rows that are fetched while others are asked."""
        return Database(self.session, self.tables)

    def query_progress(self) -> float:
        """Not known."""
        return -1.0

    def close(self) -> None:
        """Forget the tables; Spark removes what nobody names any more."""
        for name in self.tables:
            self.session.catalog.dropTempView(name)
        self.tables.clear()

    # ---------------------------------------------------------------- statements

    def _run(self, statement: exp.Expr, parameters: list[Anything]) -> None:
        match statement:
            case exp.Create(this=exp.Schema()):
                self._declare(statement)
            case exp.Create():
                query = self._bound(statement.expression, parameters)
                frame = self.frame(self._numbered(query))
                self.keep(statement.this.name, frame, checkpoint=statement.args["kind"] == "TABLE")
            case exp.Insert():
                self._insert(statement, parameters)
            case exp.Drop():
                for table in statement.find_all(exp.Table):
                    self.tables.pop(table.name, None)
                    self.session.catalog.dropTempView(table.name)
            case exp.Select() | exp.SetOperation():
                frame = self.frame(self._bound(statement, parameters))
                # columns without a name of their own may be called alike
                self.table, self.place = self.fetched(frame.toDF(*(f"x{i}" for i in range(len(frame.columns))))), 0
            case _:
                raise ValueError(f"no statement for this database: {type(statement).__name__}")

    def frame(self, query: exp.Expr) -> DataFrame:
        """A query, not worked out yet."""
        with _told():
            return self.session.sql(spoken(query))

    def query(self, sql: str) -> pa.Table:
        """The rows of a query in the dialect of DuckDB."""
        (statement,) = parsed(sql)
        return self.fetched(self.frame(statement))

    def keep(self, name: str, frame: DataFrame, checkpoint: bool = True) -> None:
        """Work out a table and keep it under a name, in the place of another of that name."""
        self.tables[name] = self._checkpointed(frame) if checkpoint else frame
        self.tables[name].createOrReplaceTempView(name)

    def _checkpointed(self, frame: DataFrame) -> DataFrame:
        reliable = self.session.sparkContext.getCheckpointDir() is not None
        with _told():
            return frame.checkpoint() if reliable else frame.localCheckpoint()

    def fetched(self, frame: DataFrame) -> pa.Table:
        """The rows of a query."""
        with _told():
            return frame.toArrow()

    def rows(self, frame: DataFrame) -> list[tuple[Anything, ...]]:
        """The rows of a frame."""
        return list(zip(*map(_cells, self.fetched(frame).itercolumns()), strict=True))

    def _declare(self, statement: exp.Create) -> None:
        columns = ", ".join(f"{one.name} {one.args['kind'].sql(dialect='spark')}" for one in statement.this.expressions)
        self.keep(statement.this.this.name, self.session.createDataFrame([], columns), checkpoint=False)

    def _insert(self, statement: exp.Insert, parameters: list[Anything]) -> None:
        name = statement.this.name
        before = self.tables[name]
        added = self.frame(self._bound(statement.expression, parameters))
        named = added.toDF(*before.columns)
        cast = [named[field.name].cast(field.dataType).alias(field.name) for field in before.schema]
        self.keep(name, before.unionAll(self._checkpointed(named.select(*cast))), checkpoint=False)

    def _numbered(self, query: exp.Expr) -> exp.Expr:
        """A table that is made in an order has the places of its rows, as every table of DuckDB has."""
        order = query.args.get("order")
        if not isinstance(query, exp.Select) or order is None:
            return query
        query.set("order", None)
        window = exp.Window(this=exp.RowNumber(), order=order)
        for star in query.expressions:
            if isinstance(star, exp.Star):  # all columns of a table that has places already
                star.set("except_", [exp.to_identifier(ROW)])
        return query.select(exp.alias_(exp.Sub(this=window, expression=exp.Literal.number(1)), ROW), copy=False)

    def _bound(self, query: exp.Expr, parameters: list[Anything]) -> exp.Expr:
        """A query with its parameters: columns of a table of their own, or written out."""
        holes = list(query.find_all(exp.Placeholder, bfs=False))
        if not holes:
            return query
        columns: dict[str, tuple[exp.DataType, list[Anything]]] = {}
        for hole, value in zip(holes, parameters, strict=True):
            column = hole.find_ancestor(exp.Explode)
            if column is None:
                hole.replace(exp.Literal.string(value))
                continue
            name = f"p{len(columns)}"
            cast = hole.find_ancestor(exp.Cast)
            assert cast is not None
            columns[name] = (cast.to.expressions[0], value)
            column.replace(exp.column(name))
        if columns:
            assert isinstance(query, exp.Select)
            query.from_(self._of_columns(columns), copy=False)
        return query

    def _of_columns(self, columns: dict[str, tuple[exp.DataType, list[Anything]]]) -> str:
        import pyarrow as pa

        arrays = {name: pa.array(_values(kind, values), _arrow(kind)) for name, (kind, values) in columns.items()}
        self.given += 1
        name = f"given{id(self)}_{self.given}"
        self.keep(name, self.session.createDataFrame(pa.table(arrays)), checkpoint=False)
        return name


def _arrow(kind: exp.DataType) -> pa.DataType:
    import pyarrow as pa

    for name, made in (("INT", pa.int32()), ("BIGINT", pa.int64()), ("DATE", pa.date32()), ("BOOLEAN", pa.bool_())):
        if kind.is_type(name):
            return made
    return pa.decimal128(DIGITS, 0) if kind.is_type("INT128") else pa.string()


def _values(kind: exp.DataType, values: list[Anything]) -> list[Anything]:
    if not kind.is_type("INT128"):
        return values
    if any(value is not None and abs(value) >= 10**DIGITS for value in values):
        raise DataFault("ZC803", digits=str(DIGITS + 1))
    return [None if value is None else Decimal(value) for value in values]


def _cells(column: pa.ChunkedArray) -> list[Anything]:
    """The values of a column; whole numbers as such."""
    import pyarrow as pa

    cells: list[Anything] = column.to_pylist()
    if pa.types.is_decimal(column.type) and column.type.scale == 0:
        return [None if cell is None else int(cell) for cell in cells]
    if pa.types.is_list(column.type):
        return [cell if cell is None else [int(x) if isinstance(x, Decimal) else x for x in cell] for cell in cells]
    return cells


@contextmanager
def _told() -> Iterator[None]:
    """What Spark says, as what a DuckDB connection would raise, or as a fault with a code.

    A statement that Spark does not understand stays what it is: a fault of the program.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import AnalysisException, ArithmeticException, PySparkException

    try:
        yield
    except AnalysisException:
        raise
    except (PySparkException, Py4JError) as fault:
        text = str(fault)
        if isinstance(fault, ArithmeticException) or any(part in text for part in TOO_LARGE):
            raise DataFault("ZC803", digits=str(DIGITS + 1)) from fault
        if any(part in text for part in OUT_OF_MEMORY):
            raise duckdb.OutOfMemoryException(text.splitlines()[0]) from fault
        raise ResourceFault("ZC965", fault=text.strip().split("\n")[0][:300]) from fault
