"""The merge itself, without git: what merges, what clashes and in which words, and that no line is lost."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractlang.analysis.check import check
from contractlang.compare.parts import NoParts
from contractlang.compare.reading import parts_of
from contractlang.git.merge import said
from contractlang.git.merging.text import merge_texts
from contractlang.report.words import Words
from tests.git.repo import CONTRACT

ROOT = Path(__file__).parents[2]
CONTRACTS = sorted((ROOT / "contracts" / "library").glob("**/*.zc")) + sorted(
    (ROOT / "grammar" / "starters").glob("*.zc")
)
MBO = "  | mbo   |         € 51.20 |         € 52.45 |\n"
HBO = "  | hbo   |         € 74.90 |         € 76.70 |\n"
HEAD = "  | level | from 2026-01-01 | from 2026-07-01 |\n"


def edited(*changes: tuple[str, str], text: str = CONTRACT) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def merged(one: str, other: str, base: str = CONTRACT) -> str:
    made = merge_texts(base, one, other)
    assert made.clashes == ()
    return made.text


def clashes(one: str, other: str, base: str = CONTRACT) -> list[str]:
    made = merge_texts(base, one, other)
    assert made.text.count("<<<<<<< ours\n") == made.text.count("\n>>>>>>> theirs") >= 1
    return [said(clash, Words(made.language)) for clash in made.clashes]


DATED = (
    ("from 2026-07-01 |", "from 2026-07-01 | from 2026-10-01 |"), ("€ 52.45 |", "€ 52.45 | € 60.00 |"),
    ("€ 76.70 |", "€ 76.70 | € 80.00 |"),
)  # fmt: skip
EARLIER = (
    ("from 2026-07-01 |", "from 2026-07-01 | from 2026-09-01 |"), ("€ 52.45 |", "€ 52.45 | € 59.00 |"),
    ("€ 76.70 |", "€ 76.70 | € 79.00 |"),
)  # fmt: skip
WO = (HBO, HBO + "  | wo    |         € 90.00 |         € 91.00 |\n")
INDEPENDENT = [
    (("€ 52.45", "€ 53.00"),),
    (("€ 76.70", "€ 77.00"),),
    (("€ 400.00", "€ 500.00"),),
    (("last row    in part", "last row    nothing, nor any later row"),),
    (("Above the ceiling nothing", "Above it nothing"),),
    (('"Home Care West"', '"Home Care East"'),),
    (("agreed on 4 November", "agreed on 5 November"),),
    (("  minutes    minutes  whole\n", "  minutes    minutes  whole\n  crisis     yes or no\n"),),
    (("  pay minutes of care at hourly\n", "  pay minutes of care at hourly  # as measured\n"),),
    (("reject care\n", "define nobody\n  rows  care where minutes = 0\n\nreject care\n"),),
    (("term      2026-01-01 through 2026-12-31", "term      2026-01-01 through 2027-12-31"),),
]


@pytest.mark.parametrize(("left", "right"), list(itertools.combinations(range(len(INDEPENDENT)), 2)))
def test_independent_changes_merge(left: int, right: int) -> None:
    one, other = edited(*INDEPENDENT[left]), edited(*INDEPENDENT[right])
    both = edited(*INDEPENDENT[left], *INDEPENDENT[right])
    assert merged(one, other) == both
    assert merged(other, one) == both


def test_equal_changes_are_no_clash() -> None:
    for change in INDEPENDENT:
        assert merged(edited(*change), edited(*change)) == edited(*change)
    assert merged(edited(WO, INDEPENDENT[0][0]), edited(WO, INDEPENDENT[2][0])) == edited(
        WO, INDEPENDENT[0][0], INDEPENDENT[2][0]
    )


def test_a_column_of_one_side_and_a_cell_of_the_other() -> None:
    made = merged(edited(*DATED), edited(("€ 52.45", "€ 53.00")))
    assert "| mbo   |         € 51.20 |         € 53.00 |         € 60.00 |" in made
    assert check(made).errors == ()


def test_columns_of_both_sides_stand_in_order_of_their_dates() -> None:
    made = merged(edited(*DATED), edited(*EARLIER))
    assert "| from 2026-07-01 | from 2026-09-01 | from 2026-10-01 |" in made
    assert "€ 52.45 |         € 59.00 |         € 60.00 |" in made
    assert check(made).errors == ()


def test_rows_of_both_sides() -> None:
    other = (HBO, HBO + "  | vo    |         € 80.00 |         € 81.00 |\n")
    made = merged(edited(WO), edited(other))
    assert [line.split("|")[1].strip() for line in made.splitlines() if line.startswith("  |")] == [
        "level",
        "mbo",
        "hbo",
        "wo",
        "vo",
    ]


def test_a_new_row_and_a_new_column_leave_a_cell_that_nobody_filled() -> None:
    assert clashes(edited(WO), edited(*DATED)) == [
        "tariff hourly, row wo, from 2026-10-01: one side adds the row, the other the column, and nobody says what "
        "stands where they cross"
    ]
    text = merge_texts(CONTRACT, edited(WO), edited(*DATED)).text
    ours = text.split("<<<<<<< ours\n")[1].split("=======")[0]
    assert "| wo    |         € 90.00 |         € 91.00 |             ... |" in ours
    assert "| mbo   |         € 51.20 |         € 52.45 |         € 60.00 |" in ours


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ((("€ 52.45", "€ 52.95"),), (("€ 52.45", "€ 53.00"),),
         "tariff hourly, row mbo, from 2026-07-01: € 52.95 on the one side, € 53.00 on the other"),
        ((("€ 400.00", "€ 500.00"),), (("€ 400.00", "€ 600.00"),),
         'article 2 "Ceiling": limit article 1 to at most € 500.00 on the one side, limit article 1 to at most € 600.00 on the other'),
        ((("last row    in part", "last row    nothing, nor any later row"),), (("    last row    in part\n", ""),),
         'article 2 "Ceiling", last row: nothing, nor any later row on the one side, removed on the other'),
        ((("2026-12-31", "2027-12-31"),), (("2026-12-31", "2026-06-30"),),
         "contract, term: 2026-01-01 through 2027-12-31 on the one side, 2026-01-01 through 2026-06-30 on the other"),
        (((HBO, ""),), (("€ 76.70", "€ 77.00"),), "tariff hourly, row hbo: removed on the one side, changed on the other"),
        ((("| mbo  ", "| mbo3 "),), (("| mbo  ", "| mbo4 "),), "tariff hourly: other rows on the one side, other rows on the other"),
        (((HBO, ""),), (*DATED,), "tariff hourly, row hbo: removed on the one side, changed on the other"),
        ((("one of mbo, hbo", "one of mbo, hbo, wo"),), (("one of mbo, hbo", "one of mbo, hbo, vo"),),
         "data care, level: one of mbo, hbo, wo on the one side, one of mbo, hbo, vo on the other"),
        ((('"OUTSIDE-TERM"', '"NO-MINUTES"  when minutes at most 0\n  "OUTSIDE-TERM"'),),
         (('"OUTSIDE-TERM"', '"TOO-LONG"  when minutes above 900\n  "OUTSIDE-TERM"'),),
         'reject care: "NO-MINUTES" when minutes at most 0 on the one side, "TOO-LONG" when minutes above 900 on the other'),
        ((("Above the ceiling", "Above it"),), (("Above the ceiling", "Over the ceiling"),),
         'article 2 "Ceiling": > Above it nothing is paid. on the one side, > Over the ceiling nothing is paid. on the other'),
        ((("agreed on 4", "agreed on 5"),), (("agreed on 4", "agreed on 6"),),
         'article 2 "Ceiling", the comment above it: # agreed on 5 November on the one side, # agreed on 6 November on the other'),
        ((("article 2 ", "article 3 "),), (("article 2 ", "article 4 "),),
         'article 3 "Ceiling" on the one side, article 4 "Ceiling" on the other'),
    ],
)  # fmt: skip
def test_the_same_thing_changed_differently(
    one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...], words: str
) -> None:
    told = clashes(edited(*one), edited(*other))
    assert len(told) == 1
    assert words in told[0]


def test_a_clash_stands_in_its_block_alone_and_the_rest_is_merged() -> None:
    one = edited(("€ 52.45", "€ 53.00"), ("€ 400.00", "€ 500.00"), ("€ 76.70", "€ 78.00"))
    other = edited(("€ 52.45", "€ 54.00"), ('"Home Care West"', '"Home Care East"'))
    text = merge_texts(CONTRACT, one, other).text
    before, rest = text.split("<<<<<<< ours\n")
    ours, rest = rest.split("=======\n")
    theirs, after = rest.split(">>>>>>> theirs\n")
    assert '"Home Care East"' in before
    assert "€ 500.00" in after
    assert ours.startswith("tariff hourly")
    assert [line for line in ours.splitlines() if line not in theirs.splitlines()] == [
        MBO.rstrip().replace("52.45", "53.00")
    ]
    assert "€ 78.00" in theirs
    for side in (ours, theirs):
        assert check(before + side + after).errors == ()


def test_a_removed_block() -> None:
    without = CONTRACT[: CONTRACT.index("\n# agreed")]
    assert merged(without, edited(("€ 52.45", "€ 53.00"))) == without.replace("€ 52.45", "€ 53.00")
    assert clashes(without, edited(("€ 400.00", "€ 500.00"))) == [
        'article 2 "Ceiling": removed on the one side, changed on the other'
    ]


def test_articles_of_both_sides_are_both_kept() -> None:
    article = '\narticle {n} "Bonus"\n  pay € {n}.00\n    per          calendar year\n    part year    full amount\n    instalments  none\n'
    made = merged(CONTRACT + article.format(n=3), CONTRACT + article.format(n=4))
    assert made == CONTRACT + article.format(n=3) + article.format(n=4)
    told = clashes(CONTRACT + article.format(n=3), CONTRACT + article.format(n=3).replace("3.00", "5.00"))
    assert told == ['article 3 "Bonus": added on the one side, added on the other']


def test_a_moved_block_and_a_changed_one() -> None:
    head, rest = CONTRACT.split("tariff hourly", 1)
    table, articles = ("tariff hourly" + rest).split('article 1 "', 1)
    moved = head + 'article 1 "' + articles + "\n" + table.rstrip("\n") + "\n"
    assert merged(moved, edited(("€ 52.45", "€ 53.00"))) == moved.replace("€ 52.45", "€ 53.00")


def test_steps_of_a_scale_are_not_merged_when_both_change_them() -> None:
    scale = "\nscale points stepwise\n  | number | points |\n  | up to 10 | 1 % |\n  | beyond | 2 % |\n"
    one = scale.replace("| beyond", "| up to 20 | 3 % |\n  | beyond")
    other = scale.replace("| beyond", "| up to 15 | 4 % |\n  | beyond")
    assert clashes(CONTRACT + one, CONTRACT + other, CONTRACT + scale) == [
        "scale points: other rows on the one side, other rows on the other"
    ]
    assert "| up to 10 | 5 % |" in merged(CONTRACT + scale.replace("1 %", "5 %"), CONTRACT + scale, CONTRACT + scale)


def test_in_dutch() -> None:
    dutch = next(path for path in CONTRACTS if path.name == "ceiling.nl.zc").read_text(encoding="utf-8")
    line = next(line for line in dutch.splitlines() if line.startswith("  looptijd"))
    told = clashes(
        dutch.replace(line, line.replace("-12-31", "-06-30")),
        dutch.replace(line, line.replace("-12-31", "-03-31")),
        dutch,
    )
    assert told[0].startswith("zorgcontract, looptijd: ")
    assert " aan de ene kant, " in told[0]


def test_what_cannot_be_read_is_not_merged_here() -> None:
    for broken in (
        "",
        "hello",
        CONTRACT.replace("pay minutes", "betaal minutes"),
        CONTRACT.replace("contract ", "zorgcontract ", 1),
    ):
        with pytest.raises(NoParts):
            merge_texts(CONTRACT, broken, CONTRACT)


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.name)
def test_every_line_has_a_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = parts_of(text)
    lines = [line for block in made.blocks for line in block.text()]
    assert "\n".join([*lines, *made.tail]) == text


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, list[int], list[int]]:
    """A contract and, for each side, lines that it leaves out: the sides have none in common."""
    path = draw(st.sampled_from(CONTRACTS))
    text = path.read_text(encoding="utf-8")
    lines = list(range(len(text.splitlines())))
    one = draw(st.lists(st.sampled_from(lines), max_size=3, unique=True))
    other = draw(st.lists(st.sampled_from([at for at in lines if at not in one]), max_size=3, unique=True))
    return text, one, other


def without(text: str, left: list[int]) -> str:
    return "".join(line for at, line in enumerate(text.splitlines(keepends=True)) if at not in left)


def said_in(text: str) -> list[str]:
    """The lines whatever their layout: a table of both sides is laid out anew."""
    return sorted(" ".join(line.split()) for line in text.splitlines() if line.strip())


@settings(max_examples=60, deadline=None)
@given(versions())
def test_lines_left_out_by_either_side_are_left_out(made: tuple[str, list[int], list[int]]) -> None:
    text, one, other = made
    try:
        found = merge_texts(text, without(text, one), without(text, other))
    except NoParts:
        return
    if not found.clashes:
        assert said_in(found.text) == said_in(without(text, [*one, *other]))


@settings(max_examples=40, deadline=None)
@given(versions())
def test_one_side_alone_is_taken_as_it_is(made: tuple[str, list[int], list[int]]) -> None:
    text, one, _ = made
    changed = without(text, one)
    for versions_of in ((text, changed, text), (text, text, changed), (text, changed, changed)):
        try:
            found = merge_texts(*versions_of)
        except NoParts:
            return
        assert (found.text, found.clashes) == (changed, ())


FIGURE = re.compile(r"\d+")


@st.composite
def figures(draw: st.DrawFn) -> tuple[str, int, int, int]:
    """A contract and two lines with figures in it."""
    text = draw(st.sampled_from(CONTRACTS)).read_text(encoding="utf-8")
    lines = [at for at, line in enumerate(text.splitlines()) if FIGURE.search(line)]
    one = draw(st.sampled_from(lines))
    return text, one, draw(st.sampled_from([at for at in lines if at != one])), draw(st.integers(0, 20))


def with_figure(text: str, at: int, which: int) -> str:
    """The text with another figure somewhere in one line."""
    lines = text.splitlines(keepends=True)
    found = list(FIGURE.finditer(lines[at]))
    place = found[which % len(found)]
    lines[at] = f"{lines[at][: place.start()]}7{place[0]}{lines[at][place.end() :]}"
    return "".join(lines)


@settings(max_examples=100, deadline=None)
@given(figures())
def test_figures_changed_by_either_side_are_changed(made: tuple[str, int, int, int]) -> None:
    text, left, right, which = made
    one, other = with_figure(text, left, which), with_figure(text, right, which)
    try:
        found = merge_texts(text, one, other)
    except NoParts:
        return
    if not found.clashes:
        assert said_in(found.text) == said_in(with_figure(with_figure(text, left, which), right, which))
    for clash in found.clashes:
        assert clash.where or "article" in clash.one
