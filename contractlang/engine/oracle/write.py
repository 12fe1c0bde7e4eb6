"""Lines as a file: CSV or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from contractlang.engine.protocol import Line

COLUMNS = ("table", "row", "key", "party", "submitted", "priced", "payable", "status", "reason", "articles", "file")
AMOUNTS = ("submitted", "priced", "payable")


def write_lines(found: Iterable[tuple[Line, str, int]], path: str) -> None:
    """Write lines, each with its file and its number there: Parquet when the name ends so, else CSV.

    Amounts have two places, nothing is empty.
    """
    records = [_record(line, file, row) for line, file, row in found]
    if Path(path).suffix.lower() == ".parquet":
        _parquet(records, path)
        return
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(["" if cell is None else cell for cell in record] for record in records)


def _record(line: Line, file: str, row: int) -> tuple[object, ...]:
    money = [_euros(amount) for amount in (line.submitted, line.priced, line.payable)]
    return (line.table, row, line.key, line.party, *money, line.status, line.reason, " ".join(line.articles), file)


def _euros(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount).scaleb(-2)


def _parquet(records: list[tuple[object, ...]], path: str) -> None:
    import duckdb  # heavy, and only here: it writes what has been decided

    kinds = dict.fromkeys(AMOUNTS, "DECIMAL(38, 2)") | {"row": "BIGINT"}
    columns = ", ".join(f'"{name}" {kinds.get(name, "VARCHAR")}' for name in COLUMNS)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE lines ({columns})")
        if records:
            connection.executemany(f"INSERT INTO lines VALUES ({', '.join('?' for _ in COLUMNS)})", records)
        target = path.replace("'", "''")
        connection.execute(f"COPY lines TO '{target}' (FORMAT parquet)")
