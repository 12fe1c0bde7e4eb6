"""The words of a file's language for what messages name: kinds of value, labels, roles of dates, what is left open."""

from __future__ import annotations

from contractlang.syntax.words import wording

_KINDS = {
    "text": "_TEXT", "date": "_DATE_T", "truth": "_YES_OR_NO", "number": "_NUMBER_T", "person": "_PERSON", "party": "_PARTY",
    "one of": "_ONE_OF", "yes or no": "_YES_OR_NO", "euro": "_EURO", "hours": "_HOURS_T", "minutes": "_MINUTES_T",
    "days": "_DAYS_T", "dayparts": "_DAYPARTS_T", "count": "_COUNT_T", "percent": "_PERCENT_T", "fraction": "_FRACTION_T",
    "year": "_YEAR_T",
}  # fmt: skip
_ROLES = {"year": "_R_YEAR", "tariff": "_R_TARIFF", "period": "_R_PERIOD", "receipt": "_R_RECEIPT"}
# labels whose words do not follow from their name
_LABELS = {
    "filled": "_FILLED_BY", "above": "_ABOVE_L", "reserve": "_RESERVE_L", "interest_none": "_INTEREST",
    "share": "_THEN_STEP", "reopens_through": "_REOPENS", "compared_exact": "_COMPARED", "as_of": "_AS_OF_L",
    "as_of_statement": "_AS_OF_L", "index_base": "_BASE_L", "index_not_rounded": "_INDEX_ROUNDED",
    "rung": "_RUNG_FIRST", "rung_next": "_THEN_STEP",
}  # fmt: skip
_STEPS = ("_PLUS", "_MINUS", "_TIMES", "_DIVIDED_BY", "_AT_MOST", "_AT_LEAST")
_OPEN = {"amount": ("een bedrag", "an amount"), "price": ("een prijs", "a price"), "rows": ("rijen", "rows"),
         "outcome": ("een uitkomst", "an outcome"), "percentage": ("een percentage", "a percentage")}  # fmt: skip


def kind_text(kind: str, language: str) -> str:
    """A kind of value as the type is written in a data block."""
    return wording(_KINDS[kind], language) if kind in _KINDS else kind


def role_text(role: str, language: str) -> str:
    """What a date decides."""
    return wording(_ROLES[role], language) if role in _ROLES else role


def label_text(label: str, language: str) -> str:
    """A label or a line of the contract head as it is written."""
    if label == "step":
        return ", ".join(wording(step, language) for step in _STEPS)
    try:
        return wording(_LABELS.get(label, "_" + label.upper()), language)
    except KeyError:
        return label


def open_text(what: str, language: str) -> str:
    """What stands open: an amount, a price, or the label that has no answer yet."""
    return _OPEN[what][language != "nl"] if what in _OPEN else label_text(what, language)


# choices that the language makes where the contract is silent, printed on the statement
_CHOICES = {
    "rounded": ("afgerond zoals de kop van de overeenkomst zegt", "rounded as the head of the contract says"),
    "outside": ("niets blijft buiten het plafond", "nothing stays outside the ceiling"),
    "per": ("over de hele looptijd", "over the whole term"),
    "ceiling": (
        "het plafond zelf wordt rekenkundig op de cent afgerond",
        "the ceiling itself is rounded half away to the cent",
    ),
    "shadow_claimed": (
        "de schaduwprijs van wat is omvat is het gedeclareerde bedrag",
        "the shadow price of what is included is the amount claimed",
    ),
    "shadow_none": ("wat is omvat heeft geen schaduwprijs", "what is included has no shadow price"),
    "tables": (
        "rijen van meer tabellen die gelijk staan: in de volgorde van de tabellen in de overeenkomst",
        "rows of several tables in the same place: in the order of the tables in the contract",
    ),
    "left_over": (
        "wat overblijft staat niet in het totaal, want wat wordt verdeeld is van geen artikel het bedrag",
        "what is left over is not in the total, for what is divided is the amount of no article",
    ),
    "reopens": (
        "geen kolom zegt wanneer een rij is ontvangen; er wordt dus geen rij tegengehouden omdat zij laat komt",
        "no column tells when a row was received, so no row is held back for coming late",
    ),
    "reopens_rows": (
        "een rij die later is ontvangen telt niet en staat met haar bedrag bij de afkeur",
        "a row that is received later does not count; it stands among the rejections with its amount",
    ),
}


def choice_text(choice: str, language: str) -> str:
    """A choice of the language, in words."""
    return _CHOICES[choice][language != "nl"]


# argument of a message -> the vocabulary of its values
ARGUMENTS = {"kind": kind_text, "word": kind_text, "role": role_text, "label": label_text}
