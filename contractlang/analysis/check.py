"""Syntax tree to core model: the passes, in order. All faults of all blocks at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.analysis.articles import declare_articles, read_heads
from contractlang.analysis.data import read_tables
from contractlang.analysis.defines import declare_defines, resolve_all
from contractlang.analysis.draft import Draft
from contractlang.analysis.examples import read_examples
from contractlang.analysis.framework.compose import Composed, compose
from contractlang.analysis.header import check_parties, note_look_back, read_header
from contractlang.analysis.indexing import apply_indexes, declare_indexes
from contractlang.analysis.lint import lint
from contractlang.analysis.lookups import read_lookups
from contractlang.analysis.order import ask_unlined, note_earned, place_amounts, refuse_estimates, settle_order
from contractlang.analysis.recomputed import refuse_recomputed
from contractlang.analysis.rejects import read_rejects
from contractlang.analysis.reports import read_reports
from contractlang.analysis.scales import read_scales
from contractlang.base.diagnostics import Diagnostic
from contractlang.base.exact import CENT, Mode, Rounding
from contractlang.base.source import Place
from contractlang.model.contract import Article, Contract, Example, Framework, Hole, Term
from contractlang.model.heads import Head, Pay, Report
from contractlang.model.tables import Column, Table
from contractlang.syntax.parse import read
from contractlang.syntax.tree import Document, Line

MOST_FAULTS = 500
NO_FRAMEWORKS: Mapping[str, str] = MappingProxyType({})


class Work(Struct):
    """The tree, what is known so far, and what the passes made of it."""

    document: Document
    draft: Draft
    unread: bool = False  # lines that could not be read
    articles: tuple[Article, ...] = ()
    heads: list[Head] = field(default_factory=list)
    reports: tuple[Report, ...] = ()
    examples: tuple[Example, ...] = ()

    def blocks(self, *rules: str) -> list[Line]:
        """The blocks of these kinds, in the order written."""
        return [block for block in self.document.blocks if block.rule in rules]


class Checked(Struct, frozen=True):
    """The outcome of a check: the contract when it can be used, and all findings."""

    document: Document
    contract: Contract | None
    findings: tuple[Diagnostic, ...]
    holes: tuple[Hole, ...] = ()  # their places as the findings have them
    frameworks: tuple[Framework, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that are errors."""
        return tuple(found for found in self.findings if found.severity == "error")


def _heads(work: Work) -> None:
    blocks = work.blocks("article")
    heads = read_heads(work.draft, blocks)
    refuse_estimates(work.draft, heads)
    refuse_recomputed(work.draft, heads)
    work.heads = settle_order(work.draft, heads)
    ask_unlined(work.draft, work.heads, heads)
    work.heads = note_earned(work.draft, work.heads)


def _reports(work: Work) -> None:
    blocks = work.blocks("report")
    work.draft.reported = {next(iter(b.node.node(0).words())).string for b in blocks if b.node}
    work.reports = read_reports(work.draft, blocks)


def _articles(work: Work) -> None:
    work.articles = declare_articles(work.draft, work.blocks("article"))


def _examples(work: Work) -> None:
    work.examples = read_examples(work.draft, work.blocks("example"))


PASSES: tuple[Callable[[Work], None], ...] = (
    lambda work: read_header(work.draft, work.document),
    lambda work: read_tables(work.draft, work.blocks("data")),
    lambda work: check_parties(work.draft),
    lambda work: note_look_back(work.draft),
    lambda work: declare_defines(work.draft, work.blocks("define")),
    lambda work: declare_indexes(work.draft, work.blocks("index")),
    lambda work: read_scales(work.draft, work.blocks("scale")),
    lambda work: read_lookups(work.draft, work.blocks("lookup")),
    lambda work: apply_indexes(work.draft, work.blocks("index")),
    _articles,
    lambda work: resolve_all(work.draft),
    lambda work: read_rejects(work.draft, work.blocks("reject")),
    _heads,
    _reports,
    _examples,
    lambda work: lint(work.draft, work.document, work.unread),
)


