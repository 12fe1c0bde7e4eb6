"""A name that nothing uses is told only where nothing else is wrong: what uses it may be what has the error."""

from __future__ import annotations

import pytest

from contractlang.analysis.check import check
from contractlang.base.resources import grammar_folder

TEXT = (grammar_folder() / "samples" / "ZC434.zc").read_text(encoding="utf-8")
UNUSED = (grammar_folder() / "samples" / "ZC280.zc").read_text(encoding="utf-8")


def _codes(text: str) -> set[str]:
    return {found.code for found in check(text).findings}


def test_a_name_that_nothing_uses_is_told() -> None:
    assert _codes(UNUSED) == {"ZC280"}


def test_a_limit_that_misses_a_label_uses_its_list() -> None:
    assert "to at most ceiling" in TEXT
    assert _codes(TEXT) == {"ZC434"}


@pytest.mark.parametrize(
    ("written", "faulty"),
    [
        ("  pay hours of care at fee\n", "  pay hours of care at fee when hours <= 0 qx\n"),  # cannot be read
        ("  pay hours of care at fee\n", "  pay hours of care at fee + € 1.00 per client\n"),
        ('article 3 "Hours"\n', 'article 3 Hours and more" "\n'),  # the head of its block
        ("  hours        hours\n", "  hours        hors\n"),  # an error elsewhere
    ],
)
def test_no_name_is_said_to_be_unused_beside_an_error(written: str, faulty: str) -> None:
    assert written in UNUSED
    codes = _codes(UNUSED.replace(written, faulty))
    assert codes
    assert "ZC280" not in codes
