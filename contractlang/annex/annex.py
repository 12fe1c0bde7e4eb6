"""The annex of a contract: its sections in the order in which a lawyer reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractlang.annex.closing import defaults, examples, files, holes, order, signing
from contractlang.annex.defines import definitions, reports
from contractlang.annex.env import Env
from contractlang.annex.heads import clauses
from contractlang.annex.lists import indexes, lists, scales
from contractlang.annex.opening import opening, reading
from contractlang.annex.outcomes import LaidIn, Worked
from contractlang.annex.tables import tables
from contractlang.model.contract import Article, Contract
from contractlang.report.document import Block, Clauses, Document, Heading, Paragraph, Quote


def annex(contract: Contract, language: str, worked: Sequence[Worked], laid: Sequence[LaidIn]) -> Document:
    """The annex in `nl` or `en`. `worked` are the examples as they came out, `laid` the files beside the contract."""
    env = Env(contract, language)
    sections = (
        opening(env),
        reading(env),
        _articles(env),
        definitions(env),
        lists(env),
        scales(env),
        indexes(env),
        tables(env),
        files(laid, env),
        reports(env),
        order(env),
        defaults(env),
        examples(worked, env),
        holes(env),
        signing(env),
    )
    return tuple(block for section in sections for block in section)


def _articles(env: Env) -> Iterator[Block]:
    if env.contract.articles:
        yield Heading(env.say("articles"))
    if env.contract.holes:
        yield Paragraph(env.say("open.clauses"))
    for article in env.contract.articles:
        yield Heading(env.say("article", number=article.number, title=article.title), 3)
        if article.prose:
            yield Quote(" ".join(article.prose))
        yield from _parts(article, env)


def _parts(article: Article, env: Env) -> Iterator[Block]:
    """The clauses of each head; several heads are told apart as the order of settlement names them."""
    heads = [head for head in env.contract.heads if head.article == article.number]
    for head in heads:
        if len(heads) > 1:
            yield Paragraph(env.say("article.part", id=head.id))
        yield Clauses(tuple(clauses(head, env)))
    if article.see:
        yield Paragraph(env.say("see", names=env.names(article.see)))
    if not heads:
        yield Paragraph(env.say("article.empty"))
