"""Put what was settled into a Statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.base.exact import CENT, Mode, Rounding, round_to
from contractlang.data.prepared import Places, Prepared, data_name, file_names, places
from contractlang.engine.protocol import BadCell, Engine, Intake, Refused, Totals
from contractlang.model.contract import Contract
from contractlang.model.heads import Deduct, Distribute, Fixed, GuaranteeDue, Head, Limit, Manual, OnTop, Pay, WhenOwed
from contractlang.settling.cash import Cash
from contractlang.settling.distribute import Part, share_part
from contractlang.settling.entry import Entry
from contractlang.settling.limits import Ceiling
from contractlang.statement.figures import figure, money
from contractlang.statement.model import (
    Amounts,
    ArticlePart,
    BadCellPart,
    CashPart,
    CeilingPart,
    CheckPart,
    ContractPart,
    DataPart,
    DefaultPart,
    DuePart,
    FilePart,
    FrameworkPart,
    OrderPart,
    PartyTotal,
    RefusedPart,
    ReportPart,
    RowCounts,
    Statement,
)

MOST_BAD_CELLS = 100


class Run(Struct, frozen=True):
    """What one settlement brought about."""

    contract: Contract
    prepared: Mapping[str, Prepared]
    as_of: date | None
    engine: str
    intake: Sequence[Intake]
    totals: Sequence[Totals]
    entries: Sequence[Entry]
    ceilings: Sequence[Ceiling]
    shares: Sequence[Part] = ()
    cash: Sequence[Cash] = ()
    absorbed: Sequence[Entry] = ()


def compose(
    run: Run,
    engine: Engine,
    parties: tuple[str | None, ...],
    reports: tuple[ReportPart, ...],
    checks: tuple[CheckPart, ...],
) -> Statement:
    """The statement of a run whose laws hold."""
    titles = _articles(run)
    made = {table.name for table in run.contract.tables if table.made}
    read = [one for one in run.totals if one.table not in made]  # rows that a spread makes were claimed by nobody
    rejected = _rejected(run)
    bad = [(intake, cell) for intake in run.intake for cell in intake.bad_cells]
    return Statement(
        contract=_contract(run.contract, parties),
        data=tuple(_data(intake, run.prepared.get(intake.table)) for intake in run.intake),
        as_of=run.as_of,
        engine=run.engine,
        total=money(sum(entry.amount or 0 for entry in run.entries)),
        due=money(sum(entry.amount or 0 for entry in run.entries) + sum(one.amount for one in run.cash)),
        articles={title.article: title.amount for title in titles},
        titles=titles,
        posts=tuple(entry.post() for entry in run.entries),
        parties=_parties(run),
        absorbed=tuple(entry.post() for entry in run.absorbed),
        shares=tuple(share_part(one) for one in run.shares),
        cash=tuple(_cash(one) for one in run.cash),
        dues=_dues(run),
        rows=_rows(read),
        amounts=_amounts(read),
        rejections=tuple(_refused(table, one) for table, one in rejected),
        pending=tuple(_refused(table, one) for table, one in _pending(run, engine)),
        bad_cells=tuple(
            _bad_cell(intake.table, cell, places(run.prepared.get(intake.table), intake.files))
            for intake, cell in bad[:MOST_BAD_CELLS]
        ),
        ceilings=tuple(_ceiling(one) for one in run.ceilings),
        reports=reports,
        order=tuple(_order(head) for head in run.contract.heads),
        defaults=tuple(DefaultPart(where=one.where, choice=one.choice) for one in run.contract.defaults),
        checks=checks,
    )


def _contract(contract: Contract, parties: tuple[str | None, ...]) -> ContractPart:
    return ContractPart(
        name=contract.name,
        version=contract.version,
        sha256=contract.sha256,
        language=contract.language,
        payer=contract.parties.payer,
        provider=contract.parties.provider,
        separately=contract.parties.provider is None and contract.parties.separately,
        parties=tuple(party for party in parties if party is not None),
        term_first=contract.term.first,
        term_last=contract.term.last,
        settle=contract.settle.value,
        frameworks=tuple(
            FrameworkPart(file=one.file, name=one.name, version=one.version, sha256=one.sha256)
            for one in contract.frameworks
        ),
    )


def _data(intake: Intake, prepared: Prepared | None) -> DataPart:
    return DataPart(
        table=intake.table,
        file=data_name(prepared),
        sha256=prepared.digest if prepared else "",
        rows=intake.rows,
        accepted=intake.accepted,
        decimal=dict(prepared.decimal) if prepared else {},
        dates=dict(prepared.dates) if prepared else {},
        ignored=prepared.ignored if prepared else (),
        files=_files(intake, prepared) if prepared else (),
    )


def _files(intake: Intake, prepared: Prepared) -> tuple[FilePart, ...]:
    """The files of a table that may have several; what they say alike is said of the table."""
    own = sum(intake.files) == intake.rows and len(intake.files) == len(prepared.parts)
    sizes = intake.files if own else [None] * len(prepared.parts)
    return tuple(
        FilePart(
            file=file, sha256=part.digest, rows=rows,
            decimal={} if prepared.decimal else dict(part.decimal),
            dates={} if prepared.dates else dict(part.dates),
            ignored=() if prepared.ignored else part.ignored,
        )
        for file, part, rows in zip(file_names(prepared), prepared.parts, sizes, strict=False)
    )  # fmt: skip


def _bad_cell(table: str, cell: BadCell, found: Places | None) -> BadCellPart:
    file, row = ("", cell.row) if found is None else found.find(cell.row)
    return BadCellPart(table=table, file=file, row=row, column=cell.column, text=cell.text, expected=cell.expected)


def _articles(run: Run) -> tuple[ArticlePart, ...]:
    """Every article that has a head, in the order of the contract; null when only people decide its amount."""
    apart = Distribute | Deduct | GuaranteeDue  # they move money that the articles have already told
    heads = {h.article for h in run.contract.heads if not isinstance(h, apart) and getattr(h, "earns", True)}
    heads |= {entry.of.article for entry in run.entries}  # what a distribution leaves with the payer
    manual = {head.article for head in run.contract.heads if isinstance(head, Manual)}
    titles = {article.number: article.title for article in run.contract.articles if article.number in heads}
    titles |= {article: "" for article in sorted(heads) if article not in titles}
    found: list[ArticlePart] = []
    for number, title in titles.items():
        known = [e.amount for e in run.entries if e.of.article == number and e.amount is not None]
        open_only = not known and number in manual
        amount = None if open_only else money(sum(known))
        found.append(ArticlePart(article=number, title=title, amount=amount))
    return tuple(found)


def _parties(run: Run) -> tuple[PartyTotal, ...]:
    """Per party: each settlement period, then the whole term."""
    sums: dict[tuple[str, str | None, str, str | None], int] = {}
    for entry in run.entries:
        if entry.amount is None:
            continue
        for last, period in (("", entry.period), ("~", None)):
            key = (entry.party or "", entry.party, last + (period or ""), period)
            sums[key] = sums.get(key, 0) + entry.amount
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], item[0][2]))
    return tuple(PartyTotal(party=key[1], period=key[3], amount=money(amount)) for key, amount in ordered)


def _cash(one: Cash) -> CashPart:
    return CashPart(
        article=one.head.article,
        head=one.head.id,
        party=one.party,
        period=one.period,
        amount=money(one.amount),
        derivation=one.steps,
    )


def _dues(run: Run) -> tuple[DuePart, ...]:
    """Per party what is earned, what was paid before, and what is due; only when the contract has such heads."""
    heads = [head for head in run.contract.heads if isinstance(head, Deduct | GuaranteeDue)]
    if not heads and not run.cash:
        return ()
    debts = [head.owed for head in run.contract.heads if isinstance(head, Deduct | Pay) and head.owed is not None]
    share = next((owed.set_off for owed in debts if owed.when_owed is WhenOwed.SET_OFF), None)
    found = []
    for party in sorted({entry.party for entry in run.entries} | {one.party for one in run.cash}, key=str):
        earned = sum(entry.amount or 0 for entry in run.entries if entry.party == party)
        paid = sum(one.amount for one in run.cash if one.party == party)
        owed = share is not None and earned + paid < 0
        at_most = figure(share) if owed and share is not None else None
        sums = {"entitlement": money(earned), "deducted": money(paid), "due": money(earned + paid)}
        found.append(DuePart(party=party, **sums, set_off=owed, at_most=at_most))
    return tuple(found)


def _rows(totals: Sequence[Totals]) -> RowCounts:
    return RowCounts(
        submitted=sum(t.rows for t in totals),
        paid=sum(t.rows_paid for t in totals),
        partly=sum(t.rows_partly for t in totals),
        cut=sum(t.rows_cut for t in totals),
        absorbed=sum(t.rows_absorbed for t in totals),
        rejected=sum(t.rows_rejected for t in totals),
        pending=sum(t.rows_pending for t in totals),
    )


def _amounts(totals: Sequence[Totals]) -> Amounts:
    claimed = [t for t in totals if t.submitted is not None]
    rejected = sum(t.submitted_rejected or 0 for t in claimed)
    pending = sum(t.submitted_pending or 0 for t in claimed)
    accepted = sum(t.priced if t.submitted is None else t.submitted for t in totals) - rejected - pending
    priced, paid = sum(t.priced for t in totals), sum(t.paid for t in totals)
    absorbed = sum(t.absorbed for t in totals)
    return Amounts(
        submitted=money(accepted + rejected + pending),
        priced=money(priced),
        paid=money(paid),
        cut=money(accepted - paid - absorbed),
        price_difference=money(accepted - priced),
        absorbed=money(absorbed),
        rejected=money(rejected) if claimed or not totals else None,
        pending=money(pending) if claimed or not totals else None,
    )


def _rejected(run: Run) -> list[tuple[str, Refused]]:
    """By table, in the order of its reject rules; then the reasons of the language, by name."""
    found: list[tuple[str, Refused]] = []
    for intake in run.intake:
        rules = [rule.reason for rule in run.contract.table(intake.table).rejects]
        ranks = {reason: rank for rank, reason in reversed(list(enumerate(rules)))}
        refused = [(ranks.get(one.reason, len(rules)), one.reason, one) for one in intake.refused if not one.pending]
        found += [(intake.table, one) for _, _, one in sorted(refused, key=lambda entry: entry[:2])]
    return found


def _refused(table: str, one: Refused) -> RefusedPart:
    amount = None if one.submitted is None else money(one.submitted)
    return RefusedPart(table=table, reason=one.reason, rows=one.rows, amount=amount)


def _pending(run: Run, engine: Engine) -> list[tuple[str, Refused]]:
    """Rows that do not count yet: those that the intake held back, and those that no article could pay.

    The reasons of the latter are asked for when there are any.
    """
    held = {(i.table, one.reason): one for i in run.intake for one in i.refused if one.pending}
    known = {t.table: sum(one.rows for (table, _), one in held.items() if table == t.table) for t in run.totals}
    if all(t.rows_pending == known[t.table] for t in run.totals):
        return [(table, one) for (table, _), one in held.items()]
    paid = {t.table: t.submitted is not None for t in run.totals}
    rest = [(table, one) for (table, _), one in held.items() if table not in paid]
    return rest + [
        (table, Refused(reason, rows, amount if paid[table] else None, pending=True))
        for (table, reason), (rows, amount) in sorted(engine.pending().items())
    ]


def _ceiling(one: Ceiling) -> CeilingPart:
    room = one.room
    use = None
    if room:
        percent = round_to(Fraction(one.use.counted * 100, room), Rounding(Mode.HALF_AWAY, CENT))
        use = money(int(percent * 100))
    return CeilingPart(
        article=one.limit.article,
        head=one.limit.id,
        party=one.point.party,
        scope=one.point.named(),
        amount=None if one.amount is None else money(one.amount),
        moved=money(one.moved),
        room=None if room is None else money(room),
        counted=money(one.use.counted),
        paid=money(one.use.paid),
        cut=money(one.use.cut),
        reached_on=one.use.reached_on,
        use=use,
        rows_cut=one.use.rows_cut,
        delivery=one.limit.delivery,
        delivered_after=None if one.use.later is None else money(one.use.later),
        outside_after=None if one.use.later_outside is None else money(one.use.later_outside),
    )


def _order(head: Head) -> OrderPart:
    base = head.base if isinstance(head, Limit | OnTop) else ()
    return OrderPart(article=head.article, head=head.id, does=_does(head), base=base)


def _does(head: Head) -> str:
    match head:
        case Pay():
            return "absorb" if head.absorbs else "deduct" if head.advance else "charge" if head.charge else "pay"
        case Fixed():
            return "charge_fixed" if head.charge else "pay_fixed"
        case Limit():
            return "limit"
        case OnTop():
            return head.kind.value
        case Distribute():
            return "distribute"
        case Deduct():
            return "deduct"
        case GuaranteeDue():
            return "guarantee_due"
        case _:
            return "manual"
