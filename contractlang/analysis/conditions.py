"""Conditions: tests on a row, on figures, in rejects, selections and guards."""

from __future__ import annotations

from contractlang.analysis.context import MISSING, Context
from contractlang.analysis.draft import Typed, constant
from contractlang.analysis.terms import day, elapsed, literal_text, named, quantity, tariff_day
from contractlang.analysis.unit_rules import comparable
from contractlang.base.units import EURO
from contractlang.model.expression import (
    All,
    Any,
    Arithmetic,
    AsOf,
    Cell,
    Compare,
    Condition,
    Empty,
    Holds,
    Listed,
    Matched,
    Not,
    Number,
    OneOf,
    Present,
    Relation,
    Repeated,
    Selection,
    StartsWith,
    Unknown,
    Unpaired,
    Within,
    Yes,
)  # fmt: skip
from contractlang.syntax.tree import Node, Word

OF_THE_FILE = {"repeated", "repeated_in_file", "credit_without_debit"}  # asked of a row as it stands in its file
NEVER = Any(())  # stands where a condition could not be read: it never holds
RELATIONS = {
    "below": Relation.BELOW, "above": Relation.ABOVE, "at_most": Relation.AT_MOST, "at_least": Relation.AT_LEAST,
    "before_day": Relation.BELOW, "after_day": Relation.ABOVE,
}  # fmt: skip


def read_guard(context: Context, node: Node) -> Condition:
    """`when` or `unless` with its condition."""
    condition = read_condition(context, node.node(0))
    return Not(condition) if node.rule == "unless" else condition


def read_condition(context: Context, node: Node) -> Condition:
    """A condition as written: one test, or several that all or any hold."""
    match node.rule:
        case "all_of":
            return All(tuple(_test(context, part) for part in node.nodes()))
        case "any_of":
            return Any(tuple(_test(context, part) for part in node.nodes()))
    return _test(context, node.node(0)) if node.rule == "condition" else _test(context, node)


def _test(context: Context, node: Node) -> Condition:
    if node.rule in OF_THE_FILE and not context.rejecting:
        context.draft.fault("ZC329", node)
        return NEVER
    match node.rule:
        case "is_yes" | "is_no":
            return _truth(context, node)
        case "credit_without_debit":
            if context.table is None or context.draft.tables[context.table].credit is None:
                context.draft.fault("ZC240", node, table=context.table or "-")
            return Unpaired()
        case "repeated" | "repeated_in_file":
            return _repeated(context, node)
        case "is_unknown":
            return _unknown(context, node)
    left = _term(context, node.node(0))
    if left.kind == "missing":
        return NEVER
    match node.rule:
        case "is" | "is_not":
            equal = _equal(context, left, node.node(1).word(0))
            return Not(equal) if node.rule == "is_not" else equal
        case "is_one_of" | "is_not_one_of":
            one = _one_of(context, left, list(node.node(1).words()))
            return Not(one) if node.rule == "is_not_one_of" else one
        case "is_empty":
            return Empty(left.expression)
        case "is_not_empty":
            return Not(Empty(left.expression))
        case "starting_with":
            return _starts(context, left, node)
        case "outside_term":
            return _outside_term(context, left, node)
        case "present_in" | "not_present_in" | "is_in" | "is_not_in":
            return _elsewhere(context, left, node)
    return _bound(context, left, node)


def _term(context: Context, node: Node) -> Typed:
    match node.rule:
        case "elapsed":
            return elapsed(context, node)
        case "as_of_day":
            return Typed(AsOf(), "date", place=node.place)
        case "tariff_date":
            return tariff_day(context, node)
    before, context.testing = context.testing, True
    found = named(context, node.word(0))
    context.testing = before
    return found


def _truth(context: Context, node: Node) -> Condition:
    word = node.word(0)
    block = context.draft.resolved(word.string)
    if block and block.group and block.group.condition is not None and context.column(word.string) is None:
        context.draft.mentioned.add(word.string)
        return Not(Holds(word.string)) if node.rule == "is_no" else Holds(word.string)
    found = named(context, word)
    if found.kind == "missing":
        return NEVER
    if found.kind != "truth" or not isinstance(found.expression, Cell):
        context.draft.fault("ZC303", word, name=word.string, kind=found.kind)
        return NEVER
    yes = Yes(found.expression.column)
    return Not(yes) if node.rule == "is_no" else yes


def _equal(context: Context, left: Typed, word: Word) -> Condition:
    right = literal_text(context, word, left)
    if left.kind == "truth" and right.kind == "truth" and isinstance(left.expression, Cell):
        yes = Yes(left.expression.column)
        return yes if word.terminal == "_YES" else All((Not(Empty(left.expression)), Not(yes)))
    if left.kind == "text" and right.kind == "text":
        _known_code(context, left, word)
    elif not comparable(context, left, right, word):
        return NEVER
    return Compare(left.expression, Relation.EQUAL, right.expression)


def _known_code(context: Context, left: Typed, word: Word) -> None:
    """A code that the column's own `one of` does not have can never be found: almost surely a typing error."""
    if not isinstance(left.expression, Cell):
        return
    column = context.column(left.expression.column)
    text = word.string if word.terminal in ("NAME", "STRING") else word.text
    if column and column.codes and text not in column.codes:
        code = Word(word.terminal, text, text, word.place)
        context.draft.unknown("ZC241", code, column.codes, column=column.name)


