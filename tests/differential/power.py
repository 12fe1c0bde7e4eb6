"""What generated cases come to: how many rows end where, how many ceilings bind. Rows that are not paid test little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any as Anything

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contractlang.engine.oracle.oracle import Oracle
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.model.contract import Contract
from contractlang.settling.settle import settle
from tests.differential.cut import contract_of, prepared, tables_of
from tests.differential.generate import Case, cases
from tests.differential.layers import layered
from tests.differential.models import Models, models
from tests.differential.two_tables import two_tables


def sample(cases: st.SearchStrategy[Anything], number: int) -> list[Anything]:
    """The same cases on every run."""
    found: list[Anything] = []

    @settings(max_examples=number, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(cases)
    def draw(case: Anything) -> None:
        found.append(case)

    draw()
    return found


def power(found: Sequence[Case | Models]) -> Counter[str]:
    """Counts over cases: `rows` and how they ended by status; `pairs`, rows of `several` heads, `negative` rows that are paid;
    `ceilings` that bind, and the `cases` with one; cases that `fault`."""
    counts: Counter[str] = Counter()
    for case in found:
        counts["cases"] += 1
        contract = contract_of(case.contract)
        data = prepared(contract, tables_of(case))
        engine = Oracle(contract, data, None)
        try:
            statement = settle(contract, engine, data, None)
        except (DataFault, BrokenLaw) as fault:
            counts["fault"] += 1
            counts[f"fault {fault.code}"] += 1
            continue
        counts.update(_rows(engine, contract))
        binding = {ceiling.head for ceiling in statement.ceilings if ceiling.cut.strip("-0.")}
        counts["ceilings"] += sum(1 for ceiling in statement.ceilings if ceiling.cut.strip("-0."))
        counts["binding"] += bool(binding)
        counts["nested binding"] += len(binding) > 1
        counts["paying"] += statement.rows.paid + statement.rows.partly > 0
    return counts


def _rows(engine: Oracle, contract: Contract) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in engine.lines():
        found["rows"] += 1
        found[line.status] += 1
        found[f"reason {line.reason}"] += line.reason is not None
        found["negative"] += line.payable is not None and line.payable < 0
    for table in contract.tables:
        heads = [one for one in engine._ledger.priced.values() if one.pay.selection.table == table.name]
        for row in engine._accepted(table.name):
            found["pairs"] += row.debit is not None
            found["several"] += sum(1 for one in heads if one.amounts.get(row)) > 1
    return found


MAKERS: dict[str, Callable[[], st.SearchStrategy[Anything]]] = {
    "cases": cases, "two tables": two_tables, "layers": layered, "payment models": models,
}  # fmt: skip

if __name__ == "__main__":
    for name, maker in MAKERS.items():
        print(name, dict(sorted(power(sample(maker(), 60)).items())))
