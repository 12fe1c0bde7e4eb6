"""The LALR table of the language, built once and cached on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark
from lark.lexer import Lexer

from contractlang.base.resources import grammar_folder
from contractlang.syntax.words import spellings

# one for each place where a sentence can stand
STARTS = ["block_head", "in_contract", "in_data", "in_reject", "in_define", "in_lookup", "in_index", "in_article"]
STARTS += ["in_head", "in_report", "in_example"]


class NoLexer(Lexer):
    """Stands in for Lark's lexers: lines are lexed by `contractlang.syntax.lex`, which sees the parser's state."""

    __future_interface__ = 2

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[Any]:
        """Never called."""
        return iter(())


def build(strict: bool = False, cached: bool = True) -> Lark:
    """The parser. `strict` makes every conflict in the grammar an error (used by a test)."""
    text = (grammar_folder() / "contract.lark").read_text(encoding="utf-8")
    options: dict[str, Any] = {"parser": "lalr", "lexer": NoLexer, "start": STARTS, "maybe_placeholders": True}
    if strict:
        return Lark(text, strict=True, **options)
    path = _cache_path() if cached else None
    return Lark(text, cache=str(path) if path else False, **options)


def _cache_path() -> Path | None:
    """A file in the user's own cache folder (never a shared one: the cache is a pickle), None when there is none."""
    root = os.environ.get("CONTRACTLANG_CACHE") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(root) / "contractlang"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    text = grammar_folder() / "contract.lark"
    return folder / f"table-{text.stat().st_mtime_ns:x}-{text.stat().st_size:x}.lark"


@cache
def parser() -> Lark:
    """The parser, built or read from the cache on first use."""
    return build()


@cache
def table() -> Any:
    """States of the parse table: state to terminal or rule to action."""
    return _machine().parser.parse_table.states


@cache
def competing_names(language: str, column: bool = True) -> frozenset[str]:
    """Words that are read as a phrase where a name could stand too: such a name must be quoted to be a name.

    Only the name of a column can stand at the start of a line of a data block; other names never do.
    """
    known = spellings(language)
    start = _machine().parser.parse_table.start_states["in_data"]
    return frozenset(
        text
        for state, actions in table().items()
        if "NAME" in actions and (column or state != start)
        for terminal in actions
        for text in known.get(terminal, ())
        if " " not in text and text[0].isalpha()
    )


def _machine() -> Any:
    frontend: Any = parser().parser
    return frontend.parser


def parse_line(lexer: Any, start: str) -> Any:
    """The Lark tree of one line. Raises `contractlang.syntax.lex.Stuck`."""
    return _machine().parse(lexer, start)
