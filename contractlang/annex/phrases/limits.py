"""Ceilings."""

from __future__ import annotations

LIMITS: dict[str, tuple[str, str]] = {  # key: English, Dutch
    "limit.rows": (
        "What is paid for the rows of {base} is at most {amount}, {per}.{before}",
        "Voor de regels van {base} wordt ten hoogste {amount} betaald, {per}.{before}",
    ),
    "limit.rows.steps": (
        "What is paid for the rows of {base} is at most the amount of the steps below, {per}.{before}",
        "Voor de regels van {base} wordt ten hoogste het bedrag van de stappen hieronder betaald, {per}.{before}",
    ),
    "limit.charge": (
        "What {base} charges is at most {amount}, {per}.{before}",
        "Door {base} wordt ten hoogste {amount} in rekening gebracht, {per}.{before}",
    ),
    "limit.charge.steps": (
        "What {base} charges is at most the amount of the steps below, {per}.{before}",
        "Door {base} wordt ten hoogste het bedrag van de stappen hieronder in rekening gebracht, {per}.{before}",
    ),
    "limit.amounts": (
        "What {base} comes to is at most {amount}, {per}.{before}",
        "Het bedrag van {base} is ten hoogste {amount}, {per}.{before}",
    ),
    "limit.amounts.steps": (
        "What {base} comes to is at most the amount of the steps below, {per}.{before}",
        "Het bedrag van {base} is ten hoogste het bedrag van de stappen hieronder, {per}.{before}",
    ),
    "limit.before": (
        " Of a row counts what the ceiling of {articles}, which is settled earlier, leaves of it.",
        " Van een regel telt wat het plafond van {articles}, dat eerder wordt afgerekend, ervan overlaat.",
    ),
    "limit.cents": (
        "The amount of the ceiling is rounded to the nearest cent, half a cent being rounded away from zero, before it is used.",
        "Het bedrag van het plafond wordt vóór gebruik afgerond op de dichtstbijzijnde cent, waarbij een halve cent van nul af wordt "
        "afgerond.",
    ),
    "limit.unlimited": (
        "Where the contract gives no amount, there is no ceiling.",
        "Geeft de overeenkomst geen bedrag, dan is er geen plafond.",
    ),
    "limit.bounded": (
        "Where there are rows and the contract gives no amount, the settlement stops.",
        "Zijn er regels en geeft de overeenkomst geen bedrag, dan stopt de afrekening.",
    ),
    "limit.dated": (
        "The amount comes from a list; the value counts that is valid in the period of the ceiling.",
        "Het bedrag komt uit een lijst; de waarde telt die in de periode van het plafond geldt.",
    ),
    # a period that lies partly in the term
    "part_year.full": (
        "For a period of which only a part lies in the term, the full amount holds.",
        "Voor een periode die maar voor een deel in de looptijd ligt, geldt het volledige bedrag.",
    ),
    "part_year.by_days": (
        "For a period of which only a part lies in the term, the amount is multiplied by the days of it in the term and "
        "divided by all days of that period.",
        "Voor een periode die maar voor een deel in de looptijd ligt, wordt het bedrag vermenigvuldigd met het aantal dagen ervan "
        "in de looptijd en gedeeld door alle dagen van die periode.",
    ),
    "part_year.by_months": (
        "For a period of which only a part lies in the term, the amount is multiplied by the calendar months of it that lie "
        "wholly in the term and divided by the calendar months of that period.",
        "Voor een periode die maar voor een deel in de looptijd ligt, wordt het bedrag vermenigvuldigd met het aantal "
        "kalendermaanden ervan dat geheel in de looptijd ligt en gedeeld door het aantal kalendermaanden van die periode.",
    ),
    "changed.replaces": (
        "When the amount changes within a period, the last amount holds for the whole of that period.",
        "Wijzigt het bedrag binnen een periode, dan geldt het laatste bedrag voor die hele periode.",
    ),
    "changed.by_days": (
        "When the amount changes within a period, each amount holds in proportion to its days.",
        "Wijzigt het bedrag binnen een periode, dan geldt elk bedrag naar rato van zijn dagen.",
    ),
    # how room is given out
    "filled.in_order": (
        "Rows take room in the order of {order}.",
        "Regels nemen ruimte in op volgorde van {order}.",
    ),
    "filled.in_proportion": (
        "When the ceiling is exceeded, every row is paid the same share of its amount; cents that rounding leaves go to the "
        "largest remainder, with equal remainders to the row that comes first in the file.",
        "Wordt het plafond overschreden, dan wordt van elke regel hetzelfde deel van het bedrag betaald; centen die door afronding "
        "overblijven gaan naar de grootste rest, en bij gelijke resten naar de regel die het eerst in het bestand staat.",
    ),
    "filled.as_a_whole": (
        "When the ceiling is exceeded, the excess is taken off as one amount; no single row is reduced.",
        "Wordt het plafond overschreden, dan gaat het meerdere er als één bedrag af; geen enkele regel wordt verlaagd.",
    ),
    "order.row": ("the row number in the file", "het regelnummer in het bestand"),
    "order.then": (", then ", ", dan "),
    "last_row.in_part": (
        "The row with which the room runs out is paid up to the room that is left; later rows are paid nothing.",
        "De regel waarmee de ruimte opraakt, wordt betaald tot de resterende ruimte; latere regels worden niet betaald.",
    ),
    "last_row.in_part.freed": (
        "The row with which the room runs out is paid up to the room that is left; later rows are paid nothing, except from room that "
        "a credit or a negative row gives back before them.",
        "De regel waarmee de ruimte opraakt, wordt betaald tot de resterende ruimte; latere regels worden niet betaald, behalve uit "
        "ruimte die een credit of een negatieve regel vóór hen teruggeeft.",
    ),
    "last_row.only_if_it_fits": (
        "A row that does not fit wholly in the room that is left is paid nothing; later rows that do fit are paid.",
        "Een regel die niet geheel in de resterende ruimte past, wordt niet betaald; latere regels die wel passen worden betaald.",
    ),
    "last_row.stop": (
        "From the first row that does not fit wholly in the room that is left, neither that row nor any row after it is paid, "
        "even when it would fit.",
        "Vanaf de eerste regel die niet geheel in de resterende ruimte past, worden die regel en alle regels erna niet betaald, "
        "ook niet als zij zouden passen.",
    ),
    "last_row.scale": (
        "A row that lies partly above the ceiling is paid in full for the part below it and by the scale for the part above it.",
        "Een regel die deels boven het plafond ligt, wordt voor het deel eronder volledig en voor het deel erboven volgens de "
        "staffel betaald.",
    ),
    "late_row.reopens": (
        "A row that comes in later takes its place in that order as if it had come in in time; what was settled earlier is "
        "settled anew.",
        "Een regel die later binnenkomt, neemt zijn plaats in die volgorde in alsof hij op tijd was; wat eerder is afgerekend, "
        "wordt opnieuw afgerekend.",
    ),
    "late_row.takes_left": (
        "A row comes after all rows that were received in an earlier calendar month, and takes what room those leave; within a "
        "month of receipt the order is as above.",
        "Een regel komt na alle regels die in een eerdere kalendermaand zijn ontvangen en krijgt de ruimte die deze overlaten; "
        "binnen een maand van ontvangst geldt de volgorde hierboven.",
    ),
    "freed_room.stays_empty": (
        "A credit or a negative row gives no room back: the ceiling is filled as if debits that were credited still counted and no "
        "negative row existed.",
        "Een credit of een negatieve regel geeft geen ruimte terug: het plafond wordt gevuld alsof gecrediteerde debetregels nog "
        "meetellen en er geen negatieve regels zijn.",
    ),
    "freed_room.later_rows": (
        "A credit or a negative row gives its room back at its own place in the order: rows after it may take that room, rows "
        "before it may not.",
        "Een credit of een negatieve regel geeft zijn ruimte terug op zijn eigen plaats in de volgorde: regels erna kunnen die "
        "ruimte innemen, regels ervoor niet.",
    ),
    "freed_room.filled_again": (
        "Room of a debit that is credited is filled again by the other rows, in their order, as if neither existed; the amount of "
        "any other negative row is added to the room beforehand.",
        "Ruimte van een debet dat wordt gecrediteerd, wordt weer gevuld door de andere regels, in hun volgorde, alsof beide er "
        "niet zijn; het bedrag van elke andere negatieve regel wordt vooraf bij de ruimte opgeteld.",
    ),
    "freed_room.credit": (
        "A credit that belongs to a debit takes back exactly what was paid for that debit; the amount of any other negative row is "
        "taken off in full.",
        "Een credit bij een debet neemt precies terug wat voor dat debet is betaald; het bedrag van elke andere negatieve regel gaat "
        "er volledig af.",
    ),
    "outside.nothing": (
        "No row is outside the ceiling.",
        "Geen enkele regel blijft buiten het plafond.",
    ),
    "outside.rows": (
        "Outside the ceiling are the rows for which [{condition}]: they are always paid in full. {count}",
        "Buiten het plafond blijven de regels waarvoor geldt [{condition}]: zij worden altijd volledig betaald. {count}",
    ),
    "outside.rows.table": (
        "Outside the ceiling are the rows of {table} for which [{condition}]: they are always paid in full. {count}",
        "Buiten het plafond blijven de regels van {table} waarvoor geldt [{condition}]: zij worden altijd volledig betaald. {count}",
    ),
    "filled.as_a_whole.periods": (
        "Up to the end of any settlement period no more is paid than the ceiling, so that the excess is taken off in the periods in "
        "which the amounts go beyond it.",
        "Tot en met het einde van elke afrekenperiode wordt niet meer betaald dan het plafond, zodat het meerdere eraf gaat in de "
        "perioden waarin de bedragen het te boven gaan.",
    ),
    "filled.as_a_whole.last": (
        "The excess is taken off in the last settlement period of the period of the ceiling.",
        "Het meerdere gaat eraf in de laatste afrekenperiode van de periode van het plafond.",
    ),
    "outside.not_counted": ("They take no room.", "Zij nemen geen ruimte in."),
    "outside.first": (
        "They do take room, before all other rows.",
        "Zij nemen wel ruimte in, vóór alle andere regels.",
    ),
    "outside.until_full": (
        "They do take room, at their own place in the order, for as long as there is any.",
        "Zij nemen wel ruimte in, op hun eigen plaats in de volgorde, zolang die er is.",
    ),
    "above.nothing": (
        "Above the ceiling nothing is paid.",
        "Boven het plafond wordt niets betaald.",
    ),
    "above.nothing.charge": (
        "Above the ceiling nothing is charged.",
        "Boven het plafond wordt niets in rekening gebracht.",
    ),
    "above.scale": (
        "What lies above the ceiling is paid slice by slice at the percentage of scale {scale}, of which the edges are percentages "
        "of the amount of the ceiling, counted upwards from the ceiling.",
        "Wat boven het plafond ligt, wordt schijf voor schijf betaald tegen het percentage van staffel {scale}, waarvan de grenzen "
        "percentages van het bedrag van het plafond zijn, geteld vanaf het plafond naar boven.",
    ),
    "above.scale.row": (
        "For a row is paid the difference between the amounts, each rounded to the nearest cent, that come out with and without it.",
        "Voor een regel wordt het verschil betaald tussen de bedragen, elk afgerond op de dichtstbijzijnde cent, die met en zonder "
        "die regel uitkomen.",
    ),
    "unlined": (
        "Amounts of {base} that no row carries (sums, additions and reductions) take room, or give it, before any row.",
        "Bedragen van {base} die bij geen regel horen (sommen, toevoegingen en verlagingen) nemen vóór alle regels ruimte in, of "
        "geven die.",
    ),
    "counts_too": (
        "The additions and reductions of {after} to {base} count for this ceiling.",
        "De toevoegingen en verlagingen van {after} op {base} tellen mee voor dit plafond.",
    ),
    # room that moves between ceilings
    "transfer": (
        "Unused room moves between the ceilings that differ only in {key}. {gives} {receives} Ceilings that lack room are served "
        "in the order {order}.",
        "Onbenutte ruimte gaat over tussen de plafonds die alleen in {key} verschillen. {gives} {receives} Plafonds die ruimte "
        "tekortkomen, zijn aan de beurt in de volgorde {order}.",
    ),
    "gives.all": ("A ceiling gives all its unused room.", "Een plafond geeft al zijn onbenutte ruimte."),
    "gives": (
        "A ceiling gives of its unused room at most {share} of its own amount.",
        "Een plafond geeft van zijn onbenutte ruimte ten hoogste {share} van zijn eigen bedrag.",
    ),
    "receives.all": ("A ceiling receives all that it lacks.", "Een plafond ontvangt alles wat het tekortkomt."),
    "receives": (
        "A ceiling receives of what it lacks at most {share} of its own amount.",
        "Een plafond ontvangt van wat het tekortkomt ten hoogste {share} van zijn eigen bedrag.",
    ),
    "delivery.goes_on": (
        "The provider goes on delivering care when the ceiling has been reached.",
        "De aanbieder blijft zorg leveren wanneer het plafond is bereikt.",
    ),
    "delivery.may_stop": (
        "The provider may stop delivering care when the ceiling has been reached.",
        "De aanbieder mag de zorglevering stoppen wanneer het plafond is bereikt.",
    ),
}
