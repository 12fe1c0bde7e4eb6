"""Answers that are left open: the model holds a stand-in for them, and the annex must not say that one."""

from __future__ import annotations

from collections.abc import Sequence

from contractlang.annex.env import Env
from contractlang.report.document import Clause


def answered(label: str, opened: Sequence[str], said: str, env: Env) -> Clause:
    """The sentence about a label, or that it is still to be agreed."""
    return Clause(env.say("open.label", what=env.say(f"open.what.{label}")) if label in opened else said)
