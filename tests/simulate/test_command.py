"""The command: forms of the outcome, the plot, what it refuses, and what it leaves behind."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from contractlang.cli.main import contractlang
from contractlang.simulate import run as running
from contractlang.simulate.axis import place, ticks
from tests.simulate.worked import CARE, CONTRACT, MEMBERS, written

CEILINGS = "article 2 ceiling = € 900.00, € 1,200.00"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = written(tmp_path, care=CARE, members=MEMBERS)
    (made / "contract.zc").write_text(CONTRACT, encoding="utf-8")
    kept = tmp_path / "temporary"
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    monkeypatch.chdir(made)
    return made


def invoke(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(contractlang, ["simulate", "contract.zc", ".", *arguments])
    assert list(Path("temporary").iterdir()) == []
    return done.exit_code, done.output


def test_json_and_csv_say_the_same(folder: Path) -> None:
    asked = ["--set", CEILINGS, "--vary", "volume of care +100 %", "--by", "party"]
    code, output = invoke(*asked, "--format", "json")
    made = json.loads(output)
    assert (code, made["as_it_stands"]["total"], made["seeds"]) == (0, "1055.00", [1])
    # 900.00 or 1,200.00 are reached by two of each client; 2.5 % of it; five members
    assert [one["total"] for one in made["scenarios"]] == ["972.50", "1280.00"]
    assert [one["favours"] for one in made["scenarios"]] == ["payer", "provider"]
    assert made["scenarios"][0]["changes"] == [
        {"place": "article 2 ceiling", "was": "€ 1,000.00", "becomes": "€ 900.00"}
    ]
    assert made["scenarios"][0]["draws"][0]["rows"] == {"care": 5, "members": 2}
    rows = list(csv.DictReader(io.StringIO(invoke(*asked, "--format", "csv")[1])))
    assert [row["total"] for row in rows] == ["1055.00", "972.50", "1280.00"]
    assert [row["article 4"] for row in rows] == ["30.00", "50.00", "50.00"]


def test_the_text_is_not_written_to_the_contract(folder: Path) -> None:
    code, output = invoke("--set", CEILINGS, "--format", "md")
    assert code == 0
    assert "| 1 | € 900.00 | € 952.50 | € -102.50 | payer |" in output
    assert (folder / "contract.zc").read_text(encoding="utf-8") == CONTRACT


def test_parties_gain_each_on_their_own(folder: Path) -> None:
    text = CONTRACT.replace('provider  "Q"', "provider  one per team in care, each separately")
    text = text.replace("  care_date  date ", "  team       party\n  care_date  date ", 1).replace(
        "calendar year of care_date\n    part", "team\n    per  calendar year of care_date\n    part"
    )
    text = text[: text.index('article 3 "Bonus"')] + text[text.index('article 3 "Bonus"') :].split("article 3")[0]
    text = text.replace(text[text.index("data members") : text.index("reject care")], "")
    (folder / "contract.zc").write_text(text, encoding="utf-8")
    lines = [f"{line},{team}" for line, team in zip(CARE.splitlines(), ["team", "X", "Y", "X", "Y", "Y"], strict=True)]
    (folder / "care.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, output = invoke("--set", "article 2 ceiling = € 100.00", "--by", "party", "--format", "csv")
    assert code == 0, output
    found = [
        (row["scenario"], row["party"], row["total"], row["favours"]) for row in csv.DictReader(io.StringIO(output))
    ]
    assert found == [
        ("0", "", "1055.50", "neither"), ("0", "X", "833.30", "neither"), ("0", "Y", "222.20", "neither"),
        ("1", "", "200.00", "payer"), ("1", "X", "100.00", "payer"), ("1", "Y", "100.00", "payer"),
    ]  # fmt: skip


def test_the_plot_is_whole_and_can_be_read_aloud(folder: Path) -> None:
    code, _ = invoke("--set", CEILINGS, "--vary", "volume of care -50 %..+100 %", "--plot", "out.svg", "--samples", "2")
    assert code == 0
    root = ElementTree.parse(folder / "out.svg").getroot()
    space = {"s": "http://www.w3.org/2000/svg"}
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.findtext("s:desc", None, space)
    texts = [one.text for one in root.findall("s:text", space)]
    assert {"Total (€)", "volume of care (%)", "As it stands", "article 2 ceiling € 900.00"} <= set(texts)
    assert len(root.findall("s:polyline", space)) == 2
    points = root.findall("s:circle/s:title", space)
    assert len(points) == 10
    assert any((one.text or "").endswith(": € 972.50") for one in points)
    for one in root.iter():
        for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy"):
            assert 0 <= int(one.get(name, "0")) <= int(root.get("width", "0"))


def test_signs_of_markup_in_names_are_text(folder: Path) -> None:
    (folder / "contract.zc").write_text(CONTRACT.replace("Care with credits", "<b>&amp;"), encoding="utf-8")
    assert invoke("--set", CEILINGS, "--plot", "out.svg")[0] == 0
    root = ElementTree.parse(folder / "out.svg").getroot()
    assert (root.findtext("{http://www.w3.org/2000/svg}title") or "").startswith("What if: <b>&amp;")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--set"),
        (["--set", "article 8 ceiling = € 1.00"], "[ZC920]"),
        (["--vary", "volume of hair +5 %"], "[ZC928]"),
        (["--vary", "volume of care -120 %"], "[ZC928]"),
        (["--vary", "volume of care € 5.00"], "[ZC928]"),
        (["--vary", "volume of care +1 %..+50 % step 1 %", "--samples", "100"], "[ZC925]"),
        (["--set", CEILINGS, "--plot", "out.png"], ".svg"),
        (["--set", CEILINGS, "--plot", "nowhere/out.svg"], "nowhere"),
    ],
)
def test_what_it_refuses(folder: Path, arguments: list[str], said: str) -> None:
    code, output = invoke(*arguments)
    assert (code, said in output, "Traceback" in output) == (2, True, False)


def test_stopped_halfway_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def stopped(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise KeyboardInterrupt
        return settled(*given, **named)  # type: ignore[arg-type]

    settled = running.settle_prepared
    monkeypatch.setattr(running, "settle_prepared", stopped)
    (folder / "out.txt").write_text("before", encoding="utf-8")
    code, _ = invoke("--vary", "volume of care -50 %..+100 %", "--out", "out.txt", "--plot", "out.svg")
    assert (code, calls) == (1, 4)
    assert (folder / "out.txt").read_text(encoding="utf-8") == "before"
    assert not (folder / "out.svg").exists()
    assert not list(folder.glob("*.part"))


def test_places_on_an_axis() -> None:
    low, high = Fraction(95250), Fraction(128000)
    assert ticks(low, high) == (90000, 100000, 110000, 120000, 130000)
    assert [place(Fraction(one), Fraction(0), Fraction(10), 100) for one in (0, 3, 10)] == [0, 30, 100]
    assert place(low, low, low, 100) == 50
