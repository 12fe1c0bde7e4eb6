"""Credits find the debits that they reverse."""

from __future__ import annotations

from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.row import Row
from contractlang.model.tables import CREDIT_WITHOUT_DEBIT, Credit, Table


def pair(table: Table, accepted: list[Row], of: Interpreter) -> None:
    """Pair every credit with its debit; a credit without one gets a reason, which rejects it.

    All pairs are found before any credit reads from its debit.
    """
    credit = table.credit
    if credit is None:
        return
    is_credit = {row: of.holds(credit.when, row) for row in accepted}
    debits = [row for row in accepted if not is_credit[row]]
    taken: set[Row] = set()
    pairs: list[tuple[Row, Row]] = []
    for row in accepted:
        if not is_credit[row]:
            continue
        debit = next((one for one in debits if one not in taken and _reverses(row, one, credit)), None)
        if debit is None:
            row.unpaired = True
            row.reason = _reason(table, row, of)
        else:
            taken.add(debit)
            pairs.append((row, debit))
    for row, debit in pairs:
        row.debit = debit


def _reverses(row: Row, debit: Row, credit: Credit) -> bool:
    """Whether a credit names this debit and is equal to it in every matched column; empty equals empty there.

    A credit that names nothing reverses nothing.
    """
    named = row.cell(credit.reference)
    if named is None or debit.cell(credit.key) != named:
        return False
    return all(row.cell(column) == debit.cell(column) for column in credit.matched)


def _reason(table: Table, row: Row, of: Interpreter) -> str:
    """The reason of the contract's own rule for an unpaired credit, else that of the language.

    Rules that do not ask for a pair have been tested before, and none of them held.
    """
    for rule in table.rejects:
        if of.holds(rule.when, row):
            return rule.reason
    return CREDIT_WITHOUT_DEBIT
