"""Tests on rows and figures."""

from __future__ import annotations

CONDITIONS: dict[str, tuple[str, str]] = {  # key: English, Dutch
    "equal": ("{left} is {right}", "{left} is {right}"),
    "equal.not": ("{left} is other than {right}, or is empty", "{left} is anders dan {right}, of is leeg"),
    "number.=": ("{left} is equal to {right}", "{left} is gelijk aan {right}"),
    "number.<": ("{left} is lower than {right}", "{left} is lager dan {right}"),
    "number.<=": ("{left} is at most {right}", "{left} is ten hoogste {right}"),
    "number.>": ("{left} is higher than {right}", "{left} is hoger dan {right}"),
    "number.>=": ("{left} is at least {right}", "{left} is ten minste {right}"),
    "day.=": ("{left} is {right}", "{left} is {right}"),
    "day.<": ("{left} is before {right}", "{left} ligt vóór {right}"),
    "day.<=": ("{left} is on or before {right}", "{left} ligt op of vóór {right}"),
    "day.>": ("{left} is after {right}", "{left} ligt na {right}"),
    "day.>=": ("{left} is on or after {right}", "{left} ligt op of na {right}"),
    "denied": ("{test}, or {missing}", "{test}, of {missing}"),
    "denied.either": ("one of them is missing", "één van beide ontbreekt"),
    "denied.one": ("{value} is missing", "{value} ontbreekt"),
    "one_of": ("{value} is one of ({values})", "{value} is één van ({values})"),
    "one_of.not": (
        "{value} is none of ({values}), or is empty",
        "{value} is geen van ({values}), of is leeg",
    ),
    "starts_with": ("{value} begins with “{prefix}”", "{value} begint met ‘{prefix}’"),
    "empty": ("{value} is not filled in", "{value} is niet ingevuld"),
    "empty.not": ("{value} is filled in", "{value} is ingevuld"),
    "missing": ("{value} is missing", "{value} ontbreekt"),
    "missing.not": ("{value} is known", "{value} is bekend"),
    "unknown": (
        "{column} is filled in with something that is none of ({codes})",
        "{column} is ingevuld met iets dat geen is van ({codes})",
    ),
    "listed": (
        "{value} occurs in {column} of {table}",
        "{value} komt voor in {column} van {table}",
    ),
    "listed.not": (
        "{value} does not occur in {column} of {table}",
        "{value} komt niet voor in {column} van {table}",
    ),
    "present": (
        "{value} occurs in {column} of a row of {table} that is valid on {day} (from {first} through {last}, both included)",
        "{value} komt voor in {column} van een regel van {table} die geldt op {day} (van {first} tot en met {last})",
    ),
    "present.not": (
        "{value} does not occur in {column} of a row of {table} that is valid on {day} (from {first} through {last}, both "
        "included)",
        "{value} komt niet voor in {column} van een regel van {table} die geldt op {day} (van {first} tot en met {last})",
    ),
    "matched": (
        "among {rows} there is one of which {pairs}",
        "er is onder {rows} een regel waarvan {pairs}",
    ),
    "matched.pair": ("{column} is equal to {value} of this row", "{column} gelijk is aan {value} van deze regel"),
    "matched.on": (
        "{matched} and that is valid on {day} (from {first} through {last}, both included)",
        "{matched} en die geldt op {day} (van {first} tot en met {last})",
    ),
    "matched.days": (
        "{matched} and of which {day} of this row falls at least {least} and at most {most} days after {column}",
        "{matched} en waarbij {day} van deze regel ten minste {least} en ten hoogste {most} dagen na {column} valt",
    ),
    "included_in": (
        "the row is part of what {articles} pays as a whole",
        "de regel is deel van wat {articles} als geheel vergoedt",
    ),
    "included_in.not": (
        "the row is no part of what {articles} pays as a whole",
        "de regel is geen deel van wat {articles} als geheel vergoedt",
    ),
    "within": (
        "{value} is in the days from {first} through {last}",
        "{value} ligt in de dagen van {first} tot en met {last}",
    ),
    "within.not": (
        "{value} is before {first} or after {last}, or is not filled in",
        "{value} ligt vóór {first} of na {last}, of is niet ingevuld",
    ),
    "within.outside": (
        "{value} is before {first} or after {last}",
        "{value} ligt vóór {first} of na {last}",
    ),
    "yes": ("{column} is yes", "{column} is ja"),
    "yes.not": ("{column} is not yes", "{column} is niet ja"),
    "yes.no": ("{column} is no", "{column} is nee"),
    "repeated": (
        "another row of the same file has the same {columns} and stands; of such rows only the first {order} stands",
        "een andere regel van hetzelfde bestand heeft dezelfde {columns} en blijft staan; van zulke regels blijft alleen de "
        "eerste {order} staan",
    ),
    "repeated.by": ("by {keeping}, and then by row number", "naar {keeping} en daarna naar regelnummer"),
    "repeated.file": ("in the file", "in het bestand"),
    "unpaired": (
        "the row is a credit for which no accepted debit is found",
        "de regel is een credit waarvoor geen geaccepteerd debet wordt gevonden",
    ),
    "not": ("it is not the case that [{condition}]", "het is niet zo dat [{condition}]"),
    "all": ("{parts}", "{parts}"),
    "always": ("always", "altijd"),
    "never": ("never", "nooit"),
    "holds": ("{define} holds", "{define} geldt"),
    "holds.not": ("{define} does not hold", "{define} geldt niet"),
}
