"""From what the user gives to prepared data: every way of giving it, and every way of writing a file."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from msgspec.structs import replace

from contractlang.api import make_engine
from contractlang.data import delimited, evidence, quotes
from contractlang.data.faults import DataError, shown
from contractlang.data.files import sha256
from contractlang.data.prepare import bound_files, cleanup, prepare
from contractlang.data.prepared import Dialect, Prepared
from contractlang.engine.protocol import Intake
from contractlang.model.tables import Column, Kind
from tests.data.malformed_contract import CARE, CONTRACT
from tests.engine.build import column, contract, pay, table

HEADER = "line_id,client_id,care_date,hours,urgent,level\n"
ROW = "L1,C1,2024-03-10,2.50,yes,mbo\n"
MORE = "L2,0012,2024-03-11,1.25,no,hbo\n"


@contextmanager
def prepared(given: object, of: Any = CONTRACT, **more: Any) -> Iterator[dict[str, Prepared]]:
    found = prepare(of, given, **more)
    try:
        yield found
    finally:
        cleanup(found)


def cells(given: object, of: Any = CONTRACT, **more: Any) -> list[dict[str, object]]:
    """The values of the care rows as the oracle reads them, after both engines agree on the intake."""
    with prepared(given, of, **more) as found:
        intakes: list[tuple[Intake, ...]] = []
        for engine in ("oracle", "duckdb"):
            made = make_engine(engine, of, found, None)
            intakes.append(made.intake())
            if engine == "oracle":
                rows = [dict(row.cells) for row in made._acceptance.rows("care", made._rows)]  # type: ignore[attr-defined]
            getattr(made, "close", lambda: None)()
        assert intakes[0] == intakes[1]
        return rows


def codes(given: object, of: Any = CONTRACT, **more: Any) -> list[str]:
    with pytest.raises(DataError) as caught:
        prepare(of, given, **more)
    return [fault.code for fault in caught.value.faults]


def arguments(given: object, of: Any = CONTRACT, **more: Any) -> dict[str, str]:
    with pytest.raises(DataError) as caught:
        prepare(of, given, **more)
    (fault,) = caught.value.faults
    return dict(fault.arguments)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


EXPECTED = [
    {
        "line_id": "L1",
        "client_id": "C1",
        "care_date": date(2024, 3, 10),
        "hours": Fraction(5, 2),
        "urgent": True,
        "level": "mbo",
    },
    {
        "line_id": "L2",
        "client_id": "0012",
        "care_date": date(2024, 3, 11),
        "hours": Fraction(5, 4),
        "urgent": False,
        "level": "hbo",
    },
]
GOOD = HEADER + ROW + MORE
DUTCH = GOOD.replace(",", ";").replace("2.50", "2,50").replace("1.25", "1,25")
SAME: dict[str, str | bytes] = {
    "plain.csv": GOOD,
    "no_end.csv": GOOD.rstrip(),
    "semicolon.csv": GOOD.replace(",", ";"),
    "tab.tsv": GOOD.replace(",", "\t"),
    "bar.txt": GOOD.replace(",", "|"),
    "dutch.csv": DUTCH,
    "dutch_tab.tsv": DUTCH.replace(";", "\t"),
    "mark.csv": codecs.BOM_UTF8 + GOOD.encode(),
    "mark_quoted.csv": codecs.BOM_UTF8
    + ('"' + GOOD.replace(",", '","').replace("\n", '"\n"').removesuffix('"')).encode(),
    "utf16.csv": GOOD.encode("utf-16"),
    "utf16_be.csv": codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
    "utf16_no_mark.csv": GOOD.encode("utf-16-le"),
    "utf32.csv": GOOD.encode("utf-32"),
    "crlf.csv": GOOD.replace("\n", "\r\n"),
    "cr.csv": GOOD.replace("\n", "\r"),
    "mixed_ends.csv": HEADER + ROW.replace("\n", "\r\n") + MORE,
    "packed.csv.gz": gzip.compress(GOOD.encode()),
    "packed_without_ending.csv": gzip.compress(GOOD.encode()),
    "packed_mark.csv.gz": gzip.compress(codecs.BOM_UTF8 + GOOD.encode()),
    "called_packed.csv.gz": GOOD,
    "quoted.csv": '"' + GOOD.replace(",", '","').replace("\n", '"\n"').removesuffix('"'),
    "quoted_comma.csv": GOOD.replace("2.50", '"2,50"').replace("1.25", '"1,25"'),
    "blank_lines.csv": "\n\n" + HEADER + "\n" + ROW + "\n\n" + MORE + "\n",
    "hint.csv": "sep=;\n" + DUTCH,
    "hint_crlf.csv": ("sep=;\n" + DUTCH).replace("\n", "\r\n"),
    "basic_dates.csv": GOOD.replace("2024-03-10", "20240310").replace("2024-03-11", "20240311"),
    "dutch_dates.csv": GOOD.replace("2024-03-10", "10-03-2024").replace("2024-03-11", "11-03-2024"),
    "short_dates.csv": GOOD.replace("2024-03-10", "10-3-2024").replace("2024-03-11", "11-03-2024"),
    "other_case.csv": GOOD.replace("hours", " HOURS ").replace("care_date", "Care_Date"),
    "other_order.csv": "".join(",".join(reversed(line.split(","))) + "\n" for line in GOOD.splitlines()),
    "more_columns.csv": "".join(f"x{i},{line},a;b\n" for i, line in enumerate(GOOD.splitlines())),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_care_written_otherwise(name: str, tmp_path: Path) -> None:
    assert cells(put(tmp_path, name, SAME[name])) == EXPECTED


@pytest.mark.parametrize(
    "name", ["care[1].csv", "care*.csv", "year=2024/care.csv", "a?/care.csv", "{a,b}.csv", "ca're.csv", "zörg ü.csv"]
)
def test_names_that_a_database_would_take_for_patterns(name: str, tmp_path: Path) -> None:
    put(tmp_path, "care1.csv", HEADER + "WRONG,C9,2024-01-01,9.00,no,mbo\n")
    path = put(tmp_path, name, GOOD)
    assert cells(path) == EXPECTED
    assert path.exists()


@pytest.mark.parametrize("text", [HEADER, HEADER.rstrip(), HEADER + "\n\n", HEADER.replace(",", ";")])
def test_a_header_without_rows_is_data_of_no_rows(text: str, tmp_path: Path) -> None:
    assert cells(put(tmp_path, "care.csv", text)) == []


def test_cells_and_lines_of_some_megabytes_are_read(tmp_path: Path) -> None:
    long, lines = "x" * (3 << 20), ("y" * 99 + "\n") * 30_000 + "y"
    path = put(tmp_path, "care.csv", HEADER + ROW.replace("C1", long) + MORE.replace("0012", f'"{lines}"'))
    assert [row["client_id"] for row in cells(path)] == [long, lines]


def test_a_cell_over_many_lines_may_not_be_longer_than_a_line(tmp_path: Path) -> None:
    lines = ("y" * 999 + "\n") * 17_000
    path = put(tmp_path, "care.csv", HEADER + ROW + MORE.replace("0012", f'"{lines}"'))
    assert codes(path) == ["ZC709"]


def test_a_header_of_some_megabytes_is_read_whole(tmp_path: Path) -> None:
    assert cells(put(tmp_path, "care.csv", "z" * (2 << 20) + "," + HEADER + "1," + ROW)) == EXPECTED[:1]


def test_windows_letters_become_letters(tmp_path: Path) -> None:
    rows = cells(put(tmp_path, "care.csv", (HEADER + ROW.replace("C1", "René")).encode("cp1252")))
    assert rows[0]["client_id"] == "René"


def test_quoted_newlines_and_delimiters_stay_in_their_cell(tmp_path: Path) -> None:
    rows = cells(put(tmp_path, "care.csv", HEADER + ROW.replace("C1", '"a,\n""b"""') + MORE))
    assert [row["client_id"] for row in rows] == ['a,\n"b"', "0012"]


