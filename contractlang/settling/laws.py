"""The conservation laws: what every settlement must add up to, checked on every run before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from contractlang.engine.protocol import BrokenLaw, Intake, Totals
from contractlang.model.contract import Contract
from contractlang.model.heads import Limit, Pay
from contractlang.settling.booked import on_rows
from contractlang.settling.entry import Entry
from contractlang.settling.limits import Ceiling
from contractlang.statement.figures import money
from contractlang.statement.model import CheckPart


class Settled(Struct, frozen=True):
    """All that the laws look at."""

    contract: Contract
    entries: Sequence[Entry]
    ceilings: Sequence[Ceiling]
    intake: Sequence[Intake]
    totals: Sequence[Totals]
    absorbed: Sequence[Entry] = ()
    advanced: Sequence[Entry] = ()


def check_laws(settled: Settled) -> tuple[CheckPart, ...]:
    """Every law with both sides. Raises BrokenLaw for the first that does not hold."""
    checks = (*_rows(settled), *_euros(settled), *_articles(settled))
    for check in checks:
        if check.left != check.right:
            raise BrokenLaw(check.law, check.left, check.right)
    return checks


def _rows(settled: Settled) -> Iterable[CheckPart]:
    """Every row ends in one place, and none twice."""
    totals = settled.totals
    read = {intake.table: intake for intake in settled.intake}
    ended = sum(
        t.rows_paid + t.rows_partly + t.rows_cut + t.rows_absorbed + t.rows_rejected + t.rows_pending for t in totals
    )
    yield CheckPart(law="rows_end_once", left=str(sum(read[t.table].rows for t in totals)), right=str(ended))
    refused = sum(one.rows for t in totals for one in read[t.table].refused if not one.pending)
    yield CheckPart(law="rows_rejected", left=str(refused), right=str(sum(t.rows_rejected for t in totals)))
    yield CheckPart(law="rows_not_multiplied", left=str(sum(t.duplicated for t in totals)), right="0")


def _euros(settled: Settled) -> Iterable[CheckPart]:
    """What was claimed is paid, cut, rejected or pending; what is cut is what the articles cut."""
    read = {intake.table: intake for intake in settled.intake}
    cut = -sum(entry.amount or 0 for entry in settled.entries if isinstance(entry.of, Limit) and on_rows(entry.of))
    left = right = 0
    for t in settled.totals:
        if t.submitted is None:
            left, right = left + t.priced, right + t.paid + t.absorbed
            continue
        rejected, pending = t.submitted_rejected or 0, t.submitted_pending or 0
        accepted = t.submitted - rejected - pending
        left += read[t.table].submitted or 0
        right += t.paid + t.absorbed + (accepted - t.priced) + rejected + pending
        refused = sum(one.submitted or 0 for one in read[t.table].refused if not one.pending)
        yield CheckPart(law="euros_rejected", left=money(refused), right=money(rejected))
    yield CheckPart(law="euros_end_once", left=money(left), right=money(right + cut))


def _articles(settled: Settled) -> Iterable[CheckPart]:
    """Rows add up to their articles, articles to the total, ceilings to what they cut."""
    entries = settled.entries
    priced = sum(entry.amount or 0 for entry in entries if isinstance(entry.of, Pay))
    advance = sum(entry.amount or 0 for entry in settled.advanced)
    shadow = sum(entry.amount or 0 for entry in settled.absorbed)
    yield CheckPart(
        law="priced", left=money(sum(t.priced for t in settled.totals)), right=money(priced + shadow + advance)
    )
    by_rows = sum(entry.amount or 0 for entry in entries if on_rows(entry.of))
    yield CheckPart(
        law="lines_and_articles", left=money(sum(t.paid for t in settled.totals)), right=money(by_rows + advance)
    )
    for head in settled.contract.heads:
        if isinstance(head, Limit):
            sign = 1 if head.charges else -1
            cut = sign * sum(ceiling.use.cut for ceiling in settled.ceilings if ceiling.limit.id == head.id)
            posted = sum(entry.amount or 0 for entry in entries if entry.of.id == head.id)
            yield CheckPart(law="ceiling_and_article", article=head.article, left=money(cut), right=money(posted))
    articles = {entry.of.article for entry in entries}
    per_article = [sum(entry.amount or 0 for entry in entries if entry.of.article == article) for article in articles]
    total = sum(entry.amount or 0 for entry in entries)
    yield CheckPart(law="articles_and_total", left=money(sum(per_article)), right=money(total))
