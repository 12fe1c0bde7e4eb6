"""Every contract of the library and the twins has an annex in both languages, with every label and every outcome."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractlang.annex.env import Env
from contractlang.annex.limits import last_row
from contractlang.model.heads import Filled, Limit
from contractlang.report.document import Table
from contractlang.report.html import as_html
from tests.annex.made import LIBRARY, TWINS, made, named

LANGUAGES = ("nl", "en")
CONTRACTS = [*TWINS, *LIBRARY]


@pytest.mark.parametrize("path", CONTRACTS, ids=named)
def test_there_is_an_annex_in_both_languages(path: Path) -> None:
    one = made(path)
    for language in LANGUAGES:
        text = one.text(language)
        assert not re.search("[{}\ue000\ue001]", text.replace(r"\{", "")), "a part was not filled in"
        assert one.contract.sha256 in text
        page = as_html(one.document(language), one.contract.name, language)
        assert page.count("<table>") == page.count("</table>") > 0
        assert "http" not in page.replace("http-equiv", ""), "the page must load nothing"


@pytest.mark.parametrize("path", CONTRACTS, ids=named)
def test_examples_show_what_came_out(path: Path) -> None:
    one = made(path)
    assert one.worked or path in TWINS
    for example in one.worked:
        assert example.holds, example
    text = one.text("en")
    tables = [block for block in one.document("en") if isinstance(block, Table) and block.headers[-1] == "agrees"]
    assert len(tables) == len(one.worked)
    for table, example in zip(tables, one.worked, strict=True):
        assert [row[-1] for row in table.rows] == ["yes"] * len(example.outcomes)
        assert all(row[1] == row[2] for row in table.rows)
    for given in one.contract.examples:
        assert given.title[:20] in re.sub(r"\\", "", text)


@pytest.mark.parametrize("path", CONTRACTS, ids=named)
def test_every_label_of_a_ceiling_shows(path: Path) -> None:
    """Also those that the contract sets once for every limit: the model has them at each limit."""
    one = made(path)
    for language in LANGUAGES:
        env, text = Env(one.contract, language), one.text(language)
        for limit in [head for head in one.contract.heads if isinstance(head, Limit)]:
            keys = [f"part_year.{limit.part_year.value}", "above.nothing" if limit.above is None else "above.scale.row"]
            if limit.charges:
                keys[1] += ".charge"
            if limit.filled is Filled.IN_ORDER:
                keys += [last_row(limit), f"late_row.{limit.late_row.value}", f"freed_room.{limit.freed_room.value}"]
            if limit.outside is None and not limit.rowless:
                keys.append("outside.nothing")
            elif limit.outside is not None:
                keys.append(f"outside.{limit.outside_counts.value}")
            if limit.delivery is not None:
                keys.append(f"delivery.{limit.delivery}")
            for key in keys:
                if limit.filled is Filled.IN_ORDER or key != "above.scale.row":
                    assert env.say(key) in text, (limit.id, key)
