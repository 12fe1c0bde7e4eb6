"""Which file is the framework, what stands in the way, and that nothing outside the contract's folder is ever read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contractlang.analysis.check import Checked, check
from contractlang.analysis.framework.files import MOST_LEVELS
from contractlang.base import beside
from contractlang.cli.findings import render

GALLERY = Path(__file__).parents[1] / "gallery" / "frameworks"
FRAME = (GALLERY / "framework.zc").read_text(encoding="utf-8")
CONTRACT = """contract "Sample" version "2026.1"
  use       "{file}"
  provider  "Home Care West"

tariff fee per hour by kind
  | kind | from 2026-01-01 |
  | A    |         € 61.89 |

article 2 "Ceiling"
  limit article 1 to at most € 5,000.00
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the contract, with a framework beside it and one outside."""
    made = tmp_path / "contracts"
    (made / "frames").mkdir(parents=True)
    (made / "framework.zc").write_text(FRAME, encoding="utf-8")
    (made / "frames" / "framework.zc").write_text(FRAME, encoding="utf-8")
    (tmp_path / "framework.zc").write_text(FRAME, encoding="utf-8")
    return made


def use(file: str, folder: Path) -> Checked:
    return check(CONTRACT.format(file=file), "contracts/sample.zc", str(folder))


def codes(found: Checked) -> list[str]:
    assert bool(found.findings) == bool(render(found.findings, found.document.source, "full"))
    return [one.code for one in found.errors]


@pytest.mark.parametrize("file", ["framework.zc", "./framework.zc", "frames/framework.zc"])
def test_beside_the_contract_or_below(folder: Path, file: str) -> None:
    found = use(file, folder)
    assert found.errors == ()
    assert found.contract is not None
    assert found.contract.frameworks[0].name == "Framework"


@pytest.mark.parametrize(
    "file",
    ["../framework.zc", "frames/../../framework.zc", "frames/../framework.zc", "..", "/etc/passwd", "..\\framework.zc"],
)
def test_no_way_out_of_the_folder(folder: Path, file: str) -> None:
    assert codes(use(file, folder)) == ["ZC151"]


def test_no_absolute_path_even_to_the_folder(folder: Path) -> None:
    assert codes(use(str(folder / "framework.zc"), folder)) == ["ZC151"]


def test_no_link_out_of_the_folder(folder: Path) -> None:
    (folder / "linked.zc").symlink_to(folder.parent / "framework.zc")
    (folder / "above").symlink_to(folder.parent)
    (folder / "within.zc").symlink_to(folder / "framework.zc")
    assert codes(use("linked.zc", folder)) == ["ZC151"]
    assert codes(use("above/framework.zc", folder)) == ["ZC151"]
    assert codes(use("within.zc", folder)) == []


def test_absent_with_what_may_be_meant(folder: Path) -> None:
    found = use("framwork.zc", folder)
    assert codes(found) == ["ZC150"]
    assert found.errors[0].fixes == ('"framework.zc"',)
    assert found.errors[0].place.line == 2
    assert codes(use("framework.zc/more.zc", folder)) == ["ZC150"]
    assert use("frames/framwork.zc", folder).errors[0].fixes == ('"frames/framework.zc"',)


def test_what_is_no_file_of_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe.zc")
    (folder / "zero.zc").write_bytes(FRAME.encode() + b"\0")
    (folder / "latin.zc").write_bytes('contract "Café" version "1"'.encode("latin-1"))
    assert codes(use("frames", folder)) == ["ZC152"]
    assert codes(use("pipe.zc", folder)) == ["ZC152"]
    assert codes(use("x" * 5000, folder)) == ["ZC152"]
    assert codes(use("a\0b.zc", folder)) == ["ZC152"]
    assert codes(use("zero.zc", folder)) == ["ZC154"]
    assert codes(use("latin.zc", folder)) == ["ZC154"]
    monkeypatch.setattr("contractlang.analysis.framework.files.MOST_BYTES", len(FRAME.encode()) - 1)
    assert codes(use("framework.zc", folder)) == ["ZC153"]
    assert beside.MOST_BYTES == 20_000_000


def test_text_with_a_mark_and_other_line_ends(folder: Path) -> None:
    (folder / "framework.zc").write_bytes(b"\xef\xbb\xbf" + FRAME.replace("\n", "\r\n").encode())
    assert codes(use("framework.zc", folder)) == []


def test_frameworks_above_each_other(folder: Path) -> None:
    """Names count from the file that says them; what a higher one says can be filled on the way."""
    middle = 'contract "Region" version "3"\n  use  "deep/top.zc"\n\narticle 3 "Note"\n  see article 1\n'
    (folder / "frames" / "deep").mkdir()
    (folder / "frames" / "deep" / "top.zc").write_text(FRAME, encoding="utf-8")
    (folder / "frames" / "region.zc").write_text(middle, encoding="utf-8")
    found = use("frames/region.zc", folder)
    assert codes(found) == []
    assert found.contract is not None
    assert [(one.file, one.name, one.version) for one in found.contract.frameworks] == [
        ("frames/region.zc", "Region", "3"),
        ("frames/deep/top.zc", "Framework", "2026.1"),
    ]
    assert [article.number for article in found.contract.articles] == ["1", "2", "3"]
    filled = {one.name: one.framework for one in found.contract.terms}
    assert filled == {"provider": "frames/deep/top.zc", "fee": "frames/deep/top.zc", "2": "frames/deep/top.zc"}


def test_a_higher_framework_may_be_replaced_on_the_way(folder: Path) -> None:
    middle = 'contract "Region" version "3"\n  use  "framework.zc"\n\n'
    price = "tariff fee per hour by kind{mark}\n  | kind | from 2026-01-01 |\n  | A | € 1.00 |\n  | B | € 2.00 |\n"
    (folder / "region.zc").write_text(middle + price.format(mark=" in place of the framework"), encoding="utf-8")
    found = use("region.zc", folder)  # fills a cell that the region has closed
    assert codes(found) == ["ZC160"]
    assert "region.zc:6" in found.errors[0].arguments["line"]
    (folder / "region.zc").write_text(middle + price.format(mark=""), encoding="utf-8")
    found = use("region.zc", folder)
    assert codes(found) == ["ZC160", "ZC160"]
    assert [found.document.source.located(one.place)[0] for one in found.errors] == [
        "contracts/sample.zc",
        "contracts/region.zc",
    ]


def test_a_block_that_the_region_makes_firm(folder: Path) -> None:
    middle = (
        'contract "Region" version "3"\n  use  "framework.zc"\n\narticle 3 "Note" not to be replaced\n  see article 1\n'
    )
    (folder / "region.zc").write_text(middle, encoding="utf-8")
    text = CONTRACT.format(file="region.zc") + '\narticle 3 "Note" in place of the framework\n  see article 2\n'
    found = check(text, "sample.zc", str(folder))
    assert codes(found) == ["ZC165"]


def test_circles(folder: Path) -> None:
    for one, other in (("one", "two"), ("two", "one"), ("self", "self"), ("back", "sample")):
        (folder / f"{one}.zc").write_text(f'contract "C" version "1"\n  use  "{other}.zc"\n', encoding="utf-8")
    for file in ("one.zc", "self.zc", "back.zc", "sample.zc"):
        found = use(file, folder)
        assert codes(found) == ["ZC156"]
    assert use("one.zc", folder).errors[0].arguments["chain"] == "sample.zc → one.zc → two.zc → one.zc"


def test_not_too_many_above_each_other(folder: Path) -> None:
    for level in range(MOST_LEVELS + 1):
        head = f'contract "L" version "1"\n  use  "level{level + 1}.zc"\n'
        (folder / f"level{level}.zc").write_text(head, encoding="utf-8")
    assert codes(use("level0.zc", folder)) == ["ZC157"]
    (folder / f"level{MOST_LEVELS - 1}.zc").write_text(FRAME, encoding="utf-8")
    found = use("level0.zc", folder)
    assert codes(found) == []
    assert len(found.frameworks) == MOST_LEVELS


def test_faults_of_the_framework_stand_in_its_file(folder: Path) -> None:
    broken = FRAME.replace("pay hours of care", "pay hors of care").replace("per month", "per mont")
    (folder / "framework.zc").write_text(broken, encoding="utf-8")
    found = use("framework.zc", folder)
    places = [found.document.source.located(one.place) for one in found.errors]
    assert [(name, place.line) for name, place in places] == [
        ("contracts/framework.zc", 6),
        ("contracts/framework.zc", 24),
    ]
    told = render(found.errors, found.document.source, "full")
    assert "contracts/framework.zc:24:7: error" in told
    assert "  24 |   pay hors of care at fee" in told


def test_a_name_clash_names_the_other_file(folder: Path) -> None:
    text = CONTRACT.format(file="framework.zc") + "\ndefine fee\n  take  € 5.00\n"
    found = check(text, "contracts/sample.zc", str(folder))
    assert [(one.code, one.place.line, one.arguments["line"]) for one in found.errors] == [
        ("ZC201", 12, "contracts/framework.zc:18")
    ]


def test_no_contract_at_all(folder: Path) -> None:
    (folder / "framework.zc").write_text("data care\n  a  text\n", encoding="utf-8")
    assert codes(use("framework.zc", folder)) == ["ZC101"]


def test_files_beside_a_framework_are_seen_from_the_contract(folder: Path) -> None:
    priced = FRAME.replace(
        "reject care", 'data prices from "prices.csv"\n  kind  one of A, B\n  fee   euro\n\nreject care'
    )
    (folder / "frames" / "framework.zc").write_text(priced, encoding="utf-8")
    found = use("frames/framework.zc", folder)
    assert found.contract is not None
    assert found.contract.table("prices").file == "frames/prices.csv"
