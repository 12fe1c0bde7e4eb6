"""Places in the words of the contract, values, and the text that comes of them."""

from __future__ import annotations

import difflib

import pytest

from contractlang.base.diagnostics import word
from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.spots import same, spots_of
from contractlang.simulate.values import read_values
from tests.simulate.worked import CONTRACT, variants

DUTCH = """\
zorgcontract "Uren" versie "1"
  financier   "P"
  aanbieder   "Q"
  looptijd    2026-01-01 t/m 2026-12-31
  afrekening  per kwartaal
  afgerond    rekenkundig, half van nul af, op € 0,01 per rij

gegevens zorg
  regel_id   tekst   sleutel
  niveau     één van mbo, "wo+"
  zorgdatum  datum   bepaalt jaar, tarief, periode
  uren       uren

tarief uurtarief / hourly per uur naar niveau
  | niveau | vanaf 2026-01-01 | vanaf 2026-07-01 |
  | mbo    |          € 50,25 |          € 51,15 |
  | wo+    |        € 1.000,- |                - |

artikel 1 "Uren"
  betaal uren van zorg tegen uurtarief
"""


def changed(text: str, *settings: str) -> list[tuple[str, str]]:
    """The lines of the contract that differ, before and after, for the only scenario."""
    (variant,) = variants(text, *settings)
    pairs = zip(text.split("\n"), variant.text.split("\n"), strict=True)
    return [(old.strip(), new.strip()) for old, new in pairs if old != new]


def fault(text: str, *settings: str) -> SimulationFault:
    with pytest.raises(SimulationFault) as found:
        variants(text, *settings)
    for language in ("en", "nl"):
        said = [word(found.value.code, part, language, found.value.arguments) for part in ("title", "text", "help")]
        assert all(said)
        assert "{" not in "".join(said)
    return found.value


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("article 2 ceiling = € 1,250.50", "limit article 1 to at most € 1,250.50   # negotiated"),
        ("article 2 ceiling + 3 %", "limit article 1 to at most € 1,030.00   # negotiated"),
        ("article 2 ceiling = 90 % of article 1", "limit article 1 to at most 90 % of article 1   # negotiated"),
        ("ARTICLE 2  limit = € 1.00", "limit article 1 to at most € 1.00   # negotiated"),
        ("article 3 by = 3 %", "by       3 % of the base"),
        ("article 2 last row = nothing, nor any later row", "last row    nothing, nor any later row"),
        ("article 4 price = € 11.00", "pay each row of members at € 11.00 each"),
        ("tariff hourly from 2026-07-01 = € 60.00", "|         € 50.00 |         € 60.00 |"),
        ("tariff hourly = € 60.00", "|         € 60.00 |         € 60.00 |"),
        ("tariff hourly + 0.01 %", "|         € 50.01 |         € 55.56 |"),  # 50.005 and 55.555555
        ("tariff hourly -0.01 %", "|         € 50.00 |         € 55.54 |"),  # 49.995 and 55.544445
    ],
)
def test_only_what_was_named_changes(setting: str, line: str) -> None:
    ((_, new),) = changed(CONTRACT, setting)
    assert new == line


def test_dutch_words_and_figures() -> None:
    assert (
        changed(DUTCH, "tarief uurtarief mbo vanaf 2026-07-01 = € 52,00")[0][1]
        == "| mbo    |          € 50,25 |          € 52,00 |"
    )
    assert (
        changed(DUTCH, "tarief hourly wo+ vanaf 2026-01-01 = € 1.100,00")[0][1]
        == "| wo+    |        € 1.100,00 |                - |"
    )
    # exactly halfway: 50.25 x 1.02 = 51.255 and 51.15 x 1.02 = 52.173; an empty cell stays empty
    assert [new for _, new in changed(DUTCH, "tarief uurtarief + 2 %")] == [
        "| mbo    |          € 51,26 |          € 52,17 |",
        "| wo+    |        € 1.020 |                - |",
    ]
    assert fault(DUTCH, "tarief uurtarief mbo = € 52.50").code == "ZC923"


