"""Looser words of direction: getting worse, growing, spiralling, safer, on the wane, twice what it was."""

_TOPIC = (
    r"(?:crimes?|offen[cs]es?|offending|burglar\w*|robber\w*|thefts?|violence|asb|behaviour|incidents?|shoplifting"
    r"|damage"
    r"|arsons?|assaults?|drugs|rates?|numbers?|totals?|levels?|figures?|counts?|problems?|situation|picture|things|it"
    r"|trends?|collisions?|fly-tipping)"
)
_BE = r"(?:is|are|was|were|has|have|had|been|be|being|keeps?|kept|continues?|continued)"
#: After "getting better": the sentence goes on about something else than what gets better.
_ENDS = (
    r"(?=\s*(?:[.,;:!?)]|$)"
    r"| (?:in|for|every|and|each|year|than|all|with|across|on|over|since|again|but|by|now|#|as)\b)"
)
_NOUN = (
    r"(?:problem|trend|number|threat|scourge|crime|offending|rate|level|toll|menace|violence|burglar|robber|theft)"
    r"(?:s|y|ies)?\b(?! (?:prevention|reduction|team|data|recording|panel))"
)
#: An action on a thing is no change in crime: growing cannabis, escalating to a panel, improving the lighting.
_NO_OBJECT = (
    r"(?! (?:up\b|cannabis|plants|to (?!#)|into|from (?!#)|the\b|an?\b|our|its|their|street|lighting|cases|security))"
)
_EARLIER = r"(?:last year|(?:in )?\d{4}|it was|they were|before|ever|a year|the (?:previous|preceding|year)|#)"
_SHARE = r"(?:#|\d[\d.,]*|a (?:third|quarter|half|fifth|tenth)|one in \w+)(?: ?%| per cent| percent)?"
#: "12% higher than Luton" compares places, not years.
_NO_PLACE = rf"(?!(?: [\w#'-]+){{0,4}}? than (?!{_EARLIER}))"
_WAS = r"(?:what (?:it|they) (?:was|were|had been)|(?:as (?:high|much|low)|the (?:level|number|rate|figure)))"

_UP = r"(?:worsening|growing|spiral+ing|(?:sky)?rocketing|escalating|mounting|ballooning|accelerating)"
_DOWN = r"(?:improving|shrinking|dwindling|diminishing|plunging|plummeting|tumbling|waning)"


_COURSE = r"(?:path|trajectory|course|curve|slope|spiral|direction|track|momentum|movement|slide|drift|march|pattern)"
_HEAD = r"(?:head|mov|go|went|turn|travel|point|trend|com|progress|march|drift)\w*"
_ANYWHERE = r"(?: [\w#,]+){0,6}?"


def _go(where: str, way: str) -> tuple[str, ...]:
    """On a downward path, heading in the right direction, down went crime, going down."""
    return (
        rf"{where} (?:\w+ )?{_COURSE}\b",
        rf"{_TOPIC}{_ANYWHERE} {_HEAD} (?:\w+ )?(?:in )?the {way} (?:direction|way)\b",
        rf"{_HEAD} (?:\w+ )?(?:in )?the {way} (?:direction|way)(?= (?:on|for|with|in"
        rf"|as regards) {_ANYWHERE} ?{_TOPIC})",
    )


def _invert(where: str) -> str:
    """Down went crime: the word first."""
    return rf"\b{where} (?:went|goes|go|came|come|has gone|have gone|has come|have come) {_ANYWHERE} ?{_TOPIC}\b"


def _move(past: str, going: str, shown: str) -> tuple[str, ...]:
    """A past tense and a participle beside what is counted: after it, or before its noun."""
    return (
        rf"{_TOPIC}(?: \w+){{0,3}}? {past}{_NO_OBJECT}",
        rf"{_TOPIC}(?: [\w#]+){{0,4}}? {_BE}(?: \w+)? {going}{_NO_OBJECT}",
        rf"{shown} (?:\w+ )?{_NOUN}",
    )


