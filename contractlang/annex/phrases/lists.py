"""Tariffs, lists, scales, indexes, definitions, reports."""

from __future__ import annotations

LISTS: dict[str, tuple[str, str]] = {  # key: English, Dutch
    "tariff": ("Tariff {name}", "Tarief {name}"),
    "list": ("List {name}", "Lijst {name}"),
    "list.unit": ("The values are in {unit}.", "De waarden zijn in {unit}."),
    "list.unit.percent": ("The values are percentages.", "De waarden zijn percentages."),
    "list.unit.number": ("The values are numbers.", "De waarden zijn getallen."),
    "list.by": ("The values go by {keys}.", "De waarden gaan naar {keys}."),
    "list.one": ("There is one value.", "Er is één waarde."),
    "list.dated": (
        "A value holds from the day above it through the day before the next; where no day is given it holds without end.",
        "Een waarde geldt vanaf de dag erboven tot en met de dag vóór de volgende; staat er geen dag, dan geldt zij zonder einde.",
    ),
    "list.undated": ("The values hold whatever the day.", "De waarden gelden ongeacht de dag."),
    "list.nothing": (
        "A dash means that nothing has been agreed: what needs that value has no price.",
        "Een streepje betekent dat niets is afgesproken: wat die waarde nodig heeft, heeft geen prijs.",
    ),
    "list.data": (
        "The values come from {rows}: {value}.",
        "De waarden komen uit {rows}: {value}.",
    ),
    "list.data.steps": (
        "The values come from {rows}, by the steps below.",
        "De waarden komen uit {rows}, volgens de stappen hieronder.",
    ),
    "list.data.present": (
        "A value is valid from {first} through {last}.",
        "Een waarde geldt van {first} tot en met {last}.",
    ),
    "list.data.since": (
        "A value is valid from the day that its row decides through the day before the next with the same keys.",
        "Een waarde geldt vanaf de dag die haar regel bepaalt tot en met de dag vóór de volgende met dezelfde sleutels.",
    ),
    "list.data.twice": (
        "When two values are valid on one day for the same keys, the settlement stops.",
        "Gelden er op één dag twee waarden voor dezelfde sleutels, dan stopt de afrekening.",
    ),
    "cell.from": ("from {day}", "vanaf {day}"),
    "cell.through": ("from {first} through {last}", "van {first} tot en met {last}"),
    "cell.until": ("through {last}", "tot en met {last}"),
    "cell.always": ("value", "waarde"),
    "cell.empty": ("(not filled in)", "(niet ingevuld)"),
    "cell.nothing": ("–", "–"),
    "cell.yes": ("yes", "ja"),
    "cell.no": ("no", "nee"),
    "range.all": ("every number", "elk getal"),
    "range.low": ("{low} and over", "{low} en hoger"),
    "range.low.above": ("above {low}", "boven {low}"),
    "range.high": ("up to and including {high}", "tot en met {high}"),
    "range.high.below": ("below {high}", "onder {high}"),
    "range.and": ("{low}, {high}", "{low}, {high}"),
    # scales
    "scale": ("Scale {name}", "Staffel {name}"),
    "scale.stepwise": (
        "The scale gives the value of the step in which the figure lies.",
        "De staffel geeft de waarde van de trede waarin het cijfer ligt.",
    ),
    "scale.linear": (
        "The scale gives the value on the straight line between the points on both sides of the figure; below the lowest point it "
        "gives the value of that point, above the highest point the value of that one.",
        "De staffel geeft de waarde op de rechte lijn tussen de punten aan weerszijden van het cijfer; onder het laagste punt geeft "
        "zij de waarde van dat punt, boven het hoogste punt die van dat punt.",
    ),
    "scale.each_slice": (
        "Each slice of the figure counts at its own rate only; the scale gives the sum over the slices.",
        "Elke schijf van het cijfer telt alleen tegen haar eigen tarief; de staffel geeft de som over de schijven.",
    ),
    "scale.whole_volume": (
        "The whole figure counts at the rate of the step in which it lies.",
        "Het hele cijfer telt tegen het tarief van de trede waarin het ligt.",
    ),
    "scale.origin": (
        "It is measured from {origin}: what lies below that counts as negative.",
        "Er wordt gemeten vanaf {origin}: wat daaronder ligt, telt negatief.",
    ),
    "scale.origin.whole": (
        "What counts at that rate is the figure minus {origin}.",
        "Tegen dat tarief telt het cijfer min {origin}.",
    ),
    "scale.of_base": (
        "The edges are percentages, to be compared with a figure that is one itself.",
        "De grenzen zijn percentages, te vergelijken met een cijfer dat zelf een percentage is.",
    ),
    "scale.of_base.ceiling": (
        "The edges are percentages of the amount of the ceiling, counted upwards from the ceiling.",
        "De grenzen zijn percentages van het bedrag van het plafond, geteld vanaf het plafond naar boven.",
    ),
    "scale.none": (
        "A figure for which no row is given has no value.",
        "Een cijfer waarvoor geen regel is gegeven, heeft geen waarde.",
    ),
    "scale.figure": ("figure", "cijfer"),
    "scale.value": ("value", "waarde"),
    "edge.at": ("at {low}", "bij {low}"),
    "edge.from_below": ("from {low} up to (not including) {high}", "van {low} tot (niet inbegrepen) {high}"),
    "edge.above_through": ("above {low} up to and including {high}", "boven {low} tot en met {high}"),
    "edge.from": ("from {low}", "vanaf {low}"),
    "edge.above": ("above {low}", "boven {low}"),
    "edge.below": ("below {high}", "onder {high}"),
    "edge.through": ("up to and including {high}", "tot en met {high}"),
    "edge.slice": ("the part from {low} to {high}", "het deel van {low} tot {high}"),
    "edge.slice.first": ("the part up to {high}", "het deel tot {high}"),
    "edge.slice.last": ("the part above {low}", "het deel boven {low}"),
    "edge.every": ("every figure", "elk cijfer"),
    # indexes
    "index": ("Index {name}", "Index {name}"),
    "index.open": (
        "Percentages of this index are left open; values that it raises are not final.",
        "Percentages van deze index zijn opengelaten; waarden die hij verhoogt staan niet vast.",
    ),
    "index.additive": (
        "Of each series the percentages are added up; the index is the sum of these, each multiplied by the weight of its series.",
        "Van elke reeks worden de percentages opgeteld; de index is de som daarvan, elk vermenigvuldigd met de weging van de reeks.",
    ),
    "index.compounded": (
        "Of each series the percentages are compounded: 100 % plus the one, multiplied by 100 % plus the other, minus 100 %; the "
        "index is the sum of these, each multiplied by the weight of its series.",
        "Van elke reeks worden de percentages samengesteld: 100 % plus het ene, vermenigvuldigd met 100 % plus het andere, min "
        "100 %; de index is de som daarvan, elk vermenigvuldigd met de weging van de reeks.",
    ),
    "index.rate": ("The index comes to {rate}.", "De index komt uit op {rate}."),
    "index.rate.rounded": (
        "The index comes to {rate}, {rounded}.",
        "De index komt uit op {rate}, {rounded}.",
    ),
    "index.applies.agreed": (
        "From {day} it raises the values of {lists}: each value as agreed is multiplied by 100 % plus the index. The values in the "
        "tables of this annex are those after indexation.",
        "Vanaf {day} verhoogt zij de waarden van {lists}: elke waarde zoals overeengekomen wordt vermenigvuldigd met 100 % plus de "
        "index. De waarden in de tabellen van deze bijlage zijn die na indexering.",
    ),
    "index.applies.last": (
        "From {day} it raises the values of {lists}: each value that then holds, as indexed before, is multiplied by 100 % plus the "
        "index. The values in the tables of this annex are those after indexation.",
        "Vanaf {day} verhoogt zij de waarden van {lists}: elke waarde die dan geldt, zoals eerder geïndexeerd, wordt vermenigvuldigd "
        "met 100 % plus de index. De waarden in de tabellen van deze bijlage zijn die na indexering.",
    ),
    "index.outcome": ("The outcome is {rounded}.", "De uitkomst wordt {rounded}."),
    "index.exact": ("The outcome is not rounded.", "De uitkomst wordt niet afgerond."),
    "index.series": ("series", "reeks"),
    "index.weight": ("weight", "weging"),
    # definitions
    "define": ("{name} is, {per}: {value}.", "{name} is, {per}: {value}."),
    "define.steps": (
        "{name} is, {per}, the outcome of the steps below.",
        "{name} is, {per}, de uitkomst van de stappen hieronder.",
    ),
    "define.condition": ("{name} holds, {per}, when {condition}.", "{name} geldt, {per}, als: {condition}."),
    "define.one": ("{name} is: {value}.", "{name} is: {value}."),
    "define.one.steps": (
        "{name} is the outcome of the steps below.",
        "{name} is de uitkomst van de stappen hieronder.",
    ),
    "define.one.condition": ("{name} holds when {condition}.", "{name} geldt als: {condition}."),
    "define.percent": ("{name} is a percentage.", "{name} is een percentage."),
    "define.unit": ("{name} is counted in {unit}.", "{name} wordt geteld in {unit}."),
    "define.indicator": ("{name} is an indicator.", "{name} is een indicator."),
    "define.estimate": (
        "{name} is an estimate: it is shown and nothing is paid on it.",
        "{name} is een raming: zij wordt getoond en er wordt niets op betaald.",
    ),
    "define.missing.zero": (
        "When {name} cannot be worked out, it counts as nil.",
        "Is {name} niet te bepalen, dan telt het als nul.",
    ),
    "define.missing.left_out": (
        "Where {name} cannot be worked out, it is left out of sums; what needs it by itself has then no outcome.",
        "Waar {name} niet te bepalen is, blijft het buiten sommen; wat het op zichzelf nodig heeft, heeft dan geen uitkomst.",
    ),
    # reports
    "report": ("Report {name}: {title}", "Rapport {name}: {title}"),
    "report.shown": (
        "The report shows, {per}, without any payment following from it:",
        "Het rapport toont, {per}, zonder dat daar een betaling uit volgt:",
    ),
    "report.every": ("There is a row per {every}.", "Er is een regel per {every}."),
    "report.figure": ("“{title}”: {value}.", "‘{title}’: {value}."),
    "report.figure.steps": ("“{title}”, by the steps below.", "‘{title}’, volgens de stappen hieronder."),
    "report.percent": ("As a percentage.", "Als percentage."),
    "report.unit": ("In {unit}.", "In {unit}."),
    "report.as_of": ("It is made as of {day}.", "Het wordt opgemaakt per {day}."),
    "report.as_of_statement": (
        "It is made as of the day of the statement.",
        "Het wordt opgemaakt per de peildatum van de afrekening.",
    ),
    "report.shares": (
        "It proposes a division, without any payment following from it.",
        "Het stelt een verdeling voor, zonder dat daar een betaling uit volgt.",
    ),
    "report.proposes": (
        "It proposes these as the values of {name} from {day}; they hold once the parties have agreed them.",
        "Het stelt deze voor als waarden van {name} vanaf {day}; zij gelden zodra partijen ze zijn overeengekomen.",
    ),
}
