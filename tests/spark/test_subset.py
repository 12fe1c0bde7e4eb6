"""The subset of SQL that the emitter may use: whatever is not listed here has no rule for Spark, or has not been looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contractlang.analysis.check import check
from contractlang.base.workplace import workplace
from contractlang.data.prepare import bound_files, cleanup
from contractlang.engine.duck import duck
from contractlang.settling.example import run_example

exp = pytest.importorskip("sqlglot.expressions")

from contractlang.engine.spark.dialect import parsed, spoken  # noqa: E402
from contractlang.engine.spark.spark import counted  # noqa: E402

ROOT = Path(__file__).parents[2]
CONTRACTS = [
    *sorted((ROOT / "contracts" / "mechanisms").glob("*.en.zc")),
    *sorted((ROOT / "tests" / "models").glob("*.zc")),
]
STATEMENTS = {"Create", "Drop", "Insert", "Select"}
CLAUSES = {
    "Alias", "CTE", "Column", "ColumnDef", "DataType", "DataTypeParam", "Distinct", "Filter", "From", "Group", "Having",
    "Identifier", "IgnoreNulls", "Join", "Lateral", "Limit", "Literal", "Order", "Ordered", "Paren", "Placeholder", "Schema", "Star",
    "Subquery", "Table", "TableAlias", "Tuple", "Union", "Values", "Var", "Where", "Window", "WindowSpec", "With",
}  # fmt: skip
OPERATORS = {
    "Add", "And", "Between", "Boolean", "Bracket", "Case", "Cast", "EQ", "Exists", "GT", "GTE", "If", "In", "IntDiv",
    "Interval", "Is", "LT", "LTE", "Like", "Mod", "Mul", "NEQ", "Neg", "Not", "Null", "NullSafeEQ", "NullSafeNEQ", "Or", "Slice",
    "Sub", "TryCast", "Array", "DPipe",
}  # fmt: skip
FUNCTIONS = {
    "Abs", "AnyValue", "ArgMin", "Chr", "Coalesce", "ConcatWs", "Count", "DateDiff", "DateFromParts", "Day", "Explode", "Greatest",
    "LastDay", "Least", "Length", "LogicalOr", "Lower", "Max", "Min", "Month", "Quarter", "RegexpFullMatch", "Replace",
    "RowNumber", "Sign", "StartsWith", "Sum", "TimeToStr", "TimestampTrunc", "Translate", "WeekOfYear", "Year",
}  # fmt: skip
NAMED = {"hash", "isoyear", "strlen"}  # functions that the library does not know
READERS = {"ReadCSV", "ReadParquet", "Struct", "PropertyEQ"}  # of the loader alone: Spark has its own
OF_DUCKDB = ("SELECT current_setting", "SET search_path")  # a second connection; that of Spark has none to find


class Recording:
    """A connection that notes what it is asked."""

    def __init__(self, connection: Any, noted: set[str]) -> None:
        self.connection, self.noted = connection, noted

    def execute(self, sql: str, *parameters: Any) -> Any:
        self.noted.add(sql)
        return self.connection.execute(sql, *parameters)

    def cursor(self) -> Recording:
        return Recording(self.connection.cursor(), self.noted)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


@pytest.fixture(scope="module")
def emitted() -> set[str]:
    """Every statement that the examples of the mechanisms and of the models make the fast engine write."""
    noted: set[str] = set()
    for path in CONTRACTS:
        contract = check(path.read_text(encoding="utf-8"), path.name, str(path.parent)).contract
        assert contract is not None, path.name
        files = bound_files(contract)
        with workplace():
            for example in contract.examples:
                run_example(contract, example, lambda c, d, a: _recorded(c, d, a, noted), files)
        cleanup(files)
    return {sql for sql in noted if not sql.startswith(OF_DUCKDB)}


def _recorded(contract: Any, data: Any, as_of: Any, noted: set[str]) -> Any:
    made = duck.Duck(contract, data, as_of, Recording(duck.connect(), noted))  # type: ignore[arg-type]
    made.acceptor.marked = counted
    return made


def words(sql: str) -> Iterator[str]:
    """What a statement is made of."""
    for statement in parsed(sql):
        for node in statement.walk():
            yield node.name.lower() if isinstance(node, exp.Anonymous) else type(node).__name__


def test_nothing_beyond_the_subset_is_emitted(emitted: set[str]) -> None:
    """Functions that read files stand in statements of the loader only."""
    assert len(emitted) > 500
    allowed = STATEMENTS | CLAUSES | OPERATORS | FUNCTIONS | NAMED
    strange: dict[str, str] = {}
    for sql in emitted:
        loads = sql.startswith("CREATE TABLE r") or "AS ragged" in sql
        strange |= dict.fromkeys(set(words(sql)) - allowed - (READERS if loads else set()), sql)
    assert not strange


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT quantile(a, 0.5) FROM t",
        "SELECT random() FROM t",
        "SELECT list_sort(a) FROM t",
        "PIVOT t ON a USING sum(b)",
    ],
)
def test_a_function_outside_the_subset_is_noticed(sql: str) -> None:
    assert set(words(sql)) - (STATEMENTS | CLAUSES | OPERATORS | FUNCTIONS | NAMED | READERS)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT sum(a) FROM t", "SELECT SUM(CAST(`a` AS DECIMAL(38, 0))) FROM `t`"),
        ("SELECT a // 7 FROM t", "SELECT CAST(`a` AS BIGINT) DIV CAST(7 AS BIGINT) FROM `t`"),
        (
            "SELECT CAST(a AS HUGEINT) // 7 FROM t",
            "SELECT CAST((CAST(CAST(`a` AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) - CAST(CAST(`a` AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) "
            "% CAST(7 AS DECIMAL(38, 0))) / CAST(7 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) FROM `t`",
        ),
        (
            "SELECT TRY_CAST(a AS DATE) FROM t",
            r"SELECT CASE WHEN `a` RLIKE '\\A(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}\\z' THEN TRY_CAST(`a` AS DATE) END FROM `t`",
        ),
        ("SELECT date_diff('day', a, b) FROM t", "SELECT CAST(DATEDIFF(`b`, `a`) AS BIGINT) FROM `t`"),
        ("SELECT w.q0[2], w.f1[10], a[1:4] FROM t w", "SELECT `w`.`q0`[1], SUBSTRING(`w`.`f1`, 10, 1), SUBSTRING(`a`, 1, 4) FROM `t` AS `w`"),
        ("SELECT a FROM (SELECT a FROM t ORDER BY a) ORDER BY a", "SELECT `a` FROM (SELECT `a` FROM `t`) ORDER BY `a` NULLS LAST"),
        ("SELECT hash(a, b), isoyear(c) FROM t", "SELECT XXHASH64(`a`, `b`), EXTRACT(YEAROFWEEK FROM `c`) FROM `t`"),
    ],
)  # fmt: skip
def test_what_means_something_else_on_spark_is_said_otherwise(sql: str, said: str) -> None:
    (statement,) = parsed(sql)
    assert spoken(statement) == said
