"""How the numbers and dates of each column are written, decided by what all its cells speak for."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from contractlang.data.evidence import Evidence
from contractlang.data.faults import FileFault, shown
from contractlang.model.tables import Column, Kind, Table

SIGNS = {"comma": ",", "point": "."}
FORMS = ("iso", "basic", "dutch")


class Notation(Struct):
    """Decimal sign and form of dates by column; `short` are date columns with days such as 1-6-2024."""

    decimal: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    short: set[str] = field(default_factory=set)
    faults: list[FileFault] = field(default_factory=list)


def notation(
    table: Table, notes: Mapping[str, Evidence], declared: str | None, delimiter: str, origin: str,
    together: Mapping[str, Evidence],
) -> Notation:  # fmt: skip
    """Decide for every column that has evidence; what can be read in two ways is a fault, never a guess.

    `together` is what all files of the table that are written in this manner speak for, this one among them: they decide
    where this file proves nothing by itself, so that it does not matter how rows are divided over files.
    """
    made = Notation()
    comma, any_comma = _comma(notes), _comma(together)
    for column in table.columns:
        note = notes.get(column.name)
        if note is None:
            continue
        if column.kind is Kind.DATE:
            made.dates[column.name], code = _form(note if _dated(note) else together[column.name])
            way = "month_first" if code == "ZC723" else "other"
            arguments = {"sample": note.sample.get(way, "")}
            if made.dates[column.name] == "dutch" and note["short"]:
                made.short.add(column.name)
        else:
            made.decimal[column.name], code = SIGNS.get(declared or "", ""), ""
            if not made.decimal[column.name]:
                made.decimal[column.name], code = _sign(column, note, delimiter, comma)
                if code or not _proves(note):
                    note = together[column.name]
                    made.decimal[column.name], code = _sign(column, note, delimiter, any_comma)
            arguments = _readings(note)
        if code and is_read(table, column):
            named = {key: shown(text, 40) for key, text in arguments.items()}
            made.faults.append(FileFault(code, {"file": origin, "column": column.name, **named}))
    return made


def is_read(table: Table, column: Column) -> bool:
    """Whether the settlement looks at the cells of a column."""
    return column.used or column.name == table.submitted


def _comma(notes: Mapping[str, Evidence]) -> bool:
    """Whether a decimal comma is proven somewhere."""
    return any(note["comma"] or note["grouped"] for note in notes.values())


def _proves(note: Evidence) -> bool:
    """Whether cells can be read with one decimal sign only."""
    return bool(note["comma"] or note["grouped"] or note["point"])


def _dated(note: Evidence) -> bool:
    """Whether there are days at all."""
    return any(note[way] for way in (*FORMS, "other"))


def _sign(column: Column, note: Evidence, delimiter: str, comma: bool) -> tuple[str, str]:
    """The decimal sign, and the code of a fault or an empty text. `comma`: a decimal comma is proven somewhere."""
    proven = note["comma"] or note["grouped"], note["point"]
    if all(proven) or (not any(proven) and note["either_comma"] and note["either_point"]):
        return ".", "ZC720"
    if proven[0]:
        # 1.750 among cells with a comma, none of which has thousands with points: a thousand, or a point by mistake
        return ",", "ZC720" if note["either_point"] and not note["grouped"] and column.decimals >= 3 else ""
    if proven[1]:
        return ".", ""
    if note["either_comma"]:
        # with fewer decimals than three neither reading is a value of this column: its rows will be unreadable
        return ",", "ZC721" if column.decimals >= 3 and not comma else ""
    if note["either_point"]:
        # comma-separated files are written with a decimal point unless they prove otherwise
        return ".", "" if delimiter == "," and not comma else "ZC721"
    return ("," if comma else "."), ""


def _readings(note: Evidence) -> dict[str, str]:
    """The sample of a doubtful cell with both its readings, or one sample of each way."""
    comma = note.sample.get("comma") or note.sample.get("grouped") or note.sample.get("either_comma", "")
    point = note.sample.get("point") or note.sample.get("either_point", "")
    sample = note.sample.get("either_point") or note.sample.get("either_comma", "")
    whole = sample.replace(".", "").replace(",", "")
    part = sample.replace(",", ".")
    dotted = "." in sample
    return {
        "comma": comma, "point": point, "sample": sample,
        "as_comma": whole if dotted else part, "as_point": part if dotted else whole,
    }  # fmt: skip


def _form(note: Evidence) -> tuple[str, str]:
    """The form in which most dates are written, and the code of a fault or an empty text."""
    form = max(FORMS, key=lambda name: note[name])  # the first of equals: ISO
    if note["other"] > note[form]:
        return form, "ZC722"
    if form == "dutch" and note["month_first"] > note["day_first"]:
        return form, "ZC723"
    return form, ""
