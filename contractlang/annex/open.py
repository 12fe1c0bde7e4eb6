"""Answers that are left open: the model holds a stand-in for them, and the annex must not say that one."""

from __future__ import annotations

from contractlang.annex.env import Env
from contractlang.model.heads import Head
from contractlang.report.document import Clause


def open_labels(head: Head, env: Env) -> frozenset[str]:
    """The labels of a head that have no answer yet: below it, or above every head (`for every limit`)."""
    lines = sorted(one.place.line for one in env.contract.heads)
    found = set()
    for hole in env.contract.holes:
        owner = max((line for line in lines if line <= hole.place.line), default=None)
        if owner is None or owner == head.place.line:
            found.add(hole.code)
    return frozenset(found)


def answered(label: str, opened: frozenset[str], said: str, env: Env) -> Clause:
    """The sentence about a label, or that it is still to be agreed."""
    return Clause(env.say("open.label", what=env.say(f"open.what.{label}")) if label in opened else said)
