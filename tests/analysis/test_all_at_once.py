"""An error in one article does not hide what is missing in another that rests on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractlang.analysis.check import check

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
(CONTRACT,) = re.findall(r"^```zc file=contract.zc\n(.*?)^```$", README, re.M | re.S)


@pytest.mark.parametrize(
    ("label", "code"),
    [("freed room", "ZC436"), ("outside ", "ZC437"), ("last row", "ZC434"), ("part year", "ZC432"), ("above", None)],
)
def test_a_limit_over_an_article_with_an_error(label: str, code: str | None) -> None:
    faulty = CONTRACT.replace("at hourly", "at daily")
    text = "".join(line for line in faulty.splitlines(True) if not line.strip().startswith(label))
    assert text != faulty
    found = {one.code for one in check(text).errors}
    assert {"ZC232"} < found
    assert code is None or code in found


def test_nothing_is_asked_that_is_answered() -> None:
    assert [one.code for one in check(CONTRACT.replace("at hourly", "at daily")).errors] == ["ZC232"]
