"""Files into tables of Spark: rows in the order of the file, all cells as texts until they are matched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import duckdb
from msgspec.structs import replace

from contractlang.base.workplace import scratch
from contractlang.data.database import connect
from contractlang.data.prepared import Prepared
from contractlang.engine.duck.load import Loaded, Loader, needed, quoted
from contractlang.engine.protocol import DataFault
from contractlang.engine.spark.database import Database
from contractlang.engine.spark.dialect import ROW
from contractlang.model.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

BLOCK = 1 << 22
TEXTS = {"string", "boolean", "date", "tinyint", "smallint", "int", "bigint"}  # types with one way of writing a value


class SparkLoader(Loader):
    """Loads tables into one database: plain files by Spark itself, others from a copy that the reader of DuckDB makes."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)  # type: ignore[arg-type]
        self.database = database
        self.number, self.also = f"s.{ROW} + 1", (ROW,)

    def load(self, index: int, table: Table, prepared: Prepared | None) -> Loaded:
        """The rows of a table with their cells read. Raises DataFault ZC802 for a file that is no delimited text."""
        prepared = prepared or Prepared(table.name, "", header=tuple(c.name for c in table.columns))
        columns = {column.name: f"c{position}" for position, column in enumerate(table.columns)}
        made = Loaded(f"r{index}", columns, needed(table), False)
        sizes: list[int] = []
        for at, one in enumerate(prepared.files):
            frame = self._read(one)
            if prepared.parts:  # rows are numbered on from those of the files before
                ((rows,),) = self.database.rows(frame.groupBy().count())
                frame = frame.withColumn(ROW, frame[ROW] + sum(sizes))
                sizes.append(rows)
            self.database.keep(f"f{index}_{at}", frame, checkpoint=False)
        made = replace(made, sizes=tuple(sizes))
        try:
            return self._created(made, prepared, index)
        except DataFault:  # numbers that are too long for the usual size
            return self._created(replace(made, wide=True), prepared, index)

    def _created(self, made: Loaded, prepared: Prepared, index: int) -> Loaded:
        cells = [
            self.selected(made.read, made.columns, one, f"f{index}_{at}", "s.fit", made.wide)
            for at, one in enumerate(prepared.files)
        ]
        self.database.execute(
            f"CREATE OR REPLACE TABLE {made.relation} AS {' UNION ALL '.join(one.typed for one in cells)}"
        )
        texts = (f"SELECT n, {at} AS part, ragged, texts FROM ({one.texts})" for at, one in enumerate(cells))
        return replace(made, texts=" UNION ALL ".join(texts))

    def _read(self, prepared: Prepared) -> DataFrame:
        """The rows of a file with rowid, fit and the texts of their cells."""
        if prepared.path is None:
            return self._of_rows(prepared)
        if prepared.parquet:
            found = self._of_parquet(prepared, prepared.path)
            return found if found is not None else self._of_copy(prepared)
        if not prepared.dialect.compressed and _plain(prepared.path):
            return self._of_lines(prepared, prepared.path)
        return self._of_copy(prepared)

    def _of_rows(self, prepared: Prepared) -> DataFrame:
        import pyarrow as pa

        width = len(prepared.header)
        cells = [[str(row[i]) if i < len(row) else "" for row in prepared.rows] for i in range(width)]
        columns = {f"f{i}": pa.array(texts, pa.string()) for i, texts in enumerate(cells)}
        columns["fit"] = pa.array([len(row) == width for row in prepared.rows], pa.bool_())
        columns[ROW] = pa.array(range(len(prepared.rows)), pa.int64())
        return self.database.session.createDataFrame(pa.table(columns))

    def _of_lines(self, prepared: Prepared, path: Path) -> DataFrame:
        """A file without quotes: a line is a row, and a delimiter ends a cell. Blank lines are no rows."""
        from pyspark.sql import functions as f

        lines = self.database.session.read.text(path.resolve().as_uri())
        lines = lines.where(f.length("value") > 0).select(
            "value", f.col("_metadata.file_block_start").alias("start"), f.monotonically_increasing_id().alias("id")
        )
        # numbers grow within a part of the file; where the part begins is known when the parts before it are counted
        parts = lines.groupBy("start").agg(f.min("id").alias("first"), f.count("*").alias("rows")).orderBy("start")
        first = f.lit(None).cast("bigint")
        before = -1  # the header is no row
        for start, least, rows in self.database.rows(parts):
            first = f.when(f.col("start") == start, f.lit(before - least)).otherwise(first)
            before += rows
        delimiter = prepared.dialect.delimiter
        cells = f.split("value", "\\" + delimiter if delimiter == "|" else delimiter, -1)
        numbered = lines.select((f.col("id") + first).alias(ROW), cells.alias("cells")).where(f.col(ROW) >= 0)
        width = len(prepared.header)
        texts = [f.coalesce(f.get("cells", f.lit(i)), f.lit("")).alias(f"f{i}") for i in range(width)]
        return numbered.select(ROW, (f.size("cells") == width).alias("fit"), *texts)

    def _of_parquet(self, prepared: Prepared, path: Path) -> DataFrame | None:
        """A Parquet file with types of which there is one text; None when some have more."""
        from pyspark.sql import functions as f

        read = self.database.session.read.parquet(path.resolve().as_uri())
        kinds = dict(read.dtypes)
        wanted = {f"f{i}": name for i, name in enumerate(prepared.header)}
        if tuple(read.columns) != prepared.header or any(
            kind not in TEXTS and not kind.startswith("decimal") for kind in kinds.values()
        ):
            return None
        texts = [f.col("`" + name.replace("`", "``") + "`").cast("string").alias(to) for to, name in wanted.items()]
        return read.select(f.col("_metadata.row_index").alias(ROW), f.lit(True).alias("fit"), *texts)

    def _of_copy(self, prepared: Prepared) -> DataFrame:
        """Quotes, ragged rows, packed files and odd types: read as the fast engine reads them, and written as plain texts."""
        path = Path(scratch() or ".") / f"contractlang-{uuid4().hex}.parquet"
        self.temporary.append(str(path))
        with connect() as connection:
            plain = Loader(connection)
            try:
                source, fit = plain.source(prepared)
                try:
                    _copy(connection, source, fit, path)
                except duckdb.InvalidInputException as fault:
                    if fit is not None or prepared.parquet:
                        told = str(fault).splitlines()[0]
                        raise DataFault("ZC802", file=prepared.origin, line="?", fault=told) from fault
                    _copy(connection, *plain.repaired(prepared), path)
            finally:
                plain.close()
        return self.database.session.read.parquet(path.resolve().as_uri())


def _copy(connection: duckdb.DuckDBPyConnection, source: str, fit: str | None, path: Path) -> None:
    query = f"SELECT row_number() OVER () - 1 AS {ROW}, {fit or 'true'} AS fit, s.* FROM {source} s"
    connection.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet)")


def _plain(path: Path) -> bool:
    """Whether no cell is quoted and every line ends in the same way."""
    last = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if b'"' in block:
                return False
            joined = last + block
            if b"\r" in joined and joined.count(b"\r") - joined.endswith(b"\r") > joined.count(b"\r\n"):
                return False
            last = b"\r" if block.endswith(b"\r") else b""
    return True
