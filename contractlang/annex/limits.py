"""Ceilings: every label, also one that was set for every limit, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractlang.annex.conditions import condition
from contractlang.annex.env import Env
from contractlang.annex.keys import per
from contractlang.annex.open import answered
from contractlang.annex.pay import ordering
from contractlang.annex.steps import told
from contractlang.annex.values import inner, phrase
from contractlang.model.expression import LookUp, Number
from contractlang.model.heads import Filled, FreedRoom, LastRow, Limit, PartYear, Pay, Transfer
from contractlang.report.document import Clause, as_name


def limit_clauses(limit: Limit, env: Env) -> Iterator[Clause]:
    """What may be paid at most, for which period, how rows fill it, and what happens above it."""
    rows, group, opened = _rows(limit, env), env.group(limit.keys), limit.open
    yield _most(limit, rows, group)
    if isinstance(limit.amount, LookUp) and env.contract.lookup(limit.amount.lookup).dated:
        yield Clause(env.say("limit.dated"))
    yield answered("part_year", opened, env.say(f"part_year.{limit.part_year.value}"), env)
    if limit.changed is not None or "changed" in opened:
        said = "" if limit.changed is None else env.say(f"changed.{limit.changed.value}")
        yield answered("changed", opened, said, env)
    if not isinstance(limit.amount, Number) or limit.part_year is not PartYear.FULL or limit.changed is not None:
        yield Clause(env.say("limit.cents"))
    if not isinstance(limit.amount, Number):
        yield Clause(env.say("limit.unlimited" if limit.unlimited else "limit.bounded"))
    if limit.after:
        yield Clause(env.say("counts_too", after=env.articles(limit.after), base=env.articles(limit.base)))
    if limit.unlined:
        yield Clause(env.say("unlined", base=env.articles(limit.base)))
    yield from _filling(limit, rows, opened)
    yield _above(limit, env)
    if limit.transfer is not None:
        yield _transfer(limit.transfer, group)
    if limit.delivery is not None or "delivery" in opened:
        said = "" if limit.delivery is None else env.say(f"delivery.{limit.delivery}")
        yield answered("delivery", opened, said, env)


def _rows(limit: Limit, env: Env) -> Env:
    """The rows that the base pays: all its articles pay rows of one table, or none does."""
    tables = [h.selection.table for h in env.contract.heads if isinstance(h, Pay) and h.article in limit.base]
    return env.rows_of(tables[0]) if tables else env


def _most(limit: Limit, rows: Env, env: Env) -> Clause:
    carried = rows.table is not None and not limit.rowless
    what = "charge" if limit.charges else "rows" if carried and limit.filled is not Filled.AS_A_WHOLE else "amounts"
    amount, steps = told(limit.amount, env)
    earlier = _earlier(limit, env) if carried else []
    before = env.say("limit.before", articles=env.articles(earlier)) if earlier else ""
    text = env.say(
        f"limit.{what}{'.steps' if steps else ''}",
        base=env.articles(limit.base), amount=amount, per=per(limit.keys, rows, phrase), before=before,
    )  # fmt: skip
    return Clause(text, steps)


def _earlier(limit: Limit, env: Env) -> list[str]:
    """Articles that put a ceiling on the same rows before this one."""
    heads = env.contract.heads
    index = next((at for at, head in enumerate(heads) if head.id == limit.id), 0)
    found = [
        head.article
        for head in heads[:index]
        if isinstance(head, Limit) and head.filled is not Filled.AS_A_WHOLE and set(head.base) & set(limit.base)
    ]
    return list(dict.fromkeys(found))


def _filling(limit: Limit, rows: Env, opened: Sequence[str]) -> Iterator[Clause]:
    """How room is given out. Labels about single rows have a meaning only where single rows are cut."""
    order = ordering(limit.order, rows)
    yield Clause(rows.say(f"filled.{limit.filled.value}", order=order))
    if limit.filled is Filled.AS_A_WHOLE:
        yield Clause(rows.say("filled.as_a_whole.periods" if limit.rowless else "filled.as_a_whole.last"))
    if limit.filled is Filled.IN_ORDER:
        yield answered("last_row", opened, rows.say(last_row(limit)), rows)
        yield answered("late_row", opened, rows.say(f"late_row.{limit.late_row.value}"), rows)
    if limit.filled is not Filled.AS_A_WHOLE:
        yield answered("freed_room", opened, rows.say(f"freed_room.{limit.freed_room.value}"), rows)
        yield Clause(rows.say("freed_room.credit"))
    if limit.outside is not None:
        count = rows.say(f"outside.{limit.outside_counts.value}")
        if "they_count" in opened:
            count = rows.say("open.label", what=rows.say("open.what.they_count"))
        inside = rows if limit.outside_table is None else rows.rows_of(limit.outside_table)
        key = "outside.rows" if limit.outside_table is None else "outside.rows.table"
        said = condition(limit.outside, inside)
        yield Clause(rows.say(key, table=as_name(inside.table or ""), condition=said, count=count))
    elif not limit.rowless:
        yield Clause(rows.say("outside.nothing"))


def last_row(limit: Limit) -> str:
    """The key of the sentence about the row with which the room runs out."""
    if limit.above is not None:
        return "last_row.scale"
    freed = limit.last_row is LastRow.IN_PART and limit.freed_room is FreedRoom.LATER_ROWS
    return f"last_row.{limit.last_row.value}{'.freed' if freed else ''}"


def _above(limit: Limit, env: Env) -> Clause:
    if limit.above is None:
        return Clause(env.say("above.nothing.charge" if limit.charges else "above.nothing"))
    text = env.say("above.scale", scale=as_name(limit.above))
    if limit.filled is Filled.IN_ORDER:
        text += " " + env.say("above.scale.row")
    return Clause(text)


def _transfer(transfer: Transfer, env: Env) -> Clause:
    gives = env.say("gives.all") if transfer.gives is None else env.say("gives", share=inner(transfer.gives, env))
    receives = env.say("receives.all")
    if transfer.receives is not None:
        receives = env.say("receives", share=inner(transfer.receives, env))
    order = env.listed([env.say("text", value=one) for one in transfer.order])
    return Clause(env.say("transfer", key=as_name(transfer.key), gives=gives, receives=receives, order=order))
