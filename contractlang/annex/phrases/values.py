"""Numbers, figures and how they are worked out."""

from __future__ import annotations

VALUES: dict[str, tuple[str, str]] = {  # key: English, Dutch
    "and": ("and", "en"),
    "or": ("or", "of"),
    # units: one, several
    "unit.hour": ("{n} hours", "{n} uur"),
    "unit.hour.one": ("{n} hour", "{n} uur"),
    "unit.minute": ("{n} minutes", "{n} minuten"),
    "unit.minute.one": ("{n} minute", "{n} minuut"),
    "unit.day": ("{n} days", "{n} dagen"),
    "unit.day.one": ("{n} day", "{n} dag"),
    "unit.daypart": ("{n} dayparts", "{n} dagdelen"),
    "unit.daypart.one": ("{n} daypart", "{n} dagdeel"),
    "unit.week": ("{n} weeks", "{n} weken"),
    "unit.week.one": ("{n} week", "{n} week"),
    "unit.month": ("{n} months", "{n} maanden"),
    "unit.month.one": ("{n} month", "{n} maand"),
    "unit.quarter": ("{n} quarters", "{n} kwartalen"),
    "unit.quarter.one": ("{n} quarter", "{n} kwartaal"),
    "unit.year": ("{n} years", "{n} jaren"),
    "unit.year.one": ("{n} year", "{n} jaar"),
    "unit.per": ("{amount} per {unit}", "{amount} per {unit}"),
    "unit.times": ("{left} × {right}", "{left} × {right}"),
    "bases.euro": ("euros", "euro"),
    "bases.hour": ("hours", "uren"),
    "bases.day": ("days", "dagen"),
    "bases.daypart": ("dayparts", "dagdelen"),
    "bases.week": ("weeks", "weken"),
    "bases.month": ("months", "maanden"),
    "bases.quarter": ("quarters", "kwartalen"),
    "bases.year": ("years", "jaren"),
    "base.euro": ("euro", "euro"),
    "base.hour": ("hour", "uur"),
    "base.minute": ("minute", "minuut"),
    "base.day": ("day", "dag"),
    "base.daypart": ("daypart", "dagdeel"),
    "base.week": ("week", "week"),
    "base.month": ("month", "maand"),
    "base.quarter": ("quarter", "kwartaal"),
    "base.year": ("year", "jaar"),
    "points": ("{n} percentage points", "{n} procentpunt"),
    # rounding
    "rounded.half_away": (
        "rounded to the nearest multiple of {step}, what lies exactly halfway being rounded away from zero",
        "afgerond op het dichtstbijzijnde veelvoud van {step}, waarbij wat precies halverwege ligt van nul af wordt afgerond",
    ),
    "rounded.half_even": (
        "rounded to the nearest multiple of {step}, what lies exactly halfway being rounded to the even multiple",
        "afgerond op het dichtstbijzijnde veelvoud van {step}, waarbij wat precies halverwege ligt op het even veelvoud wordt afgerond",
    ),
    "rounded.down": (
        "rounded towards zero to a multiple of {step}",
        "naar nul toe afgerond op een veelvoud van {step}",
    ),
    "rounded.up": (
        "rounded away from zero to a multiple of {step}",
        "van nul af afgerond op een veelvoud van {step}",
    ),
    "rounded.half_away.cent": (
        "rounded to the nearest cent, half a cent being rounded away from zero",
        "afgerond op de dichtstbijzijnde cent, waarbij een halve cent van nul af wordt afgerond",
    ),
    "rounded.half_even.cent": (
        "rounded to the nearest cent, half a cent being rounded to the even cent",
        "afgerond op de dichtstbijzijnde cent, waarbij een halve cent op de even cent wordt afgerond",
    ),
    "rounded.down.cent": ("rounded towards zero to whole cents", "naar nul toe afgerond op hele centen"),
    "rounded.up.cent": ("rounded away from zero to whole cents", "van nul af afgerond op hele centen"),
    # things of a row, days and periods
    "column.period": ("the period counted", "de getelde periode"),
    "column.day": ("the day on which the period is counted", "de dag waarop de periode wordt geteld"),
    "column.present": (
        "the days present in the period and the term",
        "de dagen van aanwezigheid in periode en looptijd",
    ),
    "column.whole": ("the days of the whole period", "de dagen van de hele periode"),
    "column.name": ("the name of the period of a person", "de naam van de periode van een persoon"),
    "in_hours": ("{cell} (minutes, counted in hours)", "{cell} (minuten, geteld in uren)"),
    "text": ("“{value}”", "‘{value}’"),
    "as_of": ("the day as of which the statement is made", "de peildatum van de afrekening"),
    "deciding.year": ("the date that decides the year ({dates})", "de datum die het jaar bepaalt ({dates})"),
    "deciding.tariff": ("the date that decides the tariff ({dates})", "de datum die het tarief bepaalt ({dates})"),
    "deciding.period": ("the date that decides the period ({dates})", "de datum die de periode bepaalt ({dates})"),
    "deciding.receipt": ("the date of receipt ({dates})", "de datum van ontvangst ({dates})"),
    "deciding.when": ("{date} when [{condition}]", "{date} als geldt [{condition}]"),
    "deciding.else": ("otherwise {date}", "anders {date}"),
    "every.day": ("day", "dag"),
    "every.week": ("ISO week", "ISO-week"),
    "every.month": ("calendar month", "kalendermaand"),
    "every.quarter": ("calendar quarter", "kalenderkwartaal"),
    "every.year": ("calendar year", "kalenderjaar"),
    "every.term": ("whole term", "hele looptijd"),
    "the_every.day": ("the day", "de dag"),
    "the_every.week": ("the ISO week", "de ISO-week"),
    "the_every.month": ("the calendar month", "de kalendermaand"),
    "the_every.quarter": ("the calendar quarter", "het kalenderkwartaal"),
    "the_every.year": ("the calendar year", "het kalenderjaar"),
    "the_every.term": ("the whole term", "de hele looptijd"),
    "period_of": ("{every} of {day}", "{every} van {day}"),
    "elapsed.day": (
        "the number of whole days from {since} to {on}",
        "het aantal hele dagen van {since} tot {on}",
    ),
    "elapsed.week": (
        "the number of whole weeks from {since} to {on}",
        "het aantal hele weken van {since} tot {on}",
    ),
    "elapsed.month": (
        "the number of whole months from {since} to {on}",
        "het aantal hele maanden van {since} tot {on}",
    ),
    "elapsed.quarter": (
        "the number of whole quarters from {since} to {on}",
        "het aantal hele kwartalen van {since} tot {on}",
    ),
    "elapsed.year": (
        "the number of whole years from {since} to {on}",
        "het aantal hele jaren van {since} tot {on}",
    ),
    "elapsed.term": (
        "the number of whole terms from {since} to {on}",
        "het aantal hele looptijden van {since} tot {on}",
    ),
    "elapsed.calendar": (
        "the number of times that a {every} begins after {since} and on or before {on} (counted negative when {on} is the earlier)",
        "het aantal keren dat na {since} en uiterlijk op {on} een {every} begint (negatief geteld als {on} eerder is)",
    ),
    "counting.days": (
        "the number of days from {first} through {last}, both included",
        "het aantal dagen van {first} tot en met {last}",
    ),
    "counting.touched": (
        "the number of periods of a {every} of which at least one day lies in the days from {first} through {last}",
        "het aantal perioden van een {every} waarvan ten minste één dag ligt in de dagen van {first} tot en met {last}",
    ),
    "counting.by_days": (
        "the number of periods of a {every} in the days from {first} through {last}, a broken one counting for its share of days",
        "het aantal perioden van een {every} in de dagen van {first} tot en met {last}, waarbij een gebroken periode telt voor "
        "haar aandeel in dagen",
    ),
    "counting.broken_last": (
        "the number of periods of a {every} in the days from {first} through {last}, a broken first one counting for nothing and "
        "a broken last one counting in full",
        "het aantal perioden van een {every} in de dagen van {first} tot en met {last}, waarbij een gebroken eerste niet telt en "
        "een gebroken laatste geheel telt",
    ),
    # lists and keys
    "look_up": ("{list}", "{list}"),
    "look_up.keys": ("{list} for {keys}", "{list} voor {keys}"),
    "look_up.text": ("{name} {value}", "{name} {value}"),
    "look_up.other": ("{name} (being {value})", "{name} (te weten {value})"),
    "look_up.on": (", as valid on {day}", ", zoals geldig op {day}"),
    "key_at_hand": ("the {name} at hand", "{name} in kwestie"),
    "key_at_hand.every": ("the {every} at hand", "{every} in kwestie"),
    "key.cell": ("{name}", "{name}"),
    "key.other": ("{name} (here {value})", "{name} (hier {value})"),
    "key.every": ("{every}", "{every}"),
    "key.every_of": ("{every} of {day}", "{every} van {day}"),
    "per": ("per {keys}", "per {keys}"),
    "per.and": (" and per ", " en per "),
    "per.term": ("for the whole term", "over de hele looptijd"),
    "per.both": ("{per}, {term}", "{per}, {term}"),
    # measures
    "measure.first": (
        "the row number of the first of {rows}",
        "het regelnummer van de eerste van {rows}",
    ),
    "measure.sum": ("the sum of {value} over {rows}", "de som van {value} over {rows}"),
    "measure.rows": ("the number of {rows}", "het aantal van {rows}"),
    "measure.rows.credit": ("(a credit counts for minus one)", "(een credit telt voor min één)"),
    "measure.different": (
        "the number of different combinations of {different} among {rows}",
        "het aantal verschillende combinaties van {different} onder {rows}",
    ),
    "measure.different.one": (
        "the number of different values of {different} among {rows}",
        "het aantal verschillende waarden van {different} onder {rows}",
    ),
    "measure.different.credit": (
        "(what credits bring to nil rows does not count)",
        "(wat door credits op nul regels uitkomt, telt niet)",
    ),
    "measure.keys": ("{measure}, {per}", "{measure}, {per}"),
    "measure.not_by": ("{measure}, whatever the {keys}", "{measure}, ongeacht {keys}"),
    "rows": ("the accepted rows of {table}", "de geaccepteerde regels van {table}"),
    "rows.where": (
        "the accepted rows of {table} for which [{condition}]",
        "de geaccepteerde regels van {table} waarvoor geldt [{condition}]",
    ),
    "define_sum": ("the sum of {define} over its groups", "de som van {define} over de groepen ervan"),
    "define_sum.over": ("the sum of {define} over all {keys}", "de som van {define} over alle {keys}"),
    "article_amount": (
        "the amount that article {article} comes to by itself",
        "het bedrag waarop artikel {article} op zichzelf uitkomt",
    ),
    "article_amount.after": (
        "the amount that article {article} comes to with the additions and reductions of {after}",
        "het bedrag waarop artikel {article} uitkomt met de toevoegingen en verlagingen van {after}",
    ),
    "article.one": ("article {number}", "artikel {number}"),
    "article.many": ("articles {numbers}", "de artikelen {numbers}"),
    "reserve_of": (
        "what the distributions of article {article} put in reserve",
        "wat de verdelingen van artikel {article} in reserve zetten",
    ),
    "part.by_days": (
        "the part of the period that lies in the term, by days",
        "het deel van de periode dat in de looptijd ligt, naar dagen",
    ),
    "part.by_months": (
        "the part of the period that lies in the term, by whole calendar months",
        "het deel van de periode dat in de looptijd ligt, naar hele kalendermaanden",
    ),
    "part.full": ("the whole of the period", "de hele periode"),
    "weighed": (
        "the weighted sum of {parts} ({missing}; {all_missing})",
        "de gewogen som van {parts} ({missing}; {all_missing})",
    ),
    "weighed.part": ("{value} with weight {weight}", "{value} met weging {weight}"),
    "weighed.missing.fills_up": (
        "a part that is missing is left out and the weights of the others are raised in proportion",
        "een onderdeel dat ontbreekt wordt weggelaten en de wegingen van de andere worden naar rato verhoogd",
    ),
    "weighed.missing.zero": (
        "a part that is missing counts as nil with its own weight",
        "een onderdeel dat ontbreekt telt als nul met zijn eigen weging",
    ),
    "weighed.missing.error": (
        "when a part is missing the settlement stops",
        "ontbreekt een onderdeel, dan stopt de afrekening",
    ),
    "weighed.all_missing.zero": ("when all are missing the sum is nil", "ontbreken zij alle, dan is de som nul"),
    "weighed.all_missing.empty": (
        "when all are missing the sum is missing",
        "ontbreken zij alle, dan ontbreekt de som",
    ),
    "weighed.all_missing.error": (
        "when all are missing the settlement stops",
        "ontbreken zij alle, dan stopt de afrekening",
    ),
    # arithmetic within a sentence
    "add": ("{left} plus {right}", "{left} plus {right}"),
    "subtract": ("{left} minus {right}", "{left} min {right}"),
    "multiply": ("{left} multiplied by {right}", "{left} vermenigvuldigd met {right}"),
    "percent_of": ("{share} of {base}", "{share} van {base}"),
    "divide": ("{left} divided by {right}", "{left} gedeeld door {right}"),
    "least": ("the lower of {left} and {right}", "het laagste van {left} en {right}"),
    "least.unbounded": (
        "the lower of {left} and {right} (where the latter is missing there is no limit, and the former holds)",
        "het laagste van {left} en {right} (ontbreekt het laatste, dan is er geen grens en geldt het eerste)",
    ),
    "greatest": ("the higher of {left} and {right}", "het hoogste van {left} en {right}"),
    "greatest.unbounded": (
        "the higher of {left} and {right} (where the latter is missing there is no limit, and the former holds)",
        "het hoogste van {left} en {right} (ontbreekt het laatste, dan is er geen grens en geldt het eerste)",
    ),
    "value_rounded": ("{value}, {rounded}", "{value}, {rounded}"),
    "scaled": ("the outcome of scale {scale} for {value}", "de uitkomst van staffel {scale} voor {value}"),
    "exponential": ("e to the power of {value}, {rounded}", "e tot de macht {value}, {rounded}"),
    "choice": ("{branches}; {otherwise}", "{branches}; {otherwise}"),
    "choice.branch": ("if [{condition}]: {value}", "als geldt [{condition}]: {value}"),
    "choice.next": ("if not, and [{condition}]: {value}", "zo niet, en als geldt [{condition}]: {value}"),
    "choice.otherwise": ("in every other case: {value}", "in elk ander geval: {value}"),
    "choice.missing": ("in every other case there is no value", "in elk ander geval is er geen waarde"),
    # the same as steps
    "step.take": ("Take {value}.", "Neem {value}."),
    "step.add": ("Add {right}.", "Tel daarbij op: {right}."),
    "step.subtract": ("Subtract {right}.", "Trek daarvan af: {right}."),
    "step.multiply": ("Multiply the outcome by {right}.", "Vermenigvuldig de uitkomst met {right}."),
    "step.percent_of": ("Take {share} of the outcome.", "Neem {share} van de uitkomst."),
    "step.divide": ("Divide the outcome by {right}.", "Deel de uitkomst door {right}."),
    "step.least": (
        "If the outcome is higher than {right}, it becomes {right}.",
        "Is de uitkomst hoger dan {right}, dan wordt zij {right}.",
    ),
    "step.least.unbounded": (
        "If the outcome is higher than {right}, it becomes {right}; where that is missing there is no limit and the outcome "
        "stands.",
        "Is de uitkomst hoger dan {right}, dan wordt zij {right}; ontbreekt dat, dan is er geen grens en blijft de uitkomst "
        "staan.",
    ),
    "step.greatest": (
        "If the outcome is lower than {right}, it becomes {right}.",
        "Is de uitkomst lager dan {right}, dan wordt zij {right}.",
    ),
    "step.greatest.unbounded": (
        "If the outcome is lower than {right}, it becomes {right}; where that is missing there is no limit and the outcome "
        "stands.",
        "Is de uitkomst lager dan {right}, dan wordt zij {right}; ontbreekt dat, dan is er geen grens en blijft de uitkomst "
        "staan.",
    ),
    "step.rounded": ("The outcome is {rounded}.", "De uitkomst wordt {rounded}."),
    "step.scaled": (
        "Put the outcome through scale {scale}; what the scale gives is the outcome from here on.",
        "Leg de uitkomst langs staffel {scale}; wat de staffel geeft, is voortaan de uitkomst.",
    ),
    "step.exponential": (
        "Take e to the power of the outcome, {rounded}.",
        "Neem e tot de macht van de uitkomst, {rounded}.",
    ),
    "step.guarded": (
        "Only if [{condition}]: {step} Otherwise the outcome stands.",
        "Alleen als geldt [{condition}]: {step} Anders blijft de uitkomst staan.",
    ),
    "step.nil": (
        "If [{condition}], the outcome becomes {nil}; otherwise it stands.",
        "Als geldt [{condition}], wordt de uitkomst {nil}; anders blijft zij staan.",
    ),
    "step.only_if": (
        "The outcome holds only if [{condition}]; otherwise there is no outcome.",
        "Er is alleen een uitkomst als geldt [{condition}]; anders is er geen.",
    ),
    "guarded_value": (
        "{value}, but only if [{condition}]; otherwise there is none",
        "{value}, maar alleen als geldt [{condition}]; anders is er geen waarde",
    ),
}