def _one_of(context: Context, left: Typed, words: list[Word]) -> Condition:
    if left.kind == "text":
        for word in words:
            _known_code(context, left, word)
        return OneOf(left.expression, tuple(w.string if w.terminal in ("NAME", "STRING") else w.text for w in words))
    return Any(tuple(_equal(context, left, word) for word in words))


def _starts(context: Context, left: Typed, node: Node) -> Condition:
    if left.kind != "text":
        context.draft.fault("ZC304", node, kind=left.kind)
    return StartsWith(left.expression, node.word(1).string)


def _outside_term(context: Context, left: Typed, node: Node) -> Condition:
    if left.kind != "date":
        context.draft.fault("ZC301", node, name=node.node(0).word(0).text, kind=left.kind)
    term = context.draft.term
    if term is None:
        return NEVER
    return All((Not(Empty(left.expression)), Not(Within(left.expression, term.first, term.last))))


def _elsewhere(context: Context, left: Typed, node: Node) -> Condition:
    name, draft = node.word(1), context.draft
    table = draft.tables.get(name.string)
    negate = node.rule in ("not_present_in", "is_not_in")
    block = draft.resolved(name.string) if table is None else None
    if block is not None and block.selection is not None and node.rule in ("is_in", "is_not_in"):
        return _among(context, left, node, block.selection)
    if table is None:
        draft.unknown("ZC242", name, [*draft.tables, *(n for n, b in draft.defines.items() if b.selection is not None)])
        return NEVER
    draft.mentioned.add(name.string)
    column = _matching_column(context, left, name.string)
    if column is None:
        draft.fault("ZC243", node, column=node.node(0).word(0).text, table=name.string)
        return NEVER
    draft.used.add((name.string, column))
    found: Condition
    if node.rule in ("present_in", "not_present_in"):
        if table.present is None:
            draft.fault("ZC244", name, table=name.string)
            return NEVER
        found = Present(left.expression, name.string, column, day(context, node.node(2)).expression)
    else:
        found = Listed(left.expression, name.string, column)
    return Not(found) if negate else found


def _among(context: Context, left: Typed, node: Node, selection: Selection) -> Condition:
    """Whether a row of a define with rows holds the same thing."""
    name, draft = node.word(1), context.draft
    draft.mentioned.add(name.string)
    column = _matching_column(context, left, selection.table)
    if column is None:
        draft.fault("ZC243", node, column=node.node(0).word(0).text, table=name.string)
        return NEVER
    draft.used.add((selection.table, column))
    found = Matched(selection, ((left.expression, column),))
    return Not(found) if node.rule == "is_not_in" else found


def _matching_column(context: Context, left: Typed, table: str) -> str | None:
    """The column of the other table that holds the same thing: the same name, else its only person, party or key."""
    if not isinstance(left.expression, Cell):
        return None
    own = context.column(left.expression.column)
    columns = context.draft.tables[table].columns
    same = [c.name for c in columns if own and c.name == own.name]
    kinds = [c.name for c in columns if own and own.word in ("person", "party") and c.word == own.word]
    if same or len(kinds) == 1:
        return (same or kinds)[0]
    return context.draft.tables[table].key if own and own.word == "text" else None  # a reference to its key


def _repeated(context: Context, node: Node) -> Condition:
    names = [word.string for word in node.node(0).words()]
    keeping = [word.string for word in node.node(1).words()] if node.has(1) else []
    for name in (*names, *keeping):
        context.read_column(name, node)
    return Repeated(tuple(names), tuple(keeping))


def _unknown(context: Context, node: Node) -> Condition:
    found = _term(context, node.node(0))
    name = node.node(0).word(0).string
    column = context.column(name)
    if column is None or not column.codes:
        if found.kind != "missing":
            context.draft.fault("ZC245", node, name=name)
        return NEVER
    return Unknown(name)


def _bound(context: Context, left: Typed, node: Node) -> Condition:
    relation = RELATIONS[node.rule]
    right_node = node.node(1)
    if node.rule in ("before_day", "after_day"):
        right = day(context, right_node)
        if left.kind != "date":
            context.draft.fault("ZC301", node, name=node.node(0).word(0).text, kind=left.kind)
    elif right_node.rule == "money_amount":
        right = constant(right_node.word(0).number, EURO, place=right_node.place)
    elif right_node.rule == "plain_quantity":
        right = quantity(right_node.node(0))
    elif right_node.rule == "as_of_day":
        right = Typed(AsOf(), "date", place=right_node.place)
    elif right_node.rule == "plain_percent":
        right = constant(right_node.word(0).number, percent=True, place=right_node.place)
    else:
        right = named(context, right_node.word(0))
    if right is MISSING or right.kind == "missing" or not comparable(context, left, right, right_node):
        return NEVER
    return Compare(left.expression, relation, _in_unit_of(context, left, right).expression)


def _in_unit_of(context: Context, left: Typed, right: Typed) -> Typed:
    """A bare number beside a measure in a unit counts in the unit in which that column is written."""
    if (
        isinstance(right.expression, Number)
        and not right.unit.of
        and left.unit.of
        and isinstance(right.expression, Number)
    ):
        cell = _cell_of(left)
        if cell and context.table:
            factor = context.draft.factors.get((context.table, cell.column))
            if factor:
                return right.but(Number(right.expression.value * factor, left.unit), unit=left.unit)
    return right


def _cell_of(typed: Typed) -> Cell | None:
    expression = typed.expression
    if isinstance(expression, Arithmetic):
        expression = expression.left
    return expression if isinstance(expression, Cell) else None
