"""Data blocks: columns with their types, units and attributes."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.analysis.conditions import read_condition, read_guard
from contractlang.analysis.context import Context
from contractlang.analysis.draft import Draft
from contractlang.base.units import DAY, EURO, HOUR, NUMBER, WRITTEN, Unit
from contractlang.model.expression import Cell, Compare, Condition, Relation, Role, Text
from contractlang.model.tables import Column, Credit, Deciding, EmptyMeans, Kind, Table
from contractlang.syntax.tree import Line, Node

DAYPART, YEAR_UNIT = WRITTEN["daypart"][0], NUMBER
# type word -> (kind, word, unit, factor to canonical, decimals unless said)
TYPES: dict[str, tuple[Kind, str, Unit, Fraction, int]] = {
    "_TEXT": (Kind.TEXT, "text", NUMBER, Fraction(1), 0),
    "_PERSON": (Kind.TEXT, "person", NUMBER, Fraction(1), 0),
    "_PARTY": (Kind.TEXT, "party", NUMBER, Fraction(1), 0),
    "_ONE_OF": (Kind.TEXT, "one of", NUMBER, Fraction(1), 0),
    "_DATE_T": (Kind.DATE, "date", NUMBER, Fraction(1), 0),
    "_YES_OR_NO": (Kind.TRUTH, "yes or no", NUMBER, Fraction(1), 0),
    "_EURO": (Kind.NUMBER, "euro", EURO, Fraction(1), 2),
    "_HOURS_T": (Kind.NUMBER, "hours", HOUR, Fraction(1), 3),
    "_MINUTES_T": (Kind.NUMBER, "minutes", HOUR, Fraction(1, 60), 3),
    "_DAYS_T": (Kind.NUMBER, "days", DAY, Fraction(1), 3),
    "_DAYPARTS_T": (Kind.NUMBER, "dayparts", DAYPART, Fraction(1), 3),
    "_COUNT_T": (Kind.NUMBER, "count", NUMBER, Fraction(1), 3),
    "_NUMBER_T": (Kind.NUMBER, "number", NUMBER, Fraction(1), 3),
    "_PERCENT_T": (Kind.NUMBER, "percent", NUMBER, Fraction(1), 6),
    "_FRACTION_T": (Kind.NUMBER, "fraction", NUMBER, Fraction(1), 8),
    "_YEAR_T": (Kind.NUMBER, "year", YEAR_UNIT, Fraction(1), 0),
}
UNIT_WORDS = {
    "_EACH": "each", "_PER_HOUR": "hour", "_PER_MINUTE": "minute", "_PER_DAY": "day", "_PER_DAYPART": "daypart",
    "_PER_WEEK": "week", "_PER_MONTH": "month", "_PER_QUARTER": "quarter", "_PER_YEAR": "year",
}  # fmt: skip
ROLES = {"_R_YEAR": Role.YEAR, "_R_TARIFF": Role.TARIFF, "_R_PERIOD": Role.PERIOD, "_R_RECEIPT": Role.RECEIPT}
EMPTIES = {
    "_NO_END": EmptyMeans.NO_END, "_NOT_YET": EmptyMeans.UNKNOWN, "_NONE": EmptyMeans.UNKNOWN,
    "_UNKNOWN_L": EmptyMeans.UNKNOWN, "_NO_LIMIT": EmptyMeans.NO_LIMIT,
}  # fmt: skip


class _Building(Struct):
    """A column while its attributes are read; what it decides and credits belongs to the table."""

    column: Column
    key: bool = False
    submitted: bool = False
    choices: list[tuple[Condition, Unit, Fraction]] = field(default_factory=list)
    words: list[tuple[Condition, str]] = field(default_factory=list)
    deciding: list[tuple[Role, Node | None]] = field(default_factory=list)
    credit: Node | None = None


def read_tables(draft: Draft, blocks: list[Line]) -> None:
    """All data blocks: first every table with its columns, then what refers to columns."""
    pairs = []
    for block in blocks:
        assert block.node is not None
        word = block.node.node(0).word(0) if block.node.node(0).rule == "name" else block.node.node(0).parts[0]
        if draft.declare(word):  # type: ignore[arg-type]
            pairs.append((block, _table(draft, block, str(word.string))))  # type: ignore[union-attr]
    for block, builds in pairs:
        _finish(draft, block, builds)


def _table(draft: Draft, block: Line, name: str) -> list[_Building]:
    node = block.node
    assert node is not None
    builds: list[_Building] = []
    for line in block.lines:
        if line.node is None:
            continue
        if line.rule == "column":
            built = _column(draft, name, line.node)
            if any(other.column.name == built.column.name for other in builds):
                draft.fault("ZC220", line, name=built.column.name)
            else:
                builds.append(built)
    if not builds and all(line.node is not None for line in block.lines):
        draft.fault("ZC221", block, name=name)
    present = (node.word(2).string, node.word(3).string) if node.has(2) else None
    file = node.word(1).string if node.has(1) else None
    aliases = tuple(word.string for word in node.node(0).words())[1:]
    draft.tables[name] = Table(name, tuple(b.column for b in builds), present=present, file=file, aliases=aliases)
    return builds


def _column(draft: Draft, table: str, node: Node) -> _Building:
    draft.check_name(next(iter(node.node(0).words())), column=True)
    names = [part.string for part in node.node(0).words()]
    kind_node = node.node(1)
    plain = kind_node.node(0) if kind_node.rule == "column_type" else kind_node.node(0).node(0)
    kind, word, unit, factor, decimals = TYPES[next(iter(plain.words())).terminal]
    codes = tuple(literal.string if literal.terminal in ("NAME", "STRING") else literal.text
                  for literal in list(plain.words())[1:]) if word == "one of" else ()  # fmt: skip
    if node.has(2):
        base, share = WRITTEN[UNIT_WORDS[node.node(2).word(0).terminal]]
        unit, factor = unit.per(base), factor / share
        decimals = max(decimals, 4) if word == "euro" else decimals
    built = _Building(Column(names[0], tuple(names), kind, word, decimals, word == "percent", codes))
    if kind_node.rule == "unit_choices":
        _choices(draft, kind_node, built)
        unit, factor = NUMBER, Fraction(1)
    per = UNIT_WORDS[node.node(2).word(0).terminal] if node.has(2) else ""
    built.column = replace(built.column, unit=unit, per=per, words=tuple(built.words))
    draft.units[table, names[0]] = unit
    draft.factors[table, names[0]] = factor
    for attribute in node.parts[3:]:
        if isinstance(attribute, Node):
            _attribute(draft, attribute, built)
    return built


def _choices(draft: Draft, node: Node, built: _Building) -> None:
    for choice in node.nodes():
        _, word, unit, factor, _ = TYPES[choice.node(0).word(0).terminal]
        literal = choice.word(2)
        condition = Compare(Cell(choice.word(1).string), Relation.EQUAL, Text(literal.string))
        built.choices.append((condition, unit, factor))
        built.words.append((condition, word))
        if TYPES[choice.node(0).word(0).terminal][0] is not Kind.NUMBER:
            draft.fault("ZC222", choice, word=word)


def _attribute(draft: Draft, node: Node, built: _Building) -> None:
    column = built.column
    match node.rule:
        case "key":
            built.key = True
        case "whole":
            built.column = replace(column, decimals=0)
        case "decimals":
            built.column = replace(column, decimals=int(node.word(0).number))
            if node.word(0).number > 15 or node.word(0).number.denominator != 1:
                draft.fault("ZC223", node)
                built.column = replace(column, decimals=9)
        case "empty_means":
            word = node.node(0).word(0)
            if word.terminal == "NUMBER" and word.number != 0:
                draft.fault("ZC224", node)
            built.column = replace(column, empty=EMPTIES.get(word.terminal, EmptyMeans.ZERO))
        case "heading":
            built.column = replace(column, headings=(node.word(0).string, *column.headings))
        case "submitted":
            built.submitted = True
        case "decides":
            guard = next((part for part in node.nodes() if part.rule in ("when", "unless")), None)
            roles = [part.word(0).terminal for part in node.nodes() if part.rule == "role"]
            built.deciding += [(ROLES[role], guard) for role in roles]
        case "credit_of":
            built.credit = node


def _finish(draft: Draft, block: Line, builds: list[_Building]) -> None:
    node = block.node
    assert node is not None
    name = draft_name(node)
    table = draft.tables[name]
    context = Context(draft, table=name)
    for built in builds:
        for condition, unit, factor in built.choices:
            context.read_column(condition.left.column, node)  # type: ignore[union-attr]
            draft.choices.setdefault((name, built.column.name), []).append((condition, unit, factor))
    roles: dict[Role, list[tuple[Condition | None, Cell]]] = {}
    for built in builds:
        for role, guard in built.deciding:
            if built.column.kind is not Kind.DATE and built.column.word != "year":
                draft.fault("ZC225", block, column=built.column.name)
            guarded = read_guard(context, guard) if guard else None
            roles.setdefault(role, []).append((guarded, Cell(built.column.name)))
            draft.used.add((name, built.column.name))
    for role, dates in roles.items():
        if sum(condition is None for condition, _ in dates) > 1:
            draft.fault("ZC226", block, role=role.value, columns=", ".join(cell.column for _, cell in dates))
    keys = [built.column.name for built in builds if built.key]
    submitted = next((built.column.name for built in builds if built.submitted), None)
    for column in (*keys, *(table.present or ()), *((submitted,) if submitted else ())):
        context.read_column(column, node)
    party = draft.parties.column if any(c.name == draft.parties.column for c in table.columns) else None
    if party:
        draft.used.add((name, party))
    code = draft.parties.code
    told = code is not None and any(c.name == party and c.word == "party" for c in table.columns)
    draft.tables[name] = replace(
        table,
        deciding=tuple(
            Deciding(role, tuple(sorted(dates, key=lambda d: d[0] is None))) for role, dates in roles.items()
        ),
        submitted=submitted,
        party=party if draft.parties.separately else None,
        own=(party, code) if told and party is not None and code is not None else None,
        key=keys[0] if keys else None,
        credit=next((_credit(context, built) for built in builds if built.credit), None),
    )


def draft_name(node: Node) -> str:
    """The name of a block with an alias."""
    return next(iter(node.node(0).words())).string


def _credit(context: Context, built: _Building) -> Credit:
    node = built.credit
    assert node is not None
    key = context.read_column(node.word(0).string, node)
    matched = tuple(word.string for word in node.node(2).words())
    for name in (*matched, built.column.name):
        context.read_column(name, node)
    return Credit(key, built.column.name, read_condition(context, node.node(1)), matched)
