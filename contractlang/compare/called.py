"""What a sentence is called: by what it is told from those beside it, and the words by which people call it."""

from __future__ import annotations

from contractlang.compare.parts import Key
from contractlang.format.tokens import Said

ANONYMOUS = {"step", "step_nothing", "step_scale", "step_rounded", "step_exponential", "share", "per", "show"}
NAMED = {"column", "reject_rule", "weigh", "given", "computed_column"}


def key_of(said: Said) -> Key | None:
    """The kind and name of a sentence among its neighbours; None where order is all that tells it from them."""
    names = [token.text for token in said.tokens if token.terminal in ("NAME", "NUMBER", "STRING")]
    if said.depth == 0:
        return (said.rule,) if said.rule == "contract" else (said.rule, names[0].strip("`"))
    if said.rule in ANONYMOUS or (said.start == "in_article"):
        return None
    if said.rule in NAMED:
        return said.rule, names[0].strip("`")
    if said.start == "in_example":
        cut = next((i for i, token in enumerate(said.tokens) if token.terminal == "_EQUALS"), len(said.tokens))
        return (said.rule, *(token.text for token in said.tokens[:cut]))
    return (label_of(said),)


def label_of(said: Said) -> str:
    """The words by which people call it: `tariff hourly`, `article 2 "Ceiling"`, `last row`, a column by its name."""
    first = said.tokens[0].text
    if said.depth:
        return "" if said.rule in ANONYMOUS - {"per"} or said.start == "in_article" else first
    wanted = 0 if said.rule == "contract" else 2 if said.rule in ("article", "report") else 1
    names = [token.text for token in said.tokens if token.terminal in ("NAME", "NUMBER", "STRING")]
    return " ".join([first, *names[:wanted]])


def key_columns(said: Said) -> int:
    """How many columns of its table are keys."""
    if said.rule != "lookup":
        return 1
    terminals = [token.terminal for token in said.tokens]
    return terminals[terminals.index("_BY") :].count("NAME") if "_BY" in terminals else 0
