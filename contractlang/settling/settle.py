"""Settle a contract: drive an engine through the heads in order and compute everything above the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from contractlang.base.calendar import span_of
from contractlang.base.progress import COMPOSING, SETTLING, enter
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import Engine
from contractlang.model.contract import Contract
from contractlang.model.expression import ArticleAmount, Number, ReserveOf
from contractlang.model.heads import Deduct, Distribute, Fixed, GuaranteeDue, Head, Limit, Manual, OnTop, Pay
from contractlang.settling.booked import Booked, on_rows
from contractlang.settling.cash import Cash, deduct, guarantee_due
from contractlang.settling.compose import Run, compose
from contractlang.settling.distribute import Part, distribute
from contractlang.settling.entry import Entry
from contractlang.settling.evaluate import Evaluator
from contractlang.settling.laws import Settled, check_laws
from contractlang.settling.limits import Ceiling, amount_steps, apply_limit
from contractlang.settling.on_top import Due, book_fixed, book_on_top
from contractlang.settling.part import last_period
from contractlang.settling.point import text
from contractlang.settling.reports import show
from contractlang.statement.figures import figure, money
from contractlang.statement.model import ReportPart, Statement, Step

MOST_CEILINGS = 24  # in the derivation of one post; all ceilings are in the list of ceilings


def settle(contract: Contract, engine: Engine, prepared: Mapping[str, Prepared], as_of: date | None) -> Statement:
    """The statement of a contract over the data that the engine was constructed with, as of a day.

    Heads are settled in the order of `Contract.heads`. Reports see all of them. Raises DataFault when the contract or
    the data cannot be settled as a whole (ZC810 a ceiling without amount, ZC811 a list that changes within a period
    while nothing says how, ZC812 a figure that is missing and may not be, ZC813 no as-of day, ZC820 a head that this
    version cannot settle, ZC821 a figure that has another key than the place where it is used), and BrokenLaw (ZC900)
    when the outcome does not add up.
    """
    done = _settle_heads(contract, engine, as_of)
    cash = _cash(done.evaluator, done.entries, done.advanced)
    reports = _reports(contract, engine, done.evaluator)
    enter(COMPOSING)
    totals = engine.totals()
    intake = engine.intake()
    checks = check_laws(
        Settled(contract, done.entries, done.ceilings, intake, totals, done.absorbed, done.advanced)
    )  # fmt: skip
    run = Run(
        contract, prepared, as_of, engine.name, intake, totals, done.entries, done.ceilings, done.parts, cash, done.absorbed
    )  # fmt: skip
    return compose(run, engine, done.evaluator.parties(), reports, checks)


class Done(Struct, frozen=True):
    """What the heads of a contract brought about, and the evaluator that knows it."""

    evaluator: Evaluator
    entries: list[Entry]
    ceilings: list[Ceiling]
    absorbed: list[Entry]
    advanced: list[Entry]
    parts: list[Part]


def _settle_heads(contract: Contract, engine: Engine, as_of: date | None, divide: bool = True) -> Done:
    """Every head in the order of the contract, then those that divide what the others come to; cash comes after all."""
    engine.intake()
    done = Done(Evaluator(contract, engine, as_of), [], [], [], [], [])
    for head in contract.heads:
        enter(SETTLING, head.article)
        if isinstance(head, Pay) and not head.earns:
            engine.price(head)
            (done.absorbed if head.absorbs else done.advanced).extend(_paid(done.evaluator, head))
        elif isinstance(head, Limit):
            applied = apply_limit(done.evaluator, head)
            done.ceilings.extend(applied)
            done.entries.extend(_limited(done.evaluator, head, applied))
        elif not isinstance(head, Distribute | Deduct | GuaranteeDue):
            done.entries.extend(_entries(done.evaluator, head))
        done.evaluator.settled()
    for head in contract.heads if divide else ():
        if isinstance(head, Distribute):
            parts = distribute(done.evaluator, head)
            done.parts.extend(parts)
            done.entries.extend(_left_over(done.evaluator, head, parts))
            done.evaluator.settled()
    return done


def _left_over(evaluator: Evaluator, head: Distribute, parts: list[Part]) -> list[Entry]:
    """What articles come to and nobody may receive: it stays with the payer, so it is taken off the total."""
    found: list[Entry] = []
    for one in parts if head.earned else ():
        if one.left:
            period = last_period(one.point.window(evaluator.contract.term), evaluator.contract.settle)
            evaluator.booked.append(Booked(head.id, head.article, (), one.point, -one.amount, ((period, -one.amount),)))
            whole = sum(part.amount for part in parts if part.point == one.point)
            said = {"divided": money(whole), "value": money(-one.amount)}
            group = (Step(key="group", figures=one.point.named()),) if one.point.keys else ()
            steps = (*group, Step(key="left_over", figures=said))
            found.append(Entry(head, one.point.party, period, -one.amount, steps=steps))
    return _sorted(found)


def _reports(contract: Contract, engine: Engine, evaluator: Evaluator) -> tuple[ReportPart, ...]:
    """Every report as of its day; the contract is settled anew for each other day than that of the statement."""
    others: dict[date, Evaluator] = {}
    engines: list[Engine] = []
    try:
        for report in contract.reports:
            if report.as_of is not None and report.as_of != evaluator.as_of and report.as_of not in others:
                engines.append(engine.at(report.as_of))
                divide = _reads_what_is_divided(contract)
                others[report.as_of] = _settle_heads(contract, engines[-1], report.as_of, divide).evaluator
        days = [
            evaluator if report.as_of is None else others.get(report.as_of, evaluator) for report in contract.reports
        ]
        return tuple(show(day, report) for day, report in zip(days, contract.reports, strict=True))
    finally:
        for one in engines:
            one.close()


def _reads_what_is_divided(contract: Contract) -> bool:
    """Whether reports may show a reserve or what is left over: only then must that be known on another day too."""
    divided = {head.article for head in contract.heads if isinstance(head, Distribute)}
    stack: list[object] = [contract.reports, contract.defines]
    while stack:
        part = stack.pop()
        if isinstance(part, ReserveOf) or (isinstance(part, ArticleAmount) and part.article in divided):
            return True
        if isinstance(part, Struct):
            stack += [getattr(part, name) for name in part.__struct_fields__]
        elif isinstance(part, tuple):
            stack += part
    return False


def _cash(evaluator: Evaluator, entries: list[Entry], advanced: list[Entry]) -> list[Cash]:
    """Deductions first, then floors under what is due, each per party."""
    due: dict[str | None, int] = {}
    for entry in entries:
        due[entry.party] = due.get(entry.party, 0) + (entry.amount or 0)
    found = [Cash(one.of, one.party, one.period, -(one.amount or 0), one.steps) for one in advanced]
    for one in found:
        due[one.party] = due.get(one.party, 0) + one.amount
    for kind in (Deduct, GuaranteeDue):
        for head in evaluator.contract.heads:
            if isinstance(head, kind):
                made = deduct(evaluator, head) if isinstance(head, Deduct) else guarantee_due(evaluator, head, due)
                for one in made:
                    due[one.party] = due.get(one.party, 0) + one.amount
                found += made
    return found


def _entries(evaluator: Evaluator, head: Head) -> list[Entry]:
    """Settle a head that is not a ceiling."""
    match head:
        case Pay():
            evaluator.engine.price(head)
            return _paid(evaluator, head)
        case OnTop():
            return [_due(head, due) for due in book_on_top(evaluator, head)]
        case Fixed():
            return [_due(head, due) for due in book_fixed(evaluator, head)]
        case Manual():
            period = last_period(evaluator.contract.term, evaluator.contract.settle)
            return [Entry(head, None, period, None, note=head.text)]
        case _:
            raise ValueError(f"{type(head).__name__} is settled elsewhere")


def _paid(evaluator: Evaluator, pay: Pay) -> list[Entry]:
    found: list[Entry] = []
    unit, key = pay.quantity_unit, "quantity_times_price" if pay.price is not None else "sum_of_rows"
    of_all = {"price": figure(pay.price.value)} if isinstance(pay.price, Number) else {}
    of_all["grain"] = ", ".join(part.name for part in pay.per) or "row"
    for post in evaluator.engine.posts(pay):
        said = {"rows": str(post.rows), "amount": money(post.amount)}
        quantity = None if post.quantity is None else figure(post.quantity)
        if quantity is not None:
            said |= {"quantity": quantity, "unit": unit}
        steps = (Step(key=key, figures=said | of_all),)
        found.append(Entry(pay, post.party, post.period, post.amount, quantity, unit, post.rows, steps=steps))
    return _sorted(found)


def _due(head: Head, due: Due) -> Entry:
    return Entry(head, due.point.party, due.period, due.amount, steps=due.steps)


def _limited(evaluator: Evaluator, limit: Limit, ceilings: list[Ceiling]) -> list[Entry]:
    contract = evaluator.contract
    if not on_rows(limit):
        sign = 1 if limit.charges else -1
        last = [(last_period(one.point.window(contract.term), contract.settle), one.use.cut) for one in ceilings]
        return _sorted(
            [
                Entry(limit, one.point.party, period, sign * cut, steps=_ceiling_steps(evaluator, one))
                for one, whole in zip(ceilings, last, strict=True)
                for period, cut in one.cuts or (whole,)
            ]
        )
    found: list[Entry] = []
    of_party: dict[str | None, list[Ceiling]] = {}
    for one in ceilings:
        of_party.setdefault(one.point.party, []).append(one)
    told: dict[int, tuple[Step, ...]] = {}  # by ceiling: it may cut what several posts pay
    for post in evaluator.engine.posts(limit):
        days = span_of(post.period, contract.term)
        mine = of_party.get(post.party, [])
        own = [one for one in mine if one.point.period(contract.term).overlap(days).days]
        binding = [one for one in own if one.use.cut] or own
        for one in binding[:MOST_CEILINGS]:
            told[id(one)] = told.get(id(one)) or _ceiling_steps(evaluator, one)
        steps = [step for one in binding[:MOST_CEILINGS] for step in told[id(one)]]
        if len(binding) > MOST_CEILINGS:
            steps.append(Step(key="more_ceilings", figures={"number": str(len(binding) - MOST_CEILINGS)}))
        found.append(Entry(limit, post.party, post.period, post.amount, rows=post.rows, steps=tuple(steps)))
    return _sorted(found)


def _ceiling_steps(evaluator: Evaluator, one: Ceiling) -> tuple[Step, ...]:
    said = {"scope": ", ".join(one.point.named().values())} if one.point.keys else {}
    said |= {"counted": money(one.use.counted), "paid": money(one.use.paid), "cut": money(one.use.cut)}
    if one.amount is not None:
        said["ceiling"] = money(one.amount)
    if one.moved:
        said["moved"] = money(one.moved)
    if one.use.reached_on is not None:
        said["reached_on"] = one.use.reached_on.isoformat()
    return (*amount_steps(evaluator, one.limit, one.point), Step(key="ceiling", figures=said))


def _sorted(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (text(entry.party), entry.period))
