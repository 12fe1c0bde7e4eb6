"""Every node, head and answer of the model has a sentence in both languages, and one that is its own."""

from __future__ import annotations

import inspect
import re
from enum import StrEnum
from fractions import Fraction
from types import ModuleType
from typing import get_args

import pytest
from msgspec import Struct

from contractlang.annex.conditions import condition
from contractlang.annex.env import Env
from contractlang.annex.heads import clauses, does
from contractlang.annex.phrases import PHRASES
from contractlang.annex.steps import told
from contractlang.annex.values import phrase
from contractlang.base import calendar, exact
from contractlang.model import expression, heads, lists, tables
from contractlang.report.document import Clause
from tests.annex.made import ROOT, made
from tests.annex.nodes import CONDITIONS, CONTRACT, EXPRESSIONS, HEADS

# the key of the sentence for an answer of each enumeration; None: another field of the same node tells it
ANSWERS: dict[type[StrEnum], tuple[str, ...] | None] = {
    expression.Operation: None,  # named one by one in values.OPERATIONS
    expression.Role: ("deciding.{}", "decides.{}"),
    expression.Counting: ("counting.{}",),
    expression.MissingPart: ("weighed.missing.{}",),
    expression.AllMissing: ("weighed.all_missing.{}",),
    expression.Measuring: ("measure.{}",),
    expression.Relation: ("number.{}", "day.{}"),
    heads.WhenOwed: ("owed.{}",),
    heads.LastRow: ("last_row.{}",),
    heads.Filled: ("filled.{}",),
    heads.LateRow: ("late_row.{}",),
    heads.FreedRoom: ("freed_room.{}",),
    heads.Outside: ("outside.{}",),
    heads.PartYear: ("part_year.{}", "part.{}"),
    heads.Changed: ("changed.{}",),
    heads.OnTopKind: ("{}", "{}.steps", "does.{}"),
    heads.ShareOf: ("share.{}",),
    heads.LeftOver: ("left_over.{}", "owed.left.{}"),
    lists.ScaleKind: ("scale.{}",),
    lists.IndexKind: ("index.{}",),
    tables.Kind: None,  # the type word of the column tells it
    tables.EmptyMeans: ("empty.{}",),
    tables.Counted: ("counted.{}",),
    tables.Overlap: ("overlap.{}",),
    calendar.Every: ("every.{}", "the_every.{}", "elapsed.{}"),
    exact.Mode: ("rounded.{}", "rounded.{}.cent"),
}
MODULES: tuple[ModuleType, ...] = (expression, heads, lists, tables, calendar, exact)


def enumerations() -> set[type[StrEnum]]:
    return {
        one
        for module in MODULES
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, StrEnum) and one is not StrEnum
    }


def test_every_answer_has_a_sentence() -> None:
    assert set(ANSWERS) == enumerations()
    for one, patterns in ANSWERS.items():
        for pattern in patterns or ():
            said = [PHRASES[pattern.format(answer.value)] for answer in one]
            for language in (0, 1):
                assert len({pair[language] for pair in said}) == len(said), (one, pattern, "two answers read alike")


@pytest.mark.parametrize("key", PHRASES)
def test_both_languages_say_as_much(key: str) -> None:
    english, dutch = PHRASES[key]
    assert english.strip()
    assert dutch.strip()
    assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", dutch))


@pytest.mark.parametrize("kind", get_args(expression.Expression), ids=lambda kind: kind.__name__)
def test_every_expression_has_a_phrase(kind: type[Struct]) -> None:
    _spoken(lambda env: phrase(EXPRESSIONS[kind], env))
    _spoken(lambda env: str(told(EXPRESSIONS[kind], env)))


@pytest.mark.parametrize("kind", get_args(expression.Condition), ids=lambda kind: kind.__name__)
def test_every_condition_has_a_clause_and_a_denial(kind: type[Struct]) -> None:
    said = _spoken(lambda env: condition(CONDITIONS[kind], env))
    assert said != _spoken(lambda env: condition(expression.Not(CONDITIONS[kind]), env))


@pytest.mark.parametrize("kind", get_args(heads.Head), ids=lambda kind: kind.__name__)
def test_every_head_has_sentences(kind: type[Struct]) -> None:
    def sentences(env: Env) -> str:
        found = list(clauses(HEADS[kind], env))
        assert all(isinstance(one, Clause) and one.text.endswith((".", ":", "’.", "”.")) for one in found), found
        return " ".join(one.text for one in found)

    _spoken(sentences)
    _spoken(lambda env: does(HEADS[kind], env))


def _spoken(say: object) -> tuple[str, str]:
    """What is said in both languages; words of the one do not stand in the other."""
    assert callable(say)
    english, dutch = (say(Env(CONTRACT, language, "care")) for language in ("en", "nl"))
    assert english
    assert dutch
    assert not set(english.split()) & {"de", "het", "van", "wordt", "geldt"}, english
    assert not set(dutch.split()) & {"the", "which", "is paid", "by"}, dutch
    return english, dutch


def test_numbers_are_written_exactly() -> None:
    env = Env(CONTRACT, "nl")
    one = expression.Number
    assert phrase(one(Fraction(1, 3)), env) == "1/3"
    assert phrase(one(Fraction("1234.5"), expression.NUMBER), env) == "1.234,5"
    assert phrase(one(Fraction("0.0022"), percent=True), env) == "0,22 %"


def test_a_text_of_the_contract_is_no_markup() -> None:
    """A title with markup shows as it is written, in Markdown and in HTML."""
    from msgspec.structs import replace

    from contractlang.annex.annex import annex
    from contractlang.report.html import as_html
    from contractlang.report.markdown import as_markdown

    own = made(ROOT / "contracts" / "twins" / "en" / "norm_and_ceiling.zc").contract
    articles = (
        replace(own.articles[0], title="<b>x</b> | *y* _z_", prose=("1. [a](http://b) `c`",)),
        *own.articles[1:],
    )
    document = annex(replace(own, articles=articles), "en", (), ())
    assert r"\<b\>x\</b\> \| \*y\* \_z\_" in as_markdown(document)
    assert r"> 1\. \[a\](http://b) \`c\`" in as_markdown(document)
    assert "&lt;b&gt;x&lt;/b&gt;" in as_html(document, own.name, "en")


def test_every_default_and_every_hole_has_a_sentence() -> None:
    from contractlang.analysis.vocabulary import _CHOICES

    assert {key.removeprefix("default.") for key in PHRASES if key.startswith("default.")} - {"at"} == set(_CHOICES)
    grammar = (ROOT / "grammar" / "contract.lark").read_text(encoding="utf-8")
    labels = set(re.findall(r"^!(\w+): .*\| HOLE$", grammar, re.M))
    holes = {{"changed_how": "changed", "delivery_how": "delivery"}.get(one, one) for one in labels} - {
        "money_or_hole",
        "day_or_hole",
        "text",
    }
    known = {key.removeprefix("open.what.") for key in PHRASES if key.startswith("open.what.")}
    assert holes | {"amount", "price", "term", "payer", "provider", "percentage", "rows", "outcome"} == known
