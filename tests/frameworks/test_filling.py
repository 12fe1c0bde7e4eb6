"""What a contract may say of a block of its framework, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractlang.analysis.check import Checked, check

GALLERY = Path(__file__).parents[1] / "gallery" / "frameworks"
FRAME = (GALLERY / "two_ceilings.zc").read_text(encoding="utf-8")
HEAD = """contract "Sample" version "2026.1"
  use       "frame.zc"
  provider  "Home Care West"
"""
FEE = """
tariff fee per hour by kind
  | kind | from 2026-01-01 |
  | A    |         € 61.89 |
"""


def signed(text: str, frame: str = FRAME) -> Checked:
    return check(HEAD + text, "sample.zc", "", {"frame.zc": frame})


def codes(found: Checked) -> list[str]:
    return [one.code for one in found.errors]


def test_a_repeated_line_tells_which_sentence_is_filled() -> None:
    text = """
article 3 "Two ceilings"
  limit article 1 after article 2 to at most € 1,000.00
    per  kind
  limit article 1 after article 2 to at most € 300.00
    per  quarter of care_date
"""
    found = signed(text)
    assert codes(found) == []
    said = [
        found.document.source.excerpt(line.place).strip()
        for block in found.document.blocks
        if block.rule == "article"
        for line in block.lines
    ]
    assert said[2:] == [
        "limit article 1 after article 2 to at most € 300.00",
        "limit article 1 after article 2 to at most € 1,000.00",
    ]


def test_sentences_that_say_the_same_are_filled_in_their_order() -> None:
    steps = "\ndefine factor\n  take   1\n  times  ...\n  times  ...\n"
    filled = "\ndefine factor\n  times  2\n  times  3\n"
    found = signed(filled, FRAME + steps)
    assert codes(found) == []
    (block,) = (one for one in found.document.blocks if one.rule == "define")
    assert [found.document.source.excerpt(line.place).split()[1] for line in block.lines] == ["1", "2", "3"]
    half = signed("\ndefine factor\n  times  2\n", FRAME + steps)
    assert len(half.holes) == len(found.holes) + 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FEE, []),
        (FEE.replace("61.89", "61.890").replace("€ 61.890", "€61.89"), []),
        (FEE.replace("hour", "day"), ["ZC160"]),
        (FEE.replace("tariff", "list"), ["ZC160"]),
        (FEE.replace("2026-01-01", "2026-02-01"), ["ZC160"]),
        (FEE + "  | A    |         € 61.89 |\n", ["ZC160"]),
        (FEE + "  | B    |         € 72.50 |\n", []),
        (FEE.replace("€ 61.89", "..."), []),
        (FEE.replace("  | A    |         € 61.89 |\n", ""), []),
        (FEE + FEE, ["ZC201"]),
        ('\narticle 1 "Hours"\n', []),
        ('\narticle 1 "Hours"\n  pay hours of care at fee\n', []),
        ('\narticle 1 "Hours"\n  pay hours of care at fee when kind = A\n', ["ZC160"]),
        ('\narticle 1 "Hours"\n  charge hours of care at fee\n', ["ZC161"]),
        ('\narticle 2 "Ceiling"\n  limit article 1 to at most fee\n', ["ZC238", "ZC406"]),  # filled, with what is no amount
        ('\nreject care\n  "outside-term"  when care_date outside term\n', []),
        ('\nreject care\n  "other"  when hours below 0 hours\n', ["ZC160"]),
        ('\ndata care\n  line_id  text  key\n', []),
        ('\ndata care\n  note  text\n', ["ZC160"]),
    ],
)  # fmt: skip
def test_what_is_filled_says_the_same(text: str, wanted: list[str]) -> None:
    assert codes(signed(text)) == wanted


@pytest.mark.parametrize(
    ("cell", "said", "wanted"),
    [
        ("€ ...", "€ 5.00", []),
        ("€ ...", "5", ["ZC160"]),
        ("... %", "5 %", []),
        ("... %", "€ 5.00", ["ZC160"]),
        ("...", "5", []),
        ("…", "5", []),
    ],
)
def test_an_open_cell_may_say_what_it_will_be(cell: str, said: str, wanted: list[str]) -> None:
    listed = "\nlist share by kind\n  | kind | from 2026-01-01 |\n  | A | {cell} |\n  | B | {cell} |\n"
    shown = '\nreport shares "Shares"\n  as of  2026-12-31\n  per    kind\n  show   share\n'
    alone = check(FRAME + listed.format(cell=cell) + shown, "frame.zc")
    assert codes(alone) == []
    found = signed(listed.format(cell=said), FRAME + listed.format(cell=cell) + shown)
    assert sorted(set(codes(found))) == wanted


@pytest.mark.parametrize(
    ("cell", "said", "wanted"),
    [("... %", "50.0 %", []), ("€ ...", "€ 5.00", []), ("... %", "€ 5.00", ["ZC160"]), ("...", "0.5", [])],
)
def test_values_of_a_scale_may_be_open(cell: str, said: str, wanted: list[str]) -> None:
    scale = "\nscale above each slice\n  | above | paid |\n  | up to 5.0 % | {cell} |\n  | beyond | {cell} |\n"
    alone = check(FRAME + scale.format(cell=cell), "frame.zc")
    assert codes(alone) == []
    assert len(alone.holes) == 2 + len(check(FRAME, "frame.zc").holes)
    found = signed(scale.format(cell=said), FRAME + scale.format(cell=cell))
    assert sorted(set(codes(found))) == wanted
    still = len(signed("").holes)
    assert len(found.holes) == still + (2 if wanted else 0)


def test_percentages_of_an_index_may_be_open() -> None:
    index = (
        "\nindex wages additive\n  | part | weight | forecast | catch-up |\n  | OVA | 100 % | {cell} | 0 % |\n"
        "  index rounded    half away from zero to 0.01 %\n"
    )
    alone = check(FRAME + index.format(cell="... %"), "frame.zc")
    assert codes(alone) == []
    assert "a percentage" in [hole.what for hole in alone.holes]
    filled = signed(index.format(cell="4.1 %"), FRAME + index.format(cell="... %"))
    assert codes(filled) == []
    assert "a percentage" not in [hole.what for hole in filled.holes]


def test_one_open_row_stands_for_any_number() -> None:
    frame = FRAME.replace(
        "  | A    |             ... |\n  | B    |         € 72.50 |\n", "  | ...  |             ... |\n"
    )
    assert frame != FRAME
    found = signed(FEE + "  | B    |         € 70.00 |\n", frame)
    assert codes(found) == []
    (block,) = (one for one in found.document.blocks if one.rule == "lookup")
    assert [[cell.text for cell in row.cells] for row in block.rows[1:]] == [["A", "€ 61.89"], ["B", "€ 70.00"]]
    twice = signed(FEE + "  | A    |         € 70.00 |\n", frame)
    assert codes(twice) == ["ZC509"]
    open_still = signed("", frame)
    assert "rows" in [hole.what for hole in open_still.holes]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ('  payer  "Delta Health Insurance"\n', []),
        ('  payer  "Delta"\n', ["ZC160"]),
        ('  payer  "Delta" in place of the framework\n', []),
        ("  settle  per quarter\n", ["ZC160"]),
        ("  settle  per quarter in place of the framework\n", []),
        ("  reopens  at most 2 quarters back\n", []),
        ("  reopens  at most 2 quarters back in place of the framework\n", ["ZC163"]),
        ("  term  2026-01-01 through 2026-06-30\n", ["ZC160"]),
    ],
)
def test_lines_of_the_head(line: str, wanted: list[str]) -> None:
    assert codes(check(HEAD + line, "sample.zc", "", {"frame.zc": FRAME})) == wanted


def test_a_line_of_the_head_that_is_not_to_be_replaced() -> None:
    frame = FRAME.replace("settle    per month", "settle    per month not to be replaced")
    assert frame != FRAME
    assert codes(signed("", frame)) == []
    line = "  settle  per quarter in place of the framework\n"
    assert codes(check(HEAD + line, "sample.zc", "", {"frame.zc": frame})) == ["ZC165"]


def test_an_open_provider_may_be_one_for_each_value_of_a_column() -> None:
    frame = FRAME.replace("  hours      hours\n", "  hours      hours\n  provider   party\n")
    head = HEAD.replace('"Home Care West"', "one per provider in care, each separately")
    assert codes(check(head, "sample.zc", "", {"frame.zc": frame})) == []


def test_prose_of_the_contract_stands_below_that_of_the_framework() -> None:
    found = signed('\narticle 1 "Hours"\n  > Paid on the fifth day.\n')
    (one,) = (block for block in found.document.blocks if block.rule == "article" and block.node.word(0).text == "1")
    assert one.prose == ("Paid on the fifth day.",)
