"""What articles do: pay, charge, add, take off, divide, deduct."""

from __future__ import annotations

HEADS: dict[str, tuple[str, str]] = {  # key: English, Dutch
    # rows at a price
    "pay.amount": (
        "The payer pays the provider, for each of {rows}: {quantity}.",
        "De financier betaalt de aanbieder voor elk van {rows}: {quantity}.",
    ),
    "pay.priced": (
        "The payer pays the provider, for each of {rows}: {quantity}, multiplied by the price.",
        "De financier betaalt de aanbieder voor elk van {rows}: {quantity}, vermenigvuldigd met de prijs.",
    ),
    "pay.once": (
        "The payer pays the provider, for each of {rows}, once the price.",
        "De financier betaalt de aanbieder voor elk van {rows} eenmaal de prijs.",
    ),
    "pay.tiered": (
        "The payer pays the provider, for each of {rows}: {quantity}, valued by scale {scale} as said below.",
        "De financier betaalt de aanbieder voor elk van {rows}: {quantity}, gewaardeerd volgens staffel {scale} zoals hieronder gezegd.",
    ),
    "charge.tiered": (
        "The provider owes the payer, for each of {rows}: {quantity}, valued by scale {scale} as said below.",
        "De aanbieder is aan de financier voor elk van {rows} verschuldigd: {quantity}, gewaardeerd volgens staffel {scale} zoals hieronder "
        "gezegd.",
    ),
    "charge.amount": (
        "The provider owes the payer, for each of {rows}: {quantity}.",
        "De aanbieder is aan de financier voor elk van {rows} verschuldigd: {quantity}.",
    ),
    "charge.priced": (
        "The provider owes the payer, for each of {rows}: {quantity}, multiplied by the price.",
        "De aanbieder is aan de financier voor elk van {rows} verschuldigd: {quantity}, vermenigvuldigd met de prijs.",
    ),
    "charge.once": (
        "The provider owes the payer, for each of {rows}, once the price.",
        "De aanbieder is aan de financier voor elk van {rows} eenmaal de prijs verschuldigd.",
    ),
    "absorb.amount": (
        "{rows_capital} are part of what this article pays as a whole and are not paid beside it. The statement shows what they "
        "would have come to: {quantity} for each.",
        "{rows_capital} zijn deel van wat dit artikel als geheel vergoedt en worden daarnaast niet betaald. De afrekening toont "
        "waarop zij zouden zijn uitgekomen: {quantity} per regel.",
    ),
    "absorb.priced": (
        "{rows_capital} are part of what this article pays as a whole and are not paid beside it. The statement shows what they "
        "would have come to: {quantity}, multiplied by the price, for each.",
        "{rows_capital} zijn deel van wat dit artikel als geheel vergoedt en worden daarnaast niet betaald. De afrekening toont "
        "waarop zij zouden zijn uitgekomen: {quantity}, vermenigvuldigd met de prijs, per regel.",
    ),
    "absorb.once": (
        "{rows_capital} are part of what this article pays as a whole and are not paid beside it. The statement shows what they "
        "would have come to: once the price for each.",
        "{rows_capital} zijn deel van wat dit artikel als geheel vergoedt en worden daarnaast niet betaald. De afrekening toont "
        "waarop zij zouden zijn uitgekomen: eenmaal de prijs per regel.",
    ),
    "absorb.charge": ("It would have been charged.", "Het zou in rekening zijn gebracht."),
    "advance.amount": (
        "What was paid as the rows came in is taken off what is due, not off what has been earned: for each of {rows}, {quantity}.",
        "Wat bij binnenkomst van de regels al is betaald, gaat af van wat verschuldigd is en niet van wat is verdiend: voor elk van "
        "{rows}, {quantity}.",
    ),
    "advance.priced": (
        "What was paid as the rows came in is taken off what is due, not off what has been earned: for each of {rows}, {quantity}, "
        "multiplied by the price.",
        "Wat bij binnenkomst van de regels al is betaald, gaat af van wat verschuldigd is en niet van wat is verdiend: voor elk van "
        "{rows}, {quantity}, vermenigvuldigd met de prijs.",
    ),
    "advance.once": (
        "What was paid as the rows came in is taken off what is due, not off what has been earned: for each of {rows}, once the "
        "price.",
        "Wat bij binnenkomst van de regels al is betaald, gaat af van wat verschuldigd is en niet van wat is verdiend: voor elk van "
        "{rows}, eenmaal de prijs.",
    ),
    "advance.charge": ("It is charged, not paid.", "Het wordt in rekening gebracht, niet betaald."),
    "pay.quantity": (
        "The quantity is worked out in the steps below.",
        "De hoeveelheid volgt uit de stappen hieronder.",
    ),
    "pay.the_quantity": ("the quantity of the next sentence", "de hoeveelheid van de volgende zin"),
    "pay.price": ("The price is {price}.", "De prijs is {price}."),
    "pay.price.steps": ("The price is worked out in the steps below.", "De prijs volgt uit de stappen hieronder."),
    "pay.unit": ("The quantity is counted in {unit}.", "De hoeveelheid wordt geteld in {unit}."),
    "pay.round.row": ("The amount of each row is {rounded}.", "Het bedrag van elke regel wordt {rounded}."),
    "pay.round.keys": (
        "The exact amounts of the rows are added up {per}, and each such sum is {rounded} once; it is divided over its rows in "
        "proportion to their exact amounts, and cents that this leaves go to the largest remainder, with equal remainders by row "
        "number.",
        "De exacte bedragen van de regels worden {per} opgeteld en elke som wordt eenmaal {rounded}; zij wordt naar rato van de "
        "exacte bedragen over de regels verdeeld, waarbij centen die overblijven naar de grootste rest gaan en bij gelijke resten "
        "op regelnummer.",
    ),
    "pay.volume": (
        "Before a price is applied, the quantities are added up {per}; each sum is {rounded} and is then divided over its rows in "
        "proportion to their quantities.",
        "Voordat de prijs wordt toegepast, worden de hoeveelheden {per} opgeteld; elke som wordt {rounded} en daarna naar rato van "
        "de hoeveelheden over de regels verdeeld.",
    ),
    "pay.volume.least": (
        "Before a price is applied, the quantities are added up {per}; each sum is {rounded}, is at least {least} when it is above "
        "nil, and is then divided over its rows in proportion to their quantities.",
        "Voordat de prijs wordt toegepast, worden de hoeveelheden {per} opgeteld; elke som wordt {rounded}, is ten minste {least} "
        "wanneer zij boven nul ligt, en wordt daarna naar rato van de hoeveelheden over de regels verdeeld.",
    ),
    "pay.tiers.each_slice": (
        "The value follows from scale {scale} and the quantity that has been reached, {per}: rows count in the order of {order}, and "
        "a row is worth what the scale gives for the quantity with it, minus what it gives for the quantity without it.",
        "De waarde volgt uit staffel {scale} en de bereikte hoeveelheid, {per}: regels tellen op volgorde van {order}, en een regel is "
        "waard wat de staffel geeft voor de hoeveelheid met die regel, min wat zij geeft voor de hoeveelheid zonder die regel.",
    ),
    "pay.tiers.whole_volume": (
        "The price follows from scale {scale} and the whole quantity, {per}: every row of it is priced at the rate of the step that "
        "the whole quantity reaches. Rows count in the order of {order}.",
        "De prijs volgt uit staffel {scale} en de hele hoeveelheid, {per}: elke regel ervan krijgt het tarief van de trede die de hele "
        "hoeveelheid bereikt. Regels tellen op volgorde van {order}.",
    ),
    "pay.round.cumulative": (
        "What the scale gives for the quantity with a row and for the quantity without it is each {rounded}; the amount of the row is "
        "the difference.",
        "Wat de staffel geeft voor de hoeveelheid met een regel en voor die zonder de regel wordt elk {rounded}; het bedrag van de "
        "regel is het verschil.",
    ),
    "pay.tiers.recomputed": (
        "A credit takes its quantity off what has been reached after all debits, so that the group as a whole is worth what its net "
        "quantity is worth.",
        "Een credit haalt zijn hoeveelheid af van wat na alle debetregels is bereikt, zodat de groep als geheel waard is wat haar "
        "nettohoeveelheid waard is.",
    ),
    # amounts without rows
    "fixed": ("The payer pays the provider, {per}: {amount}.", "De financier betaalt de aanbieder, {per}: {amount}."),
    "fixed.steps": (
        "The payer pays the provider, {per}, the amount of the steps below.",
        "De financier betaalt de aanbieder, {per}, het bedrag van de stappen hieronder.",
    ),
    "fixed.charge": (
        "The provider owes the payer, {per}: {amount}.",
        "De aanbieder is aan de financier verschuldigd, {per}: {amount}.",
    ),
    "fixed.charge.steps": (
        "The provider owes the payer, {per}, the amount of the steps below.",
        "De aanbieder is aan de financier verschuldigd, {per}, het bedrag van de stappen hieronder.",
    ),
    "round.amount": ("The amount is {rounded}.", "Het bedrag wordt {rounded}."),
    "instalments.none": (
        "The amount is one sum, posted in the settlement period of the last day of its period in the term.",
        "Het bedrag is één som, geboekt in de afrekenperiode van de laatste dag van zijn periode in de looptijd.",
    ),
    "instalments.days": (
        "The amount is paid in {number} equal parts, on {days}.",
        "Het bedrag wordt betaald in {number} gelijke delen, op {days}.",
    ),
    "instalments.first": (
        "The amount is paid in {number} equal parts: the period is divided into {number} equal spans of whole calendar months, and each part "
        "falls due on the first day of its span.",
        "Het bedrag wordt betaald in {number} gelijke delen: de periode wordt verdeeld in {number} gelijke tijdvakken van hele "
        "kalendermaanden en elk deel vervalt op de eerste dag van zijn tijdvak.",
    ),
    "instalments.last": (
        "The amount is paid in {number} equal parts: the period is divided into {number} equal spans of whole calendar months, and each part "
        "falls due on the last day of its span.",
        "Het bedrag wordt betaald in {number} gelijke delen: de periode wordt verdeeld in {number} gelijke tijdvakken van hele "
        "kalendermaanden en elk deel vervalt op de laatste dag van zijn tijdvak.",
    ),
    "instalments.term": (
        "Only days within the term count: the amount is divided over those; a span that the end of the term cuts short falls due on "
        "the last day of the term, and without any such day the amount is one sum on the last day.",
        "Alleen dagen binnen de looptijd tellen: het bedrag wordt daarover verdeeld; een tijdvak dat door het einde van de looptijd "
        "wordt afgebroken, vervalt op de laatste dag van de looptijd, en zonder zo'n dag is het bedrag één som op de laatste dag.",
    ),
    "instalments.cents.first": (
        "Each part is rounded as above; the first part takes the cents that make the parts sum exactly to the amount.",
        "Elk deel wordt afgerond als hierboven; het eerste deel krijgt de centen waarmee de delen precies op het bedrag uitkomen.",
    ),
    "instalments.cents.last": (
        "Each part is rounded as above; the last part takes the cents that make the parts sum exactly to the amount.",
        "Elk deel wordt afgerond als hierboven; het laatste deel krijgt de centen waarmee de delen precies op het bedrag uitkomen.",
    ),
    # amounts on top
    "adjust": (
        "In addition to what {base} comes to, {per}, is paid: {amount}. A negative outcome is taken off.",
        "Naast het bedrag van {base} wordt, {per}, betaald: {amount}. Een negatieve uitkomst gaat eraf.",
    ),
    "adjust.steps": (
        "In addition to what {base} comes to, {per}, the amount of the steps below is paid. A negative outcome is taken off.",
        "Naast het bedrag van {base} wordt, {per}, het bedrag van de stappen hieronder betaald. Een negatieve uitkomst gaat eraf.",
    ),
    "reduce": (
        "From what {base} comes to, {per}, is taken off: {amount}. A negative outcome is added.",
        "Van het bedrag van {base} gaat, {per}, af: {amount}. Een negatieve uitkomst komt erbij.",
    ),
    "reduce.steps": (
        "From what {base} comes to, {per}, the amount of the steps below is taken off. A negative outcome is added.",
        "Van het bedrag van {base} gaat, {per}, het bedrag van de stappen hieronder af. Een negatieve uitkomst komt erbij.",
    ),
    "guarantee": (
        "The provider is guaranteed a minimum on {base}, {per}. Paid in addition is what is lacking: {amount}.",
        "De aanbieder krijgt op {base} een minimum gegarandeerd, {per}. Aanvullend wordt betaald wat ontbreekt: {amount}.",
    ),
    "guarantee.steps": (
        "The provider is guaranteed a minimum on {base}, {per}. Paid in addition is what is lacking, by the steps below.",
        "De aanbieder krijgt op {base} een minimum gegarandeerd, {per}. Aanvullend wordt betaald wat ontbreekt, volgens de stappen "
        "hieronder.",
    ),
    "only_when": (
        "This applies only if [{condition}]; otherwise the amount is nil.",
        "Dit geldt alleen als geldt [{condition}]; anders is het bedrag nul.",
    ),
    "manual": (
        "The parties decide this together; it stands as an open post on the statement, without an amount: “{text}”.",
        "Partijen beslissen hier samen over; het staat als open post op de afrekening, zonder bedrag: ‘{text}’.",
    ),
    # distribution
    "distribute": (
        "The following amount is divided, {per}: {amount}. The division says whom it is for; it does not raise what the payer pays. The "
        "steps are taken in this order:",
        "Het volgende bedrag wordt verdeeld, {per}: {amount}. De verdeling zegt voor wie het is; zij verhoogt niet wat de financier "
        "betaalt. De stappen worden in deze volgorde gezet:",
    ),
    "share.amount": ("{to}: {amount}, as far as it is there.", "{to}: {amount}, voor zover het er is."),
    "share.whole": (
        "{to}: {amount} of the whole amount that is divided, as far as it is there.",
        "{to}: {amount} van het hele te verdelen bedrag, voor zover het er is.",
    ),
    "share.left": (
        "{to}: {amount} of what the steps before it leave.",
        "{to}: {amount} van wat de stappen ervoor overlaten.",
    ),
    "share.rest": (
        "{to}: all that is left, in proportion to {amount}.",
        "{to}: alles wat over is, naar rato van {amount}.",
    ),
    "share.each": ("each {key}", "elke {key}"),
    "share.claim": (
        "{to}: {amount}. When less is left than all of them together are owed, they share what is left in proportion to that.",
        "{to}: {amount}. Is er minder over dan hun samen toekomt, dan delen zij wat over is naar rato daarvan.",
    ),
    "share.cap": (
        "Each receives at most {cap}, cut off to whole cents; what somebody cannot receive goes to the others in proportion, until all "
        "is divided or each has reached that maximum.",
        "Ieder ontvangt ten hoogste {cap}, afgekapt op hele centen; wat iemand niet kan ontvangen, gaat naar rato naar de anderen, tot "
        "alles is verdeeld of ieder dat maximum heeft bereikt.",
    ),
    "share.reserve": ("reserve", "reserve"),
    "share.tie": (
        "With equal remainders for a cent goes first who has the lowest {first}, then by name.",
        "Bij gelijke resten voor een cent gaat voor wie de laagste {first} heeft, daarna op naam.",
    ),
    "share.tie.row": (
        "With equal remainders for a cent goes first who stands first among {rows}.",
        "Bij gelijke resten voor een cent gaat voor wie het eerst staat onder {rows}.",
    ),
    "share.tie.name": (
        "With equal remainders for a cent goes first whose name comes first.",
        "Bij gelijke resten voor een cent gaat voor wiens naam het eerst komt.",
    ),
    "distribute.round": (
        "Every part is {rounded}; cents that this leaves go one by one to the largest remainder.",
        "Elk deel wordt {rounded}; centen die daardoor overblijven, gaan één voor één naar de grootste rest.",
    ),
    "distribute.no_key": (
        "When there is something to divide and nobody has a share to divide it by, the settlement stops.",
        "Is er iets te verdelen en heeft niemand een aandeel om naar te verdelen, dan stopt de afrekening.",
    ),
    "distribute.cents": (
        "The amount to be divided is first {rounded}.",
        "Het te verdelen bedrag wordt eerst {rounded}.",
    ),
    "distribute.negative": (
        "When the amount to be divided is negative, the settlement stops.",
        "Is het te verdelen bedrag negatief, dan stopt de afrekening.",
    ),
    "left_over.stays": (
        "What is left when nobody may receive more stays with the payer.",
        "Wat overblijft wanneer niemand meer mag ontvangen, blijft bij de financier.",
    ),
    "left_over.stays.earned": (
        "What is left when nobody may receive more stays with the payer: it is taken off what the payer pays, as an amount of this "
        "article.",
        "Wat overblijft wanneer niemand meer mag ontvangen, blijft bij de financier: het gaat als bedrag van dit artikel af van wat de "
        "financier betaalt.",
    ),
    "left_over.error": (
        "When something is left that nobody may receive, the settlement stops.",
        "Blijft er iets over dat niemand mag ontvangen, dan stopt de afrekening.",
    ),
    "left_over.next_month": (
        "What is left then goes on to the next month.",
        "Wat dan overblijft, gaat door naar de volgende maand.",
    ),
    "reserve.returns": (
        "The reserve goes back to the payer at the end of the term.",
        "De reserve gaat aan het eind van de looptijd terug naar de financier.",
    ),
    "reserve.to": ("The reserve goes to article {article}.", "De reserve gaat naar artikel {article}."),
    # cash
    "deduct": (
        "From what is due is taken off what was paid before, {per}: {amount}. This changes what is still to be paid, not what has "
        "been earned.",
        "Van wat verschuldigd is, gaat af wat al is betaald, {per}: {amount}. Dit verandert wat nog te betalen is, niet wat is "
        "verdiend.",
    ),
    "deduct.steps": (
        "From what is due is taken off what was paid before, {per}, by the steps below. This changes what is still to be paid, not "
        "what has been earned.",
        "Van wat verschuldigd is, gaat af wat al is betaald, {per}, volgens de stappen hieronder. Dit verandert wat nog te betalen "
        "is, niet wat is verdiend.",
    ),
    "owed.repaid": (
        "When more was paid than is due, the provider pays the difference back.",
        "Is meer betaald dan verschuldigd is, dan betaalt de aanbieder het verschil terug.",
    ),
    "owed.set_off": (
        "When more was paid than is due, the difference is set off against the next advances.",
        "Is meer betaald dan verschuldigd is, dan wordt het verschil verrekend met de volgende voorschotten.",
    ),
    "owed.set_off.share": (
        "When more was paid than is due, the difference is set off against the next advances, at most {share} of each advance.",
        "Is meer betaald dan verschuldigd is, dan wordt het verschil verrekend met de volgende voorschotten, ten hoogste {share} van "
        "elk voorschot.",
    ),
    "owed.left.stays": (
        "What is left then stays with the payer.",
        "Wat dan overblijft, blijft bij de financier.",
    ),
    "owed.left.next_month": (
        "What is left of the difference then goes on to the next month.",
        "Wat dan van het verschil overblijft, gaat door naar de volgende maand.",
    ),
    "owed.left.error": ("Nothing may be left then.", "Er mag dan niets overblijven."),
    "owed.no_interest": ("No interest is owed over it.", "Daarover is geen rente verschuldigd."),
    "guarantee_due": (
        "What is due after all that is taken off is never less than {amount}.",
        "Wat verschuldigd is na alles wat eraf gaat, is nooit minder dan {amount}.",
    ),
    "guarantee_due.steps": (
        "What is due after all that is taken off is never less than the amount of the steps below.",
        "Wat verschuldigd is na alles wat eraf gaat, is nooit minder dan het bedrag van de stappen hieronder.",
    ),
    "guarantee_due.per": ("The amount holds {per}.", "Het bedrag geldt {per}."),
    "see": ("See the definition of {names}.", "Zie de definitie van {names}."),
}
