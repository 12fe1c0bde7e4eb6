"""How an amount came about: the steps of its expression, one operation each, with their figures."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from contractlang.model.expression import (
    Arithmetic,
    ArticleAmount,
    Choice,
    DefineSum,
    DefineValue,
    Exponential,
    Expression,
    LookUp,
    Measure,
    Operation,
    Rounded,
    Scaled,
    Weighed,
)
from contractlang.settling.evaluate import TOLERANT, Evaluator, Manner
from contractlang.settling.point import Point
from contractlang.statement.figures import figure
from contractlang.statement.model import Step

WORDS = {
    Operation.ADD: "plus",
    Operation.SUBTRACT: "minus",
    Operation.MULTIPLY: "times",
    Operation.DIVIDE: "divided_by",
    Operation.LEAST: "at_most",
    Operation.GREATEST: "at_least",
}


def derive(evaluator: Evaluator, expression: Expression, point: Point, manner: Manner = TOLERANT) -> tuple[Step, ...]:
    """The steps from the first operand on: what is done, with what, and the value after it.

    A define that is used is one step; its own steps stand before it, marked with its name, so that every figure can
    be redone by hand.
    """
    return _Derivation(evaluator, replace(manner, tolerant=True)).steps(expression, point, {})


class _Derivation(Struct, frozen=True):
    evaluator: Evaluator
    manner: Manner

    def steps(self, expression: Expression, point: Point, of: dict[str, str]) -> tuple[Step, ...]:
        value = {"value": self._shown(expression, point), **of}
        match expression:
            case Arithmetic(operation, left, right):
                used = {**_name(right), "operand": self._shown(right, point)}
                own = Step(key=WORDS[operation], figures={**used, **value})
                return (*self.steps(left, point, of), *self._inside(right, point), own)
            case Rounded(inner, rounding):
                own = Step(key="rounded", figures={"step": figure(rounding.step), **value})
                return (*self.steps(inner, point, of), own)
            case Exponential(inner, rounding):
                own = Step(key="exponential", figures={"step": figure(rounding.step), **value})
                return (*self.steps(inner, point, of), own)
            case Scaled(inner, scale):
                return (*self.steps(inner, point, of), Step(key="by_scale", figures={"name": scale, **value}))
            case Choice(branches, otherwise):
                for condition, chosen in branches:
                    if self.evaluator.holds(condition, point, self.manner):
                        return self.steps(chosen, point, of)
                return () if otherwise is None else self.steps(otherwise, point, of)
            case Weighed(parts):
                own = Step(key="weighed", figures={**self._weights(parts, point), **value})
                return (*(step for part, _ in parts for step in self._inside(part, point)), own)
            case _:
                take = Step(key="take", figures={**_name(expression), **value})
                return (*self._inside(expression, point), take)

    def _inside(self, expression: Expression, point: Point) -> tuple[Step, ...]:
        """The steps of a define that is used, before it is used."""
        if isinstance(expression, DefineValue):
            define = self.evaluator.contract.define(expression.define)
            if define.value is not None:
                own = point.project(define.keys, self.evaluator.contract.term)
                return self.steps(define.value, own, {"of": define.name})
        if isinstance(expression, Arithmetic | Rounded | Scaled | Choice):
            return self.steps(expression, point, {"of": "operand"})
        return ()

    def _weights(self, parts: tuple[tuple[Expression, Fraction], ...], point: Point) -> dict[str, str]:
        """The weight and the figure of every part, by its name."""
        named = [(part.define if isinstance(part, DefineValue) else "", part, weight) for part, weight in parts]
        return {name: f"{self._shown(part, point)} × {figure(weight)}" for name, part, weight in named}

    def _shown(self, expression: Expression, point: Point) -> str:
        value = self.evaluator.value(expression, point, self.manner)
        return figure(value) if isinstance(value, Fraction) else "" if value is None else str(value)


def _name(expression: Expression) -> dict[str, str]:
    """What the operand is called: a define, a list, an article, or what is measured in which table."""
    match expression:
        case DefineValue(name):
            return {"name": name}
        case DefineSum(name):
            return {"sum_of": name}
        case LookUp(name, _, _):
            return {"name": name}
        case ArticleAmount(article, after):
            return {"article": article, **({"after": ", ".join(after)} if after else {})}
        case Measure(measuring, selection, _, _, _):
            return {measuring.value: selection.table}
        case _:
            return {}
