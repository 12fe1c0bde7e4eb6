"""The document around the clauses: headings, parties, how to read it, examples, signatures."""

from __future__ import annotations

FRAME: dict[str, tuple[str, str]] = {  # key: English, Dutch
    "title": ("Annex to the contract “{name}”", "Bijlage bij de overeenkomst ‘{name}’"),
    "about": (
        "This annex states in sentences what the contract text with the hash below says and what is computed from it. Prose of an "
        "article is quoted; it explains, and nothing is computed from it.",
        "Deze bijlage zegt in zinnen wat de overeenkomsttekst met de hieronder genoemde hash bepaalt en wat daaruit wordt berekend. "
        "De toelichting bij een artikel is aangehaald; zij legt uit, en er wordt niets uit berekend.",
    ),
    "parties": ("Parties and term", "Partijen en looptijd"),
    "contract": ("Contract", "Overeenkomst"),
    "version": ("Version", "Versie"),
    "payer": ("Payer", "Financier"),
    "provider": ("Provider", "Aanbieder"),
    "provider.as": (
        "{name}; only rows with {code} in {column} are its own",
        "{name}; alleen rijen met {code} in {column} zijn van deze aanbieder",
    ),
    "provider.each": (
        "each provider named in {column} of {table}",
        "elke aanbieder die in {column} van {table} staat",
    ),
    "term": ("Term", "Looptijd"),
    "term.days": (
        "from {first} through {last}, both days included",
        "van {first} tot en met {last}, beide dagen inbegrepen",
    ),
    "settle": ("Settlement", "Afrekening"),
    "settle.every": ("per {every}", "per {every}"),
    "rounding": ("Rounding", "Afronding"),
    "rounding.row": (
        "the amount of a row is {rounded}, unless an article says otherwise",
        "het bedrag van een regel wordt {rounded}, tenzij een artikel anders zegt",
    ),
    "lookback": ("Look-back", "Terugkijktermijn"),
    "lookback.quarters": (
        "a row counts when it is received at most {n} calendar quarters after the quarter in which the care falls",
        "een regel telt als hij ten hoogste {n} kalenderkwartalen na het kwartaal van de zorg is ontvangen",
    ),
    "lookback.through": (
        "a row counts when it is received on or before {day}",
        "een regel telt als hij op of vóór {day} is ontvangen",
    ),
    "lookback.unread": (
        "{said}; no column of the data tells when a row was received, so that no row is held back",
        "{said}; geen kolom van de gegevens zegt wanneer een regel is ontvangen, zodat geen regel wordt tegengehouden",
    ),
    "lookback.none": (
        "nothing is agreed about rows that are received late, unless an article or a rejection says so",
        "over laat ontvangen regels is niets afgesproken, tenzij een artikel of een afkeur dat zegt",
    ),
    "hash": ("Hash of the contract text (sha256)", "Hash van de overeenkomsttekst (sha256)"),
    "framework": ("Framework", "Raamovereenkomst"),
    "framework.is": (
        "{name}, version {version} (file {file}, sha256 of its text {hash})",
        "{name}, versie {version} (bestand {file}, sha256 van de tekst {hash})",
    ),
    "terms": ("Beside the framework", "Naast de raamovereenkomst"),
    "terms.about": (
        "The contract stands under the framework. What the framework says holds as if it stood in the contract, except for the lines and "
        "blocks below; this annex states both as one.",
        "De overeenkomst staat onder de raamovereenkomst. Wat de raamovereenkomst zegt, geldt alsof het in de overeenkomst staat, behalve "
        "de regels en blokken hieronder; deze bijlage geeft beide als één geheel weer.",
    ),
    "terms.what": ("line or block", "regel of blok"),
    "terms.how": ("what the contract does", "wat de overeenkomst doet"),
    "terms.filled": ("fills in what the framework left open", "vult in wat de raamovereenkomst openliet"),
    "terms.repeated": ("repeats the framework", "herhaalt de raamovereenkomst"),
    "terms.replaced": ("stands in place of the framework", "wijkt af van de raamovereenkomst"),
    "terms.added": ("adds to the framework", "komt bij de raamovereenkomst"),
    # how to read
    "reading": ("How this annex is to be read", "Hoe deze bijlage gelezen wordt"),
    "reading.names": (
        "Words in this type ({example}) are names that the contract gives: columns of the data, tariffs, lists, scales and "
        "definitions. A column without further words is that of the row at hand.",
        "Woorden in dit lettertype ({example}) zijn namen die de overeenkomst geeft: kolommen van de gegevens, tarieven, lijsten, "
        "staffels en definities. Een kolom zonder nadere aanduiding is die van de regel in kwestie.",
    ),
    "reading.name": ("name", "naam"),
    "reading.accepted": (
        "An accepted row is a row of the data that can be read, that no rejection removes, and that is received on or before the day "
        "as of which is settled. A rejected row has no further effect.",
        "Een geaccepteerde regel is een regel van de gegevens die leesbaar is, die niet wordt afgekeurd, en die uiterlijk op de "
        "peildatum is ontvangen. Een afgekeurde regel heeft verder geen gevolgen.",
    ),
    "reading.tests": (
        "The tests on a row are done in this order: (1) a cell that cannot be read rejects the row; (2) the rejections of the "
        "contract; (3) an empty cell that must be filled in, a code that the contract does not know, in a table of which an article "
        "pays rows a deciding date outside the term, and a receipt after the look-back each reject the row; (4) credits are joined to "
        "their debits, and a credit without debit is rejected.",
        "De toetsen op een regel worden in deze volgorde gedaan: (1) een cel die niet leesbaar is, keurt de regel af; (2) de afkeur "
        "van de overeenkomst; (3) een lege cel die ingevuld moet zijn, een code die de overeenkomst niet kent, in een tabel waarvan "
        "een artikel regels betaalt een bepalende datum buiten de looptijd, en een ontvangst na de terugkijktermijn keuren elk de "
        "regel af; (4) credits worden aan hun debet gekoppeld, en een credit zonder debet wordt afgekeurd.",
    ),
    "reading.not_paid": (
        "An accepted row that no article pays, and a row of which the quantity or the price is missing, are not settled: they are shown "
        "as pending, with that reason, and are not paid.",
        "Een geaccepteerde regel die door geen artikel wordt betaald, en een regel waarvan de hoeveelheid of de prijs ontbreekt, worden "
        "niet afgerekend: zij staan met die reden als openstaand op de afrekening en worden niet betaald.",
    ),
    "reading.missing": (
        "Missing is not nil. A computation with something missing has no outcome (this includes a division by nil), and a "
        "comparison with something missing or empty does not hold, so that its denial does.",
        "Ontbreken is niet nul. Een berekening met iets dat ontbreekt heeft geen uitkomst (ook een deling door nul niet), en een "
        "vergelijking met iets dat ontbreekt of leeg is gaat niet op, zodat de ontkenning ervan wel opgaat.",
    ),
    "reading.exact": (
        "Everything is computed exactly. It is rounded where a sentence says so and nowhere else. Every amount that is posted is in "
        "the end a whole number of cents; what is not yet so after the agreed rounding is rounded to the nearest cent, half a "
        "cent away from zero.",
        "Alles wordt exact berekend. Er wordt afgerond waar een zin dat zegt en nergens anders. Elk bedrag dat wordt geboekt is "
        "uiteindelijk een geheel aantal centen; wat dat na de afgesproken afronding nog niet is, wordt op de dichtstbijzijnde cent "
        "afgerond, een halve cent van nul af.",
    ),
    "reading.steps": (
        "Lettered steps are taken one after another; “the outcome” is that of the step before. What stands in brackets is worked "
        "out or judged first, as a whole.",
        "Stappen met een letter worden na elkaar gezet; ‘de uitkomst’ is die van de stap ervoor. Wat tussen haken staat, wordt eerst "
        "en als geheel bepaald.",
    ),
    "reading.days": (
        "Days from one through another include both days. A month is a calendar month, a quarter a calendar quarter, a week an ISO "
        "week (Monday through Sunday).",
        "Bij dagen van de ene tot en met de andere zijn beide inbegrepen. Een maand is een kalendermaand, een kwartaal een "
        "kalenderkwartaal, een week een ISO-week (maandag tot en met zondag).",
    ),
    "reading.elapsed": (
        "A number of whole days, weeks, months or years from one day to another is the number that has been completed on that other "
        "day; a month is completed on the same day of the month, or on the last day of a month that has no such day.",
        "Een aantal hele dagen, weken, maanden of jaren van de ene tot de andere dag is het aantal dat op die andere dag is voltooid; "
        "een maand is voltooid op dezelfde dag van de maand, of op de laatste dag van een maand die die dag niet heeft.",
    ),
    "reading.separately": (
        "Every provider is settled by itself: every amount, ceiling, definition and report holds for each provider separately, over "
        "its own rows.",
        "Elke aanbieder wordt op zichzelf afgerekend: elk bedrag, plafond, elke definitie en elk rapport geldt voor iedere aanbieder "
        "afzonderlijk, over de eigen regels.",
    ),
    "reading.together": (
        "The providers are settled together, as one.",
        "De aanbieders worden samen afgerekend, als één.",
    ),
    "reading.group": (
        "Where a sentence says “per” something, it is applied once for every value of it that occurs, over the rows with that value.",
        "Waar een zin ‘per’ iets zegt, wordt die eenmaal toegepast voor elke waarde daarvan die voorkomt, over de regels met die "
        "waarde.",
    ),
    "reading.value": (
        "The value of a dated tariff or list for a row is the one valid on the day that the sentence names; for a period it is the one "
        "valid in that period. Several different values in one period stop the settlement, unless a clause says which holds.",
        "De waarde van een gedateerd tarief of een gedateerde lijst voor een regel is die welke geldt op de dag die de zin noemt; voor "
        "een periode is het die welke in die periode geldt. Verschillende waarden in één periode laten de afrekening stoppen, tenzij een "
        "bepaling zegt welke geldt.",
    ),
    "reading.needed": (
        "When a definition is needed and cannot be worked out, the settlement stops, unless the definition says otherwise.",
        "Is een definitie nodig en niet te bepalen, dan stopt de afrekening, tenzij de definitie anders zegt.",
    ),
    "reading.period": (
        "A calendar year without a date behind it is that of the date that decides the year of a row (without one: its settlement "
        "period); any other period is that of the date that decides its settlement period (without one: its year).",
        "Een kalenderjaar zonder datum erachter is dat van de datum die het jaar van een regel bepaalt (zonder die datum: de "
        "afrekenperiode); elke andere periode is die van de datum die de afrekenperiode bepaalt (zonder die datum: het jaar).",
    ),
    "reading.own": (
        "What an article comes to by itself is what its own clauses give: of rows that it pays the amounts before any ceiling, of a "
        "ceiling that it sets the amount by which the ceiling changes what is paid (nil or negative); without what other articles "
        "add to it or take off.",
        "Waarop een artikel op zichzelf uitkomt, is wat zijn eigen bepalingen geven: van regels die het betaalt de bedragen vóór elk "
        "plafond, van een plafond dat het stelt het bedrag waarmee dat plafond de betaling wijzigt (nul of negatief); zonder wat "
        "andere artikelen eraan toevoegen of ervan afhalen.",
    ),
    "reading.order": (
        "In an order, dates and numbers go from low to high and texts character by character; what is not filled in comes last, and "
        "rows that are still equal go by row number.",
        "In een volgorde gaan datums en getallen van laag naar hoog en teksten teken voor teken; wat niet is ingevuld komt het laatst, "
        "en regels die dan nog gelijk zijn gaan op regelnummer.",
    ),
    "articles": ("Articles", "Artikelen"),
    "article": ("Article {number}: {title}", "Artikel {number}: {title}"),
    "article.part": ("Part {id}:", "Onderdeel {id}:"),
    "article.empty": (
        "This article has no clause from which an amount follows.",
        "Dit artikel heeft geen bepaling waaruit een bedrag volgt.",
    ),
    "steps": ("The steps:", "De stappen:"),
    "definitions": ("Definitions and indicators", "Definities en indicatoren"),
    "lists": ("Tariffs and lists", "Tarieven en lijsten"),
    "scales": ("Scales", "Staffels"),
    "indexes": ("Indexation", "Indexering"),
    "data": ("Data and rejections", "Gegevens en afkeur"),
    "reports": ("Reports", "Rapporten"),
    # order
    "order": ("Order of settlement", "Volgorde van afrekenen"),
    "order.about": (
        "The clauses are settled in this order; each works on what those before it leave.",
        "De bepalingen worden in deze volgorde afgerekend; elk werkt op wat de eerdere overlaten.",
    ),
    "order.item": ("Article {article} {does}.", "Artikel {article} {does}."),
    "order.item.id": ("Article {article} ({id}) {does}.", "Artikel {article} ({id}) {does}."),
    "does.pay": ("pays its rows", "betaalt zijn regels"),
    "does.charge": ("charges its rows", "brengt zijn regels in rekening"),
    "does.absorb": ("includes rows in its amount", "omvat regels in zijn bedrag"),
    "does.advance": ("takes off what was paid as rows came in", "verrekent wat bij binnenkomst van regels is betaald"),
    "does.limit": ("sets a ceiling on {base}", "stelt een plafond aan {base}"),
    "does.adjust": ("pays beside {base}", "betaalt naast {base}"),
    "does.reduce": ("takes off {base}", "gaat af van {base}"),
    "does.guarantee": ("guarantees a minimum on {base}", "garandeert een minimum op {base}"),
    "does.fixed": ("pays an amount without rows", "betaalt een bedrag zonder regels"),
    "does.fixed_charge": ("charges an amount without rows", "brengt een bedrag zonder regels in rekening"),
    "does.manual": ("is decided by the parties", "wordt door partijen beslist"),
    "does.distribute": ("divides an amount", "verdeelt een bedrag"),
    "does.deduct": ("takes off what was paid before", "verrekent wat al is betaald"),
    "does.guarantee_due": ("guarantees what is due", "garandeert wat verschuldigd is"),
    # defaults and holes
    "defaults": (
        "Choices that the contract leaves to the language",
        "Keuzes die de overeenkomst aan de taal laat",
    ),
    "default.at": ("Article {article}: {choice}", "Artikel {article}: {choice}"),
    "default.rounded": (
        "the amount is rounded as the head of the contract says.",
        "het bedrag wordt afgerond zoals de kop van de overeenkomst zegt.",
    ),
    "default.outside": ("no row is outside the ceiling.", "geen enkele regel blijft buiten het plafond."),
    "default.per": ("the ceiling holds for the whole term.", "het plafond geldt voor de hele looptijd."),
    "default.ceiling": (
        "the amount of the ceiling is rounded to the nearest cent before it is used.",
        "het bedrag van het plafond wordt vóór gebruik op de dichtstbijzijnde cent afgerond.",
    ),
    "default.shadow_claimed": (
        "Of included rows of {where} the statement shows the amount that was claimed.",
        "Van omvatte regels van {where} toont de afrekening het gedeclareerde bedrag.",
    ),
    "default.shadow_none": (
        "Of included rows of {where} the statement shows no amount.",
        "Van omvatte regels van {where} toont de afrekening geen bedrag.",
    ),
    "default.tables": (
        "rows of several tables that are equal in the order go in the order of the tables in the contract.",
        "regels van meer tabellen die in de volgorde gelijk staan, gaan in de volgorde van de tabellen in de overeenkomst.",
    ),
    "default.left_over": (
        "what is left over is not in the total, for what is divided is the amount of no article.",
        "wat overblijft staat niet in het totaal, want wat wordt verdeeld is van geen artikel het bedrag.",
    ),
    "default.reopens": (
        "No column of the data tells when a row was received, so that the look-back holds no row back.",
        "Geen kolom van de gegevens zegt wanneer een regel is ontvangen, zodat de terugkijktermijn geen regel tegenhoudt.",
    ),
    "default.reopens_rows": (
        "A row that is received after the look-back does not count; it is shown among the rejections with its amount.",
        "Een regel die na de terugkijktermijn is ontvangen, telt niet; hij staat met zijn bedrag bij de afkeur.",
    ),
    "open": ("What is left open", "Wat is opengelaten"),
    "open.none": ("Nothing is left open.", "Er is niets opengelaten."),
    "open.about": (
        "As long as something is left open, the contract cannot be settled.",
        "Zolang iets is opengelaten, kan de overeenkomst niet worden afgerekend.",
    ),
    "open.item": ("{what}, on line {line} of the contract text.", "{what}, op regel {line} van de overeenkomsttekst."),
    "open.what.amount": ("An amount", "Een bedrag"),
    "open.what.price": ("A price", "Een prijs"),
    "open.what.percentage": ("A percentage", "Een percentage"),
    "open.what.rows": ("Rows of a table", "Rijen van een tabel"),
    "open.what.outcome": ("The outcome of a worked example", "De uitkomst van een rekenvoorbeeld"),
    "open.in": ("{item} (of the framework {file})", "{item} (van de raamovereenkomst {file})"),
    "open.what.term": ("A day of the term", "Een dag van de looptijd"),
    "open.what.payer": ("The payer", "De financier"),
    "open.what.provider": ("The provider", "De aanbieder"),
    "open.what.part_year": (
        "What holds for a period that lies only partly in the term",
        "Wat geldt voor een periode die maar deels in de looptijd ligt",
    ),
    "open.what.last_row": (
        "What the row with which the room runs out is paid",
        "Wat de regel waarmee de ruimte opraakt, betaald krijgt",
    ),
    "open.what.late_row": ("What a row that comes in later takes", "Wat een later binnengekomen regel krijgt"),
    "open.what.freed_room": ("What becomes of room that comes free", "Wat er met vrijgevallen ruimte gebeurt"),
    "open.what.they_count": (
        "Whether rows outside the ceiling take room",
        "Of regels buiten het plafond ruimte innemen",
    ),
    "open.what.changed": (
        "What holds when an amount changes within a period",
        "Wat geldt wanneer een bedrag binnen een periode wijzigt",
    ),
    "open.what.delivery": (
        "Whether delivery goes on above the ceiling",
        "Of de levering boven het plafond doorgaat",
    ),
    "open.amount": ("[left open]", "[opengelaten]"),
    "open.label": ("{what}: [left open].", "{what}: [opengelaten]."),
    "open.clauses": (
        "The contract leaves something open (see What is left open). A clause that cannot be read without it is not stated here.",
        "De overeenkomst laat iets open (zie Wat is opengelaten). Een bepaling die zonder dat niet te lezen is, staat hier niet.",
    ),
    # examples
    "examples": ("Worked examples", "Rekenvoorbeelden"),
    "examples.about": (
        "The examples have been computed with this contract; “outcome” is what came out.",
        "De voorbeelden zijn met deze overeenkomst doorgerekend; ‘uitkomst’ is wat eruit kwam.",
    ),
    "examples.none": ("The contract has no worked examples.", "De overeenkomst heeft geen rekenvoorbeelden."),
    "examples.open": (
        "The examples cannot be computed, for the contract leaves something open.",
        "De voorbeelden kunnen niet worden doorgerekend, want de overeenkomst laat iets open.",
    ),
    "example": ("Example {n}: {title}", "Voorbeeld {n}: {title}"),
    "example.as_of": ("It is settled as of {day}.", "Er wordt afgerekend per {day}."),
    "example.given": ("Given {name}:", "Gegeven {name}:"),
    "example.value": ("value", "waarde"),
    "example.what": ("what", "wat"),
    "example.expected": ("agreed", "afgesproken"),
    "example.found": ("outcome", "uitkomst"),
    "example.holds": ("agrees", "klopt"),
    "example.yes": ("yes", "ja"),
    "example.no": ("NO", "NEE"),
    "example.fault": ("It cannot be computed: {fault}", "Het kan niet worden doorgerekend: {fault}"),
    "example.fails": (
        "This example does not come out as agreed.",
        "Dit voorbeeld komt niet uit zoals afgesproken.",
    ),
    "example.nothing": ("nothing", "niets"),
    "expected.article": ("article {name}", "artikel {name}"),
    "expected.article.before": (
        "article {name} together with what stands on it before article {after}",
        "artikel {name} met wat erop staat vóór artikel {after}",
    ),
    "expected.article.after": (
        "article {name} together with what stands on it through article {after}",
        "artikel {name} met wat erop staat tot en met artikel {after}",
    ),
    "expected.total": ("total of the articles", "totaal van de artikelen"),
    "expected.rejected": ("reason for the rejection of row {name}", "reden van afkeur van regel {name}"),
    "expected.submitted_amount": ("amount claimed", "gedeclareerd bedrag"),
    "expected.rejected_amount": ("amount claimed of rejected rows", "gedeclareerd bedrag van afgekeurde regels"),
    "expected.due": ("due", "verschuldigd"),
    "expected.define": ("{name}", "{name}"),
    "expected.constant": ("{name}", "{name}"),
    "expected.report": ("report {name}", "rapport {name}"),
    "expected.in": ("{what}, in {period}", "{what}, in {period}"),
    "expected.for": ("{what}, for {key}", "{what}, voor {key}"),
    "expected.reserve": ("the reserve", "de reserve"),
    # signing
    "signing": ("Signatures", "Ondertekening"),
    "signing.about": (
        "The parties have agreed on the contract text with hash {hash} and on this annex to it.",
        "Partijen zijn de overeenkomsttekst met hash {hash} en deze bijlage daarbij overeengekomen.",
    ),
    "signing.for": ("For the {role}", "Namens de {role}"),
    "signing.role.payer": ("payer", "financier"),
    "signing.role.provider": ("provider", "aanbieder"),
    "signing.name": ("Name", "Naam"),
    "signing.function": ("Function", "Functie"),
    "signing.place": ("Place and date", "Plaats en datum"),
    "signing.signature": ("Signature", "Handtekening"),
}