RISING: tuple[str, ...] = (
    *_go(r"(?:upward|rising|climbing|increasing|growing|worsening|escalating)s?", "wrong"),
    _invert("up"),
    rf"{_TOPIC} (?:\w+ )?(?:is|are|was|were|keeps?|kept|has been|have been) (?:\w+ )?(?:going|heading|creeping"
    rf"|edging) up\b",
    *_move(r"(?:spiral+ed|(?:sky)?rocketed|escalated|ballooned|deteriorated)", _UP, _UP),
    rf"(?<!weather is )(?:get|gets|getting|got|gotten|become|became|becoming|grown) (?:\w+ )?worse{_ENDS}",
    r"(?:is|are|was|were|been) (?:\w+ )?worse than (?:last year|ever|before|it was|in \d{4})",
    r"on the (?:up\b(?! and)|increase)|up on (?:last year|the (?:previous )?year|\d{4})"
    r"|trend(?:s|ed|ing)? up(?:wards?)?",
    r"(?:more dangerous|less safe|more unsafe)(?! (?:drugs|driving|dogs|offenders|weapons|buildings|roads?))",
    r"more and more (?:\w+ )?(?:crimes?|offences|incidents|burglaries|robberies|thefts|violence|assaults)",
    rf"{_SHARE} (?:higher|worse){_NO_PLACE}"
    rf"|{_SHARE} more (?:\w+ )?(?:crime|offence|burglar|robber|theft|incident)\w*{_NO_PLACE}",
)
FALLING: tuple[str, ...] = (
    *_go(r"(?:downward|falling|declining|descending|decreasing|shrinking|improving)s?", "(?:right|desired|positive)"),
    _invert("down"),
    rf"{_TOPIC} (?:\w+ )?(?:is|are|was|were|keeps?|kept|has been|have been) (?:\w+ )?(?:going|heading|coming"
    rf"|edging) down\b",
    rf"{_TOPIC}{_ANYWHERE} on the right (?:track|path)\b",
    *_move(
        r"(?:plunged|tumbled|dwindled|diminished|nosedived|slumped|waned)",
        _DOWN,
        r"(?:shrinking|dwindling|diminishing|waning)",
    ),
    r"improving (?:problem|trend|picture|situation|figures|numbers|rates)\b",
    rf"(?:get|gets|getting|got|gotten|become|became|becoming|grown) (?:\w+ )?better{_ENDS}",
    r"(?:is|are|was|were|been) (?:\w+ )?better than (?:last year|ever|before|it was|in \d{4})",
    r"on the (?:wane|decrease)|down on (?:last year|the (?:previous )?year|\d{4})|trend(?:s|ed|ing)? down(?:wards?)?",
    r"(?:is|are|was|were|been|become|became|becoming|getting|made (?:\w+ ){1,3}?)"
    r"(?: (?:now|much|far|even|a lot))* ?safer"
    r"|safer than|less dangerous",
    r"(?:fewer and fewer|less and less) (?:\w+ )?(?:crimes?|offences|incidents|burglaries|robberies|thefts|violence)",
    rf"{_SHARE} lower{_NO_PLACE}"
    rf"|{_SHARE} (?:fewer|less) (?:\w+ )?(?:crime|offence|burglar|robber|theft|incident)\w*{_NO_PLACE}",
)
DOUBLED = (rf"(?:twice|double|two times) {_WAS}",)
TREBLED = (rf"(?:three times|thrice|triple|treble) {_WAS}",)
HALVED = (rf"half (?:of )?{_WAS}",)

_TOP = r"(?:highest|worst|most dangerous|busiest|largest|biggest|greatest|most)"
_BOTTOM = r"(?:lowest|best|safest|quietest|smallest|fewest|least)"
#: What makes a superlative one of time. One among wards or months is another matter.
_OF_TIME = (
    r"(?: [\w#'-]+){0,4}? (?:ever|on record|in living memory|since (?:records|\d{4})|to date|in history"
    r"|(?:in|for|over) (?:the (?:last |past )?)?(?:\w+ |# )?(?:years|decades?)|yet(?=[.,;]|$))"
)
_RECORD = r"(?:an?|the|at|new|its|their|all-time|hit|reached) (?:new |all-time |historic )?(?:record|all-time)"
HIGHEST = (
    rf"{_TOP}{_OF_TIME}|{_RECORD} (?:high|numbers?|levels?)(?![\w-])",
    r"(?:the|its|our) worst (?:\w+ )?year(?! group)",
    r"unprecedented (?:levels?|numbers?|rates?|rises?|amounts?|crime\w*|violence|burglar\w*|robber\w*|theft\w*)"
    rf"|{_TOPIC}(?: \w+){{0,3}}? (?:is|are|was|were) unprecedented",
    r"never (?:been |seen |had )?(?:so (?:high|many|much)|higher|worse|more)",
    r"(?:more|higher|greater|larger|bigger|worse) than (?:it has |they have )?(?:ever|at any (?:time|point))\b",
    r"(?:an? |the |its )?(?:peak year|all-time (?:high|peak|maximum))\b",
)
LOWEST = (
    rf"{_BOTTOM}{_OF_TIME}|{_RECORD} low(?![\w-])",
    r"(?:the|its|our) best (?:\w+ )?year(?= (?:for|in|of|on) (?:\w+ )?(?:crime|burglar|robber|theft|violence)"
    r"|[ ,]*(?:ever|#)|[.,;]|$)",
    r"never (?:been |seen |had )?(?:so (?:low|few|little)|lower|safer|fewer|less)",
    r"(?:fewer|less|lower|smaller|safer|better) than (?:it has |they have )?(?:ever|at any (?:time|point))\b",
    r"(?:an? |the |its )?all-time (?:low|minimum)\b",
)