def test_the_header_is_shown_with_what_is_ignored(tmp_path: Path) -> None:
    with prepared(put(tmp_path, "care.csv", SAME["more_columns.csv"])) as found:
        assert found["care"].ignored == ("x0", "a;b")
        assert found["care"].positions["line_id"] == 1
        assert found["care"].decimal == {"hours": "."}
        assert found["care"].dates == {"care_date": "iso"}
        assert found["care"].path == tmp_path / "care.csv"
        assert not found["care"].temporary


def test_hash_is_of_the_file_as_given_and_copies_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    path = put(tmp_path, "care.csv", SAME["mark.csv"])
    with prepared(path) as found:
        assert found["care"].digest == hashlib.sha256(path.read_bytes()).hexdigest() == sha256(path)
        assert found["care"].temporary
        assert len(list(own.iterdir())) == 1
    assert not list(own.iterdir())
    assert path.exists()


class TestDecimals:
    def test_a_comma_far_down_is_found(self, tmp_path: Path) -> None:
        lines = "".join(f"L{i};C1;2024-03-10;{i % 7};yes;mbo\n" for i in range(40_000))
        path = put(tmp_path, "care.csv", HEADER.replace(",", ";") + lines + "X;C1;2024-03-10;1,75;yes;mbo\n")
        with prepared(path) as found:
            assert found["care"].decimal == {"hours": ","}

    def test_a_quoted_comma_far_down_in_a_comma_file_is_found(self, tmp_path: Path) -> None:
        lines = "".join(f"L{i},C1,2024-03-10,{i % 7},yes,mbo\n" for i in range(40_000))
        assert len(lines) > 1 << 20
        path = put(tmp_path, "care.csv", HEADER + lines + 'X,C1,2024-03-10,"1,75",yes,mbo\n')
        with prepared(path) as found:
            assert found["care"].decimal == {"hours": ","}

    @pytest.mark.parametrize(
        ("cells_", "decimal"),
        [
            (["1.234", "2,5"], ","),
            (["1.234.567"], ","),
            (["1.234,50"], ","),
            (["12", "3"], "."),
            (["0.500"], "."),
            (["1234.567"], "."),
        ],
    )
    def test_what_proves_a_sign(self, cells_: list[str], decimal: str, tmp_path: Path) -> None:
        lines = "".join(f"L{i};C1;2024-03-10;{cell};yes;mbo\n" for i, cell in enumerate(cells_))
        with prepared(put(tmp_path, "care.csv", HEADER.replace(",", ";") + lines)) as found:
            assert found["care"].decimal == {"hours": decimal}

    def test_three_decimals_in_a_comma_file_are_a_point(self, tmp_path: Path) -> None:
        of = contract(
            replace(CARE, columns=tuple(replace(c, decimals=3) if c.name == "hours" else c for c in CARE.columns))
        )
        assert cells(put(tmp_path, "care.csv", HEADER + ROW.replace("2.50", "1.234")), of)[0]["hours"] == Fraction(
            1234, 1000
        )
        path = put(tmp_path, "care.csv", HEADER + ROW.replace("2.50", '"1,234"'))
        assert arguments(path, of)["as_point"] == "1234"
        assert cells(path, of, decimal="comma")[0]["hours"] == Fraction(1234, 1000)

    def test_declared(self, tmp_path: Path) -> None:
        path = put(tmp_path, "care.csv", HEADER.replace(",", ";") + ROW.replace(",", ";").replace("2.50", "1.234"))
        assert codes(path) == ["ZC721"]
        assert cells(path, decimal="comma")[0]["hours"] == 1234
        assert codes(path, decimal="komma") == ["ZC744", "ZC721"]

    def test_a_column_that_no_clause_reads_raises_no_doubt(self, tmp_path: Path) -> None:
        of = contract(replace(CARE, columns=tuple(replace(c, used=c.name != "hours") for c in CARE.columns)))
        path = put(tmp_path, "care.csv", HEADER.replace(",", ";") + ROW.replace(",", ";").replace("2.50", "1.234"))
        with prepared(path, of) as found:
            assert found["care"].positions["hours"] == 3


