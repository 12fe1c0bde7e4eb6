"""Tables of care data: columns, what decides, credits, rejections."""

from __future__ import annotations

DATA: dict[str, tuple[str, str]] = {  # key: English, Dutch
    "table": ("Table {name}", "Tabel {name}"),
    "table.aliases": (
        "In files it may also be called {names}.",
        "In bestanden mag zij ook {names} heten.",
    ),
    "table.file": (
        "The table is laid in below; it stands in the file {file} beside the contract.",
        "De tabel is hieronder opgenomen; zij staat in het bestand {file} naast de overeenkomst.",
    ),
    "table.paid": ("Articles of this contract pay its rows.", "Artikelen van deze overeenkomst betalen haar regels."),
    "table.unpaid": ("No article pays its rows by themselves.", "Geen artikel betaalt haar regels op zichzelf."),
    "table.key": ("A row is named by {column}.", "Een regel wordt aangeduid met {column}."),
    "table.party": (
        "The party of a row stands in {column}.",
        "De partij van een regel staat in {column}.",
    ),
    "table.no_party": (
        "A row tells no party and holds for every party.",
        "Een regel noemt geen partij en geldt voor elke partij.",
    ),
    "table.submitted": (
        "The amount that the provider claimed stands in {column}; it does not decide what is paid, unless a clause says so.",
        "Het door de aanbieder gedeclareerde bedrag staat in {column}; het bepaalt niet wat wordt betaald, tenzij een bepaling dat "
        "zegt.",
    ),
    "table.present": (
        "A row is valid from {first} through {last}, both days included.",
        "Een regel geldt van {first} tot en met {last}, beide dagen inbegrepen.",
    ),
    "decides.year": ("The year of a row is decided by {date}.", "Het jaar van een regel wordt bepaald door {date}."),
    "decides.tariff": (
        "Which tariff holds for a row is decided by {date}.",
        "Welk tarief voor een regel geldt, wordt bepaald door {date}.",
    ),
    "decides.period": (
        "The settlement period of a row is decided by {date}.",
        "De afrekenperiode van een regel wordt bepaald door {date}.",
    ),
    "decides.receipt": (
        "When a row was received is told by {date}.",
        "Wanneer een regel is ontvangen, blijkt uit {date}.",
    ),
    "credit": (
        "A row is a credit when {condition}. It belongs to the accepted row, itself no credit, of which {key} is what stands in its "
        "{reference} and which has the same {matched}; a debit has one credit, the first in the file. From then on the credit has "
        "the cells of its debit, except {key} and {reference}, and its quantities and amounts with the sign turned.",
        "Een regel is een credit als: {condition}. Hij hoort bij de geaccepteerde regel, zelf geen credit, waarvan {key} is wat "
        "in zijn {reference} staat en die dezelfde {matched} heeft; een debet heeft één credit, de eerste in het bestand. Vanaf dan "
        "heeft de credit de cellen van zijn debet, behalve {key} en {reference}, en diens hoeveelheden en bedragen met omgekeerd "
        "teken.",
    ),
    "credit.paid": (
        "Where an article pays the debit, the credit takes back exactly the amount of the debit, unless the article says that credits "
        "are recomputed; it takes no part in sums by which is rounded.",
        "Waar een artikel het debet betaalt, neemt de credit precies het bedrag van het debet terug, tenzij het artikel zegt dat credits "
        "worden herrekend; hij doet niet mee in sommen waarop wordt afgerond.",
    ),
    "credit.lost": (
        "A credit without such a row is rejected.",
        "Een credit zonder zo'n regel wordt afgekeurd.",
    ),
    "column": ("column", "kolom"),
    "holds": ("holds", "inhoud"),
    "if_empty": ("an empty cell", "een lege cel"),
    "word.text": ("text", "tekst"),
    "word.person": ("a person", "een persoon"),
    "word.party": ("a party", "een partij"),
    "word.one of": ("one of ({codes})", "één van ({codes})"),
    "word.date": ("a date", "een datum"),
    "word.euro": ("euros", "euro's"),
    "word.hours": ("hours", "uren"),
    "word.minutes": ("minutes", "minuten"),
    "word.days": ("days", "dagen"),
    "word.dayparts": ("dayparts", "dagdelen"),
    "word.count": ("a count", "een aantal"),
    "word.number": ("a number", "een getal"),
    "word.percent": ("a percentage (4.7 stands for 4.7 %)", "een percentage (4,7 staat voor 4,7 %)"),
    "word.fraction": ("a fraction (0.047 stands for 4.7 %)", "een fractie (0,047 staat voor 4,7 %)"),
    "word.year": ("a calendar year", "een kalenderjaar"),
    "word.yes or no": ("yes or no", "ja of nee"),
    "word.per": ("{word} per {unit}", "{word} per {unit}"),
    "word.each": ("{word} per piece", "{word} per stuk"),
    "word.when": ("{word} when [{condition}]", "{word} als geldt [{condition}]"),
    "decimals.0": (", whole", ", geheel"),
    "decimals.1": (", at most 1 decimal", ", ten hoogste 1 decimaal"),
    "decimals": (", at most {n} decimals", ", ten hoogste {n} decimalen"),
    "empty.missing": ("rejects the row", "keurt de regel af"),
    "empty.unknown": ("is allowed: not known, or none", "is toegestaan: onbekend, of geen"),
    "empty.zero": ("counts as 0", "telt als 0"),
    "empty.no_end": ("means: no end", "betekent: geen einde"),
    "empty.no_limit": ("means: no limit", "betekent: geen grens"),
    "empty.unused": ("not used", "niet gebruikt"),
    "headings": ("heading in files", "kop in bestanden"),
    # rejections
    "rejects": ("Rejections of {name}", "Afkeur van {name}"),
    "rejects.order": (
        "A row of {name} does not count in these cases. The tests are done in this order over all readable rows of the file; the "
        "first that applies gives the reason.",
        "Een regel van {name} telt niet in de volgende gevallen. De toetsen worden in deze volgorde gedaan over alle leesbare regels "
        "van het bestand; de eerste die van toepassing is, geeft de reden.",
    ),
    "rejects.none": (
        "The contract sets no tests of its own for {name}.",
        "De overeenkomst stelt voor {name} geen eigen toetsen.",
    ),
    "rejects.rule": ("“{reason}”: {condition}.", "‘{reason}’: {condition}."),
    # tables that are made
    "spread": (
        "The table is made from {rows}: for each of them a row per {over} of the term for which it counts.",
        "De tabel wordt gemaakt uit {rows}: voor elk daarvan een regel per {over} van de looptijd waarvoor die telt.",
    ),
    "counted.first_day": (
        "A period counts for who is present on its first day.",
        "Een periode telt voor wie er op de eerste dag aanwezig is.",
    ),
    "counted.fifteenth": (
        "A month counts for who is present on the fifteenth.",
        "Een maand telt voor wie er op de vijftiende aanwezig is.",
    ),
    "counted.any_day": (
        "A period counts in full for who is present on at least one day of it.",
        "Een periode telt volledig voor wie er op ten minste één dag aanwezig is.",
    ),
    "counted.by_days": (
        "A period counts for the share of its days on which somebody is present.",
        "Een periode telt voor het aandeel van de dagen waarop iemand aanwezig is.",
    ),
    "overlap.once": (
        "When two rows of one person ({person}) count for the same period, only the first in the file counts.",
        "Tellen twee regels van één persoon ({person}) voor dezelfde periode, dan telt alleen de eerste in het bestand.",
    ),
    "overlap.stops": (
        "When two rows of one person ({person}) count for the same period, the settlement stops.",
        "Tellen twee regels van één persoon ({person}) voor dezelfde periode, dan stopt de afrekening.",
    ),
    "overlap.rejects": (
        "When two rows of one person ({person}) count for the same period, neither counts.",
        "Tellen twee regels van één persoon ({person}) voor dezelfde periode, dan telt geen van beide.",
    ),
    "spread.period": ("Its period is named by {period}.", "De periode ervan heet {period}."),
    "attribution": (
        "The table attributes each {person} to one {candidate}, by the first of these steps that yields a candidate for the person:",
        "De tabel rekent elke {person} toe aan een {candidate}, volgens de eerste van deze stappen die voor de persoon een kandidaat "
        "oplevert:",
    ),
    "rung.rows": (
        "Who has most of {rows}.",
        "Wie de meeste heeft van {rows}.",
    ),
    "rung.sum": (
        "For whom the sum of {column} over {rows} is highest.",
        "Voor wie de som van {column} over {rows} het hoogst is.",
    ),
    "rung.least": ("Only who has at least {least} takes part.", "Alleen wie ten minste {least} heeft, doet mee."),
    "rung.some": ("Only who has more than nothing takes part.", "Alleen wie meer dan niets heeft, doet mee."),
    "ties.latest": (
        "With equal scores goes first whose latest row is latest, then by name.",
        "Bij gelijke scores gaat voor wiens laatste regel het laatst is, daarna op naam.",
    ),
    "ties.name": ("With equal scores the name decides.", "Bij gelijke scores beslist de naam."),
    "attribution.names": (
        "The place in the ranking stands in {place}, the number of the step in {step}, the score in {score}; one row for every "
        "person and candidate.",
        "De plaats in de rangorde staat in {place}, het nummer van de stap in {step}, de score in {score}; één regel per persoon en "
        "kandidaat.",
    ),
    # files that are laid in
    "file": ("File {file}", "Bestand {file}"),
    "file.hash": (
        "{count} rows; sha256 of the file {hash}.",
        "{count} regels; sha256 van het bestand {hash}.",
    ),
    "file.cut": (
        "The first {shown} of {count} rows are laid in here; the others stand in the file with that hash and are as much part of the "
        "contract.",
        "De eerste {shown} van {count} regels zijn hier opgenomen; de andere staan in het bestand met die hash en maken evenzeer deel "
        "uit van de overeenkomst.",
    ),
    "file.columns_cut": (
        "Of its columns only those that the contract uses are laid in.",
        "Van de kolommen zijn alleen die opgenomen die de overeenkomst gebruikt.",
    ),
}
