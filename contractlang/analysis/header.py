"""The contract block: parties, term, settlement period, rounding, look-back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from contractlang.analysis.draft import Draft
from contractlang.analysis.labels import refuse_unknown
from contractlang.analysis.terms import quantity
from contractlang.base.calendar import Every, LookBack, Span
from contractlang.base.exact import CENT, Mode, Rounding
from contractlang.base.source import Place
from contractlang.model.contract import Parties
from contractlang.model.expression import Number, Role
from contractlang.syntax.tree import Document, Line, Node

EVERY = {
    "_MONTH": Every.MONTH,
    "_QUARTER": Every.QUARTER,
    "_CALENDAR_YEAR": Every.YEAR,
    "_ISO_WEEK": Every.WEEK,
    "_DAY_E": Every.DAY,
    "_TERM_E": Every.TERM,
}
MODES = {"_HALF_AWAY": Mode.HALF_AWAY, "_HALF_EVEN": Mode.HALF_EVEN, "_DOWN": Mode.DOWN, "_UP": Mode.UP}
FARTHEST = date(2099, 12, 31)
MOST_QUARTERS = 400


def read_header(draft: Draft, document: Document) -> None:
    """Find the one contract block and read its lines; what every contract must say and does not is a fault."""
    heads = [block for block in document.blocks if block.rule == "contract"]
    for extra in heads[1:]:
        draft.fault("ZC202", extra)
    if not heads or heads[0].node is None:
        return
    head = heads[0]
    if next(block for block in document.blocks if block.node is not None) is not head:
        draft.fault("ZC203", head)
    assert head.node is not None
    draft.name, draft.version = head.node.word(0).string, head.node.word(1).string
    seen: dict[str, Line] = {}
    for line in head.lines:
        rule = "provider" if line.rule in ("provider_each", "provider_as") else line.rule
        if rule in seen and rule:
            draft.fault("ZC204", line, label=rule, line=seen[rule].place.line)
        seen[rule] = line
        if line.node is not None:
            _line(draft, line, line.node)
    for label in ("payer", "provider", "term", "settle", "rounded"):
        if label not in seen and "" not in seen:
            draft.fault("ZC205", head, label=label)


def _line(draft: Draft, line: Line, node: Node) -> None:
    match node.rule:
        case "payer":
            draft.parties = replace(draft.parties, payer=_text(draft, node, "payer"))
        case "provider":
            draft.parties = Parties(draft.parties.payer, _text(draft, node, "provider"))
        case "provider_as":
            draft.whose = node.place
            written, column = node.word(1), node.word(2).string
            code = written.string if written.terminal in ("NAME", "STRING") else written.text
            draft.parties = Parties(draft.parties.payer, _text(draft, node, "provider"), None, column, False, code)
        case "provider_each":
            column, table = node.word(0).string, node.word(1).string
            separately = node.node(2).word(0).terminal == "_SEPARATELY"
            draft.parties = Parties(draft.parties.payer, None, table, column, separately)
        case "term":
            _term(draft, node)
        case "settle":
            every = EVERY.get(node.node(0).word(0).terminal)
            if every is None or every is Every.DAY:
                draft.fault("ZC206", node)
            else:
                draft.settle = every
        case "rounded":
            draft.rounding = read_rounding(draft, node.node(0), ("grain_row",))
            if draft.rounding and draft.rounding.step % CENT:
                draft.fault("ZC207", node)
        case "reopens":
            _look_back(draft, node)
        case "reopens_through":
            draft.lookback = LookBack(through=node.word(0).day)
            draft.lookback_words = draft.source.excerpt(node.place).strip()
        case "for_every_limit":
            draft.limit_labels = line.lines
            refuse_unknown(draft, line.lines, "limit")


def _look_back(draft: Draft, node: Node) -> None:
    """A whole number of quarters; which rows it holds back is told by their receipt dates."""
    quarters = node.node(0).word(0).number
    if quarters.denominator != 1 or not 0 <= quarters <= MOST_QUARTERS:
        draft.fault("ZC213", node, most=str(MOST_QUARTERS))
        return
    draft.lookback = LookBack(quarters=int(quarters))
    draft.lookback_words = draft.source.excerpt(node.place).strip()


def note_look_back(draft: Draft) -> None:
    """Say what the look-back does: nothing when no column tells when a row was received."""
    roles = [{deciding.role for deciding in table.deciding} for table in draft.tables.values()]
    if draft.lookback is not None:
        held = any({Role.PERIOD, Role.RECEIPT} <= known for known in roles)
        draft.default("reopens_rows" if held else "reopens", where=draft.lookback_words)


def _text(draft: Draft, node: Node, what: str) -> str:
    word = node.word(0)
    if word.terminal == "HOLE":
        draft.hole(what, word.place)
        return "…"
    return word.string


def _term(draft: Draft, node: Node) -> None:
    days = []
    for index, standby in ((0, date(2000, 1, 1)), (1, FARTHEST)):
        word = node.word(index)
        if word.terminal == "HOLE":
            draft.hole("term", word.place)
        days.append(word.day if word.terminal == "DATE" else standby)
    if days[1] < days[0]:
        draft.fault("ZC208", node, first=days[0], last=days[1])
        days[1] = days[0]
    draft.term = Span(days[0], days[1])


def read_rounding(draft: Draft, node: Node, grains: tuple[str, ...] = ("grain_row", "grain_amount")) -> Rounding | None:
    """A written rounding: mode and step. `grains` are those that may stand behind it; others are refused, for a value
    that is rounded on its own knows no group to be rounded with.
    """
    grain = node.parts[2] if len(node.parts) > 2 else None
    if isinstance(grain, Node) and grain.rule not in grains:
        draft.fault("ZC212", grain)
    mode = MODES[node.node(0).word(0).terminal]
    step = _step(node)
    if step <= 0:
        draft.fault("ZC209", node.node(1))
        return None
    return Rounding(mode, step)


def _step(node: Node) -> Fraction:
    """The step in canonical units: `€ 0.01`, `0.1 %`, `15 minutes` (a quarter of an hour)."""
    written = node.node(1)
    if written.rule != "quantity":
        return node.word(1).number
    counted = quantity(written).expression
    assert isinstance(counted, Number)
    return counted.value


def check_parties(draft: Draft) -> None:
    """The column that names the parties must exist and be of type party."""
    parties = draft.parties
    if parties.code is not None:
        known = any(table.own for table in draft.tables.values())
        if not known and parties.column not in draft.lost and not draft.torn:
            draft.fault("ZC214", draft.whose or Place(1, 1, 2), column=parties.column)
        return
    if parties.table is None or parties.column is None:
        return
    table = draft.tables.get(parties.table)
    place = next((p for name, p in draft.declared.items() if name == parties.table), None)
    if table is None and parties.table in draft.lost:
        return
    if table is None:
        draft.fault("ZC210", place or Place(1, 1, 2), name=parties.table, known=", ".join(draft.tables) or "-")
    elif table.name not in draft.torn and all(
        column.name != parties.column or column.word != "party" for column in table.columns
    ):
        draft.fault("ZC211", place or Place(1, 1, 2), table=parties.table, column=parties.column)
    else:
        draft.used.add((parties.table, parties.column))