class TestLarge:
    """Above some size other readers do the looking; they must see the same."""

    TEXTS = (
        "1,5",
        "2.5",
        "1.234",
        "1,234",
        "1.234,5",
        "1.234.567",
        "12",
        "",
        "x",
        "-0,50",
        "0.123",
        "１,5",
        "1,5 ",
        "1e3",
    )
    DAYS = (
        "2024-06-01",
        "20240601",
        "01-06-2024",
        "1-6-2024",
        "13-06-2024",
        "06-13-2024",
        "6/1/2024",
        "",
        "2024-06-01 10:00",
    )

    def test_both_lookers_count_the_same(self, tmp_path: Path) -> None:
        lines = [(t, d) for t in self.TEXTS for d in self.DAYS]
        path = put(tmp_path, "care.csv", "a;b\n" + "".join(f"{t};{d}\n" for t, d in lines))
        columns = [(Column("a", ("a",), Kind.NUMBER, "number", 2), 0), (Column("b", ("b",), Kind.DATE, "date"), 1)]
        file = delimited.read_delimited(path, "x", {"a", "b"})
        quick = evidence.look_large(columns, evidence.delimited_source(path, file.dialect, 2))
        plain = evidence.look(columns, quotes.records(path, file.dialect, "x"), 2)
        assert quick == plain
        assert plain.rows == len(lines)

    @pytest.mark.parametrize(
        ("line", "tidy"),
        [
            ('"a","b"', True),
            ('a,"b ""c"""', True),
            ('"","x\ny"', True),
            ('a"b,c', False),
            ('"a"b,c', False),
            ('"a, b', False),
        ],
    )
    def test_quick_look_at_quotes(self, line: str, tidy: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("contractlang.data.files.BLOCK", 7)
        path = put(tmp_path, "care.csv", f"a,b\n{line}\nx,y\n")
        assert quotes._tidy(path, Dialect(), "x") is tidy

    def test_a_large_file_with_quotes_that_do_not_close(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("contractlang.data.quotes.LARGE", 10)
        assert codes(put(tmp_path, "care.csv", GOOD + 'L3,"C1,2024-03-10,1.00,no,mbo\n')) == ["ZC736"]
        assert cells(put(tmp_path, "care.csv", SAME["quoted.csv"])) == EXPECTED

    def test_dates_of_the_most_rows_win_wherever_they_stand(self, tmp_path: Path) -> None:
        early = "".join(f"L{i},C1,2024-03-10,1.00,yes,mbo\n" for i in range(10_000))
        late = "".join(f"M{i},C1,20240310,1.00,yes,mbo\n" for i in range(90_000))
        with prepared(put(tmp_path, "care.csv", HEADER + early + late)) as found:
            assert found["care"].dates == {"care_date": "basic"}


class TestGiving:
    SIDE = table("members", "client_id", "since date", paid=False)
    TWO = contract((CARE, SIDE), pay("1", "hours", "50.00"))
    MEMBERS = "client_id,since\nC1,2020-01-01\n"

    def test_a_folder(self, tmp_path: Path) -> None:
        put(tmp_path, "Care.CSV", GOOD)
        put(tmp_path, "members.csv.gz", gzip.compress(self.MEMBERS.encode()))
        with prepared(tmp_path, self.TWO) as found:
            assert list(found) == ["care", "members"]
            assert found["members"].dialect.compressed
            assert found["care"].origin == str(tmp_path / "Care.CSV")

    def test_an_alias(self, tmp_path: Path) -> None:
        put(tmp_path, "zorg.csv", GOOD)
        of = contract(replace(CARE, aliases=("zorg",)), pay("1", "hours", "50.00"))
        assert cells(tmp_path, of) == EXPECTED
        assert cells({"zorg": tmp_path / "zorg.csv"}, of) == EXPECTED

    def test_paths_by_name_go_before_the_folder(self, tmp_path: Path) -> None:
        put(tmp_path, "care.csv", HEADER + ROW)
        other = put(tmp_path, "other/m.csv", self.MEMBERS)
        with prepared({"": str(tmp_path), "members": str(other)}, self.TWO) as found:
            assert found["members"].path == other

    def test_what_is_missing_twice_or_unknown(self, tmp_path: Path) -> None:
        care = put(tmp_path, "care.csv", GOOD)
        put(tmp_path, "member.csv", self.MEMBERS)
        assert arguments(tmp_path, self.TWO)["here"] == "care.csv, member.csv"
        assert codes({"": tmp_path, "member": care}, self.TWO) == ["ZC712", "ZC745"]
        put(tmp_path, "members.csv", self.MEMBERS)
        put(tmp_path, "members.tsv", self.MEMBERS)
        assert arguments(tmp_path, self.TWO)["files"] == "members.csv, members.tsv"

    def test_files_that_are_none(self, tmp_path: Path) -> None:
        put(tmp_path, "care.csv", GOOD)
        assert arguments(tmp_path / "cara.csv")["close"] == str(tmp_path / "care.csv")
        assert codes({"care": [tmp_path]}) == ["ZC702"]  # a folder alone is that with the files of the table
        assert codes(tmp_path / "care.csv" / "x.csv") == ["ZC701"]
        assert codes(put(tmp_path, "a\nb.csv", GOOD)) == ["ZC740"]
        assert codes("care\0.csv") == ["ZC740"]
        assert codes("x" * 5000) == ["ZC703"]
        os.mkfifo(tmp_path / "pipe.csv")
        assert codes(tmp_path / "pipe.csv") == ["ZC739"]

    def test_files_beside_the_contract(self, tmp_path: Path) -> None:
        folder = tmp_path / "contract"
        put(folder, "care.csv", GOOD)
        of = contract(replace(CARE, file="care.csv"), pay("1", "hours", "50.00"), folder=str(folder))
        assert cells({}, of) == EXPECTED
        assert list(bound_files(of)) == ["care"]
        assert bound_files(CONTRACT) == {}

    @pytest.mark.parametrize("file", ["../care.csv", "/etc/passwd", "sub/../../care.csv", "link.csv"])
    def test_a_contract_reads_nothing_outside_its_folder(self, file: str, tmp_path: Path) -> None:
        put(tmp_path, "care.csv", GOOD)
        folder = tmp_path / "contract"
        folder.mkdir()
        (folder / "link.csv").symlink_to(tmp_path / "care.csv")
        assert codes({}, contract(replace(CARE, file=file), folder=str(folder))) == ["ZC715"]

    def test_all_faults_at_once(self, tmp_path: Path) -> None:
        put(tmp_path, "care.csv", GOOD.replace("hours", "uren"))
        put(tmp_path, "members.csv", "client_id,since\nC1,1/6/2020\n")
        with pytest.raises(DataError) as caught:
            prepare(replace(self.TWO, language="nl"), tmp_path)
        assert [fault.code for fault in caught.value.faults] == ["ZC747", "ZC722"]
        assert "heeft geen kolom `hours`" in str(caught.value)

    def test_a_side_table_without_rows_is_an_empty_list(self, tmp_path: Path) -> None:
        put(tmp_path, "care.csv", GOOD)
        put(tmp_path, "members.csv", "client_id,since\n")
        with prepared(tmp_path, self.TWO) as found:
            assert found["members"].positions == {"client_id": 0, "since": 1}

    def test_columns_that_no_clause_reads_may_be_absent(self, tmp_path: Path) -> None:
        of = contract(replace(CARE, columns=tuple(replace(c, used=c.name != "level") for c in CARE.columns)))
        path = put(tmp_path, "care.csv", "".join(line.rsplit(",", 1)[0] + "\n" for line in GOOD.splitlines()))
        with prepared(path, of) as found:
            assert "level" not in found["care"].positions

    def test_two_headings_of_one_column_are_a_doubt(self, tmp_path: Path) -> None:
        of = contract(table("care", "line_id", replace(column("hours number.2"), headings=("uren", "hours"))))
        assert arguments(put(tmp_path, "care.csv", "line_id,hours,uren\nL1,1,2\n"), of)["headings"] == "hours, uren"
        with prepared(put(tmp_path, "care.csv", "line_id,uren\nL1,1\n"), of) as found:
            assert found["care"].positions["hours"] == 1


class TestMapping:
    def mapping(self, folder: Path, text: str) -> Path:
        return put(folder, "mapping.toml", text)

    def test_headings_and_codes(self, tmp_path: Path) -> None:
        care = put(tmp_path, "care.csv", GOOD.replace("hours", "Uren (dec.)").replace("mbo", "MBO 4"))
        mapping = self.mapping(tmp_path, '[care]\nhours = "uren (dec.)"\n[care.values.level]\n"MBO 4" = "mbo"\n')
        assert cells(care, mapping=mapping) == EXPECTED
        frame = pd.read_csv(care, dtype=str)
        assert cells(frame, mapping=mapping) == EXPECTED
        parquet = tmp_path / "care.parquet"
        duckdb.execute(f"COPY (SELECT * FROM read_csv('{care}', all_varchar=true)) TO '{parquet}'")
        assert cells(parquet, mapping=mapping) == EXPECTED

    def test_a_mapped_heading_replaces_the_own_one(self, tmp_path: Path) -> None:
        care = put(
            tmp_path,
            "care.csv",
            "".join(f"{line},{'h2' if i == 0 else '9.00'}\n" for i, line in enumerate(GOOD.splitlines())),
        )
        assert [row["hours"] for row in cells(care, mapping=self.mapping(tmp_path, '[care]\nhours = "h2"\n'))] == [9, 9]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[care", ["ZC730"]),
            ("[cares]\nhours = 'x'", ["ZC731"]),
            ("care = 1", ["ZC732"]),
            ("[care]\nhours = 1", ["ZC732"]),
            ("[care.values]\nlevel = 'x'", ["ZC732"]),
            ("[care]\nhour = 'x'", ["ZC733"]),
            ("[care.values.lvl]\na = 'b'", ["ZC733"]),
            ("[care]\nhours = 'uren'", ["ZC734"]),
            ("[care]\nhours = 'care_date'", ["ZC729"]),
        ],
    )
    def test_faults(self, text: str, expected: list[str], tmp_path: Path) -> None:
        assert codes(put(tmp_path, "care.csv", GOOD), mapping=self.mapping(tmp_path, text)) == expected


class TestRows:
    COLUMNS = ("line_id", "client_id", "care_date", "hours", "urgent", "level")

    def given(self, *rows: tuple[object, ...]) -> list[dict[str, object]]:
        return [dict(zip(self.COLUMNS, row, strict=True)) for row in rows]

    def test_rows_of_every_type(self) -> None:
        rows = self.given(
            ("L1", "C1", date(2024, 3, 10), Decimal("2.50"), True, "mbo"),
            ("L2", "0012", datetime(2024, 3, 11), Fraction(5, 4), False, "hbo"),
        )
        assert cells(rows) == EXPECTED
        assert cells(pd.DataFrame(rows)) == EXPECTED
        assert cells([tuple(row.values()) for row in rows]) == EXPECTED
        assert cells({"care": rows}, decimal="comma") == EXPECTED

    def test_a_truth_is_yes_or_no_in_a_column_of_texts_too(self) -> None:
        rows = cells(self.given(("L1", True, "2024-03-10", 1, "ja", "mbo")))
        assert rows[0]["client_id"] == "yes"

    def test_a_decimal_is_a_decimal_whatever_is_declared(self) -> None:
        rows = self.given(("L1", "C1", "2024-03-10", Decimal("1.20"), "ja", "mbo"))
        assert cells(rows, decimal="comma")[0]["hours"] == Fraction(6, 5)

    def test_texts_of_a_frame_stay_as_they_are(self, tmp_path: Path) -> None:
        frame = pd.read_csv(put(tmp_path, "care.csv", GOOD), dtype=str)
        assert cells(frame) == EXPECTED
        assert cells(frame.astype("category")) == EXPECTED
        assert cells(frame.rename(columns={"hours": "HOURS"})) == EXPECTED

    def test_missing_is_empty(self) -> None:
        rows = self.given(("L1", None, pd.NaT, float("nan"), pd.NA, "mbo"))
        with prepared(rows) as found:
            assert found["care"].rows == (("L1", "", "", "", "", "mbo"),)
        assert cells(pd.DataFrame(rows))[0]["hours"] is None

    def test_floats_are_refused_where_they_are_read(self) -> None:
        frame = pd.DataFrame(self.given(("L1", "C1", "2024-03-10", 2.5, "yes", "mbo")))
        assert arguments(frame)["column"] == "hours"
        assert codes(frame.assign(hours=2.0)) == ["ZC718"]
        assert codes(frame.assign(hours=frame["hours"].astype("float32"))) == ["ZC718"]
        assert codes(self.given(("L1", "C1", "2024-03-10", 2.5, "yes", "mbo"))) == ["ZC718"]
        assert codes(frame.rename(columns={"hours": "Hours"})) == ["ZC718"]
        with prepared(frame.assign(hours="2.50", other=1.5)) as found:
            assert found["care"].ignored == ("other",)

    def test_a_day_with_a_time_is_not_cut(self) -> None:
        rows = self.given(("L1", "C1", datetime(2024, 3, 10, 8, 30), "1", "yes", "mbo"))
        assert codes(rows) == ["ZC722"]

    def test_what_is_no_data(self) -> None:
        assert codes({"care": 5}) == ["ZC719"]
        assert codes({"care": ["a", 5]}) == ["ZC719"]
        assert codes({"care": ["a", "b"]}) == ["ZC701", "ZC701"]  # paths of two files
        assert codes({"care": [{"line_id": 1}, (1,)]}) == ["ZC719"]
        assert codes(self.given((["L1"], "C1", "2024-03-10", "1", "yes", "mbo"))) == ["ZC743"]

    def test_no_rows_at_all_are_taken_at_their_word(self) -> None:
        assert cells([]) == []


class TestParquet:
    def parquet(self, folder: Path, select: str) -> Path:
        path = folder / "care.parquet"
        duckdb.execute(f"COPY (SELECT {select}) TO '{path}'")
        return path

    TYPED = "'L1' line_id, 'C1' client_id, DATE '2024-03-10' care_date, 2.50::DECIMAL(9,2) AS hours, true AS urgent, 'mbo' AS level"

    def test_types_are_exact(self, tmp_path: Path) -> None:
        path = self.parquet(tmp_path, self.TYPED)
        assert cells(path) == EXPECTED[:1]
        assert cells(path, decimal="comma") == EXPECTED[:1]
        odd = tmp_path / "year=2024" / "care[1].parquet"
        odd.parent.mkdir()
        path.rename(odd)
        assert cells(odd) == EXPECTED[:1]

    def test_texts_are_looked_at(self, tmp_path: Path) -> None:
        texts = self.TYPED.replace("DATE '2024-03-10'", "'10-3-2024'").replace("2.50::DECIMAL(9,2)", "'2,50'")
        assert cells(self.parquet(tmp_path, texts)) == EXPECTED[:1]
        assert codes(self.parquet(tmp_path, texts.replace("2,50", "1.234"))) == ["ZC721"]

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("2.50::DECIMAL(9,2)", "2.5::DOUBLE", "ZC725"),
            ("DATE '2024-03-10'", "TIMESTAMP '2024-03-10 00:00:00'", "ZC726"),
            ("'C1'", "['C1']", "ZC726"),
            ("true AS urgent", "DATE '2024-03-10' AS urgent", "ZC726"),
            ("true AS urgent", "true AS dringend", "ZC717"),
        ],
    )
    def test_faults(self, old: str, new: str, code: str, tmp_path: Path) -> None:
        assert codes(self.parquet(tmp_path, self.TYPED.replace(old, new))) == [code]

    def test_no_rows(self, tmp_path: Path) -> None:
        assert cells(self.parquet(tmp_path, self.TYPED + " WHERE false")) == []


def test_what_messages_show_is_one_clean_line() -> None:
    assert shown("a\nb\x1b[31m") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[31m"
    assert shown("x" * 100, 10) == "x" * 9 + "…"
