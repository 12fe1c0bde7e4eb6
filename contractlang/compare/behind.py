"""The rows of data behind an effect: what each of them is paid more or less because of it.

An effect is a sum of settlements with weights, and so is what it does to a row. Rows stay in the files that the
settlements wrote; cents are added up as integers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

from msgspec import Struct


class RowEffect(Struct, frozen=True):
    """What an effect does to a row: its table, its number (None: it stands in no file), key and party; in euros.

    `file` says in which of the files of the table the row has that number; empty when the table is one file.
    """

    table: str
    file: str
    row: int | None
    key: str | None
    party: str | None
    amount: Fraction


class Behind(Struct, frozen=True):
    """The rows with the largest effects, how many rows there are with any, and what those come to together."""

    largest: tuple[RowEffect, ...]
    number: int
    total: Fraction


def rows_behind(lines: Mapping[Path, Fraction], spread: Collection[str], most: int) -> Behind:
    """The rows behind a sum of settlements: each file of lines (Parquet) with its weight.

    Rows of the tables in `spread` are made by the contract and numbered by each version anew; they are told by their keys.
    """
    if not lines:
        return Behind((), 0, Fraction(0))
    unit = lcm(*(weight.denominator for weight in lines.values()))
    parts = [
        f'SELECT "table", coalesce(file, \'\') AS file, {_number(spread)} AS "row", key, party, '
        f"CAST(payable * 100 AS HUGEINT) * {int(weight * unit)} AS part, {at} AS settlement "
        f"FROM read_parquet({_quoted(str(path))}) WHERE payable <> 0"
        for at, (path, weight) in enumerate(lines.items())
    ]
    rows = _asked(
        f"WITH parts AS ({' UNION ALL '.join(parts)}), "
        f'several AS (SELECT "table" FROM parts GROUP BY "table", settlement HAVING count(DISTINCT file) > 1), '
        f"apart AS (SELECT * REPLACE (CASE WHEN \"table\" IN (FROM several) THEN file ELSE '' END AS file) FROM parts), "
        f'behind AS (SELECT "table", file, "row", key, party, CAST(sum(part) AS HUGEINT) AS effect '
        f"FROM apart GROUP BY ALL HAVING effect <> 0), "
        f"every AS (SELECT count(*) AS number, CAST(coalesce(sum(effect), 0) AS HUGEINT) AS total FROM behind) "
        f"SELECT number, total, behind.* FROM every LEFT JOIN behind ON true "
        f'ORDER BY abs(effect) DESC, "table", file, "row", key, party LIMIT {max(1, most)}'
    )
    number, total = int(rows[0][0]), Fraction(int(rows[0][1]), 100 * unit)
    found = [
        RowEffect(table, file, row, key or None, party, Fraction(int(cents), 100 * unit))
        for _, _, table, file, row, key, party, cents in rows[:most]
        if table is not None
    ]
    return Behind(tuple(found), number, total)


def _number(spread: Collection[str]) -> str:
    made = ", ".join(_quoted(name) for name in sorted(spread))
    return (
        f'CASE WHEN "table" IN ({made}) THEN NULL ELSE CAST("row" AS BIGINT) END' if made else 'CAST("row" AS BIGINT)'
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _asked(query: str) -> Sequence[tuple[Any, ...]]:
    import duckdb  # heavy, and only here

    with duckdb.connect() as connection:
        return connection.execute(query).fetchall()