def check(
    text: str, name: str = "contract.zc", folder: str = "", frameworks: Mapping[str, str] = NO_FRAMEWORKS
) -> Checked:
    """Read and check a contract text. Never raises on any text.

    `name` is what findings call the file, `folder` where files beside the contract are looked for, `frameworks` texts
    that stand for files of these names. The contract is None when an error stands among the findings.
    """
    composed = compose(*read(text, name), folder, frameworks)
    document, faults = composed.document, composed.faults
    if not composed.whole:
        return Checked(document, None, _unique(faults), (), composed.frameworks)
    draft = Draft(document.source, folder)
    work = Work(document, draft, any(fault.severity == "error" for fault in faults))
    _note_unread(draft, document)
    try:
        for step in PASSES:
            step(work)
    except RecursionError:
        draft.fault("ZC199", document.blocks[0] if document.blocks else Line(None, Place(1, 1, 2)))
    unread = {fault.place.line for fault in faults}  # one finding for a line that cannot be read
    findings = _unique([*faults, *(fault for fault in draft.faults if fault.place.line not in unread)])
    broken = any(found.severity == "error" for found in findings)
    contract = None if broken else _contract(work, text, composed)
    return Checked(document, contract, findings, tuple(draft.holes), composed.frameworks, composed.terms)


def _note_unread(draft: Draft, document: Document) -> None:
    """What stands in lines that could not be read may be what other lines refer to: no faults follow from that."""
    for block in document.blocks:
        unread = [line for line in (block, *block.lines) if line.node is None]
        for line in unread:
            draft.lost |= set(re.findall(r"[\w-]+", document.source.excerpt(line.place)))
        if unread and block.node is not None and block.rule == "data":
            draft.torn.add(next(iter(block.node.node(0).words())).string)


def _unique(faults: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, one error per place, in the order of the text."""
    seen: set[tuple[object, ...]] = set()
    found: list[Diagnostic] = []
    for fault in sorted(faults, key=lambda f: (f.place.line, f.place.column, f.severity != "error")):
        mark = (fault.code, fault.place, tuple(sorted(fault.arguments.items())))
        if mark not in seen:
            seen.add(mark)
            found.append(fault)
    return tuple(found[:MOST_FAULTS])


def _contract(work: Work, text: str, composed: Composed) -> Contract:
    draft = work.draft
    assert draft.term is not None
    _use_sources(draft)
    paid = {head.selection.table for head in work.heads if isinstance(head, Pay)}
    heads = tuple(place_amounts(draft, work.heads, head) for head in work.heads)
    defines = tuple(
        place_amounts(draft, work.heads, block.group) for block in draft.defines.values() if block.group is not None
    )
    defines += tuple(draft.constants.values())
    reports = tuple(place_amounts(draft, work.heads, report) for report in work.reports)
    return Contract(
        draft.name, draft.version, draft.source.language, hashlib.sha256(text.encode()).hexdigest(), draft.parties,
        draft.term, draft.settle, draft.rounding or Rounding(Mode.HALF_AWAY, CENT),
        tuple(_table(draft, table, table.name in paid) for table in draft.tables.values()),
        tuple(replace(info.lookup, unit=info.unit, percent=info.percent) for info in draft.lookups.values()),
        tuple(draft.scales.values()), defines, work.articles, heads, reports,
        tuple(composed.placed(example) for example in work.examples),
        tuple(composed.placed(hole) for hole in draft.holes), tuple(draft.defaults), draft.lookback, draft.folder,
        tuple(draft.indexes.values()), composed.frameworks, composed.terms,
    )  # fmt: skip


def _use_sources(draft: Draft) -> None:
    """A column of a spread is a column of the table that it is made from."""
    for table in draft.tables.values():
        if table.spread is not None:
            own = {name for of, name in draft.used if of == table.name}
            draft.used |= {(table.spread.table, name) for name in own}


def _table(draft: Draft, table: Table, paid: bool) -> Table:
    columns: tuple[Column, ...] = tuple(
        replace(column, used=(table.name, column.name) in draft.used) for column in table.columns
    )
    return replace(table, columns=columns, paid=paid)