@pytest.mark.parametrize(
    ("code", "settings"),
    [
        ("ZC920", ["article 9 ceiling = € 1.00"]),
        ("ZC920", ["tariff daily + 3 %"]),
        ("ZC922", ["article 2 ceiling"]),
        ("ZC922", ["= € 1.00"]),
        ("ZC923", ["article 2 ceiling = € 1.250"]),
        ("ZC923", ["article 2 ceiling = € 3.00..€ 1.00 step € 1.00"]),
        ("ZC923", ["article 2 ceiling = € 1.00..5 % step € 1.00"]),
        ("ZC924", ["article 2 last row = maybe"]),
        ("ZC924", ["article 2 ceiling = ..."]),
        ("ZC925", ["article 2 ceiling = € 1.00..€ 900.00 step € 1.00"]),
        ("ZC925", ["article 2 ceiling = € 1.00..€ 20.00 step € 1.00", "tariff hourly + 1 %..+ 11 % step 1 %"]),
        ("ZC926", ["tariff hourly + 1 %", "tariff hourly from 2026-07-01 = € 60.00"]),
        ("ZC927", ["article 2 last row + 3 %"]),
    ],
)
def test_what_cannot_be_is_said(code: str, settings: list[str]) -> None:
    assert fault(CONTRACT, *settings).code == code


def test_what_could_be_meant_is_listed() -> None:
    found = fault(CONTRACT, "article 2 seiling = € 1.00")
    assert found.arguments["places"].startswith("`article 2 ceiling` (€ 1,000.00)")
    two = CONTRACT.replace(
        "  pay each row of members at € 10.00 each\n",
        "  pay each row of members where client_id = A at € 10.00 each\n  pay each row of members where client_id = B at € 20.00 each\n",
    )
    found = fault(two, "article 4 price = € 1.00")
    assert (found.code, found.arguments["number"]) == ("ZC921", "2")
    names = [part.split("`")[1] for part in found.arguments["places"].split("; ")]
    for name, old in zip(names, ("€ 10.00", "€ 20.00"), strict=True):
        ((before, after),) = changed(two, f"{name} = € 1.00")
        assert (old in before, "€ 1.00 each" in after) == (True, True)


@pytest.mark.parametrize("text", [CONTRACT, DUTCH])
def test_every_place_has_a_name_of_its_own_and_stands_where_it_says(text: str) -> None:
    spots = spots_of(text, "nl" if text is DUTCH else "en")
    assert len({same(spot.called) for spot in spots}) == len(spots) > 8
    lines = text.split("\n")
    for spot in spots:
        for token in spot.tokens:
            assert lines[token.place.line - 1][token.place.column - 1 : token.place.end - 1] == token.text
        assert [other for other in spots if same(spot.called) in other.addresses and other.called == spot.called] == [
            spot
        ]


def test_setting_what_stands_there_leaves_the_text_as_it_is() -> None:
    tried = 0
    for spot in spots_of(CONTRACT, "en"):
        (variant,) = variants(CONTRACT, f"{spot.called} = {spot.text}")
        same_text = list(difflib.ndiff([CONTRACT], [variant.text]))
        assert variant.text == CONTRACT, same_text
        tried += 1
    assert tried > 15


def test_values_in_lists_and_ranges() -> None:
    def shown(text: str, language: str = "en") -> list[str]:
        return [figure.written(language) for figure in read_values(text, language) or ()]

    assert shown("€ 1,000.00, € 2,000.00") == ["€ 1,000.00", "€ 2,000.00"]
    assert shown("€ 1.000,00..€ 1.100,00 stap € 50,00", "nl") == ["€ 1.000,00", "€ 1.050,00", "€ 1.100,00"]
    assert shown("1 %..2 % step 0.4 %") == ["1.0 %", "1.4 %", "1.8 %"]
    assert shown("-20 %..+20 %") == ["-20 %", "-10 %", "0 %", "10 %", "20 %"]
    assert shown("2,5 %, 3 %", "nl") == ["2,5 %", "3 %"]
    assert read_values("nothing, nor any later row", "en") is None
