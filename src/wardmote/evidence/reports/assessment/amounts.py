"""Fewer and more of what is counted, and what somebody brought down or drove up: words that state a direction."""

#: What is counted. What is done against it (burglary prevention, a robbery team) is another matter.
_CRIME = (
    r"(?:crimes?|offen[cs]es|offending|burglar(?:y|ies)|robber(?:y|ies)|thefts?|violence|asb|anti-social behaviour"
    r"|criminal damage|incidents?|shoplifting|arsons?|assaults?|fly-tipp?(?:ing|s)|collisions?|casualties|vandalism"
    r"|break-ins?|muggings?|stabbings?|murders?|homicides?|rapes?)\b"
    r"(?![ -](?:prevention|reduction|teams?|units?|officers?|panels?|groups?|partnerships?|plans?|strateg\w+|risks?"
    r"|data|recording|reporting|surveys?|workshops?|hotspots?|hot spots?|types?|categor\w+|scenes?|patrols?|meetings?"
    r"|maps?|statistics|wardens?|victims|concerns|response\w*|reports? form))"
)
_KIND = (
    r"(?:(?:the|our|its|their|local|overall|total|all|recorded|reported|police-recorded|residential|domestic|personal"
    r"|business|vehicle|violent|serious|sexual|retail|street|knife|hate|drug|bicycle|cycle|motor|shop|dwelling|public"
    r"|order|violence|and|or|night-time|road|gun|rural|such|repeat) ){0,4}"
)
_HOLDER = r"(?:(?:numbers?|rates?|levels?|counts?|totals?|volumes?|incidents|reports|cases|instances|complaints) of )?"
_OBJECT = rf"{_KIND}{_HOLDER}{_KIND}{_CRIME}"
_EARLIER = (
    r"(?:last year|(?:in |during |for )?(?:the )?(?:\d{4}|previous|preceding|year before)|it was|they were|before|#)"
)
#: A comparison of places, hours or seasons says nothing of two periods.
_NO_PLACE = (
    rf"(?!(?: [\w#'(),-]+){{0,10}}? (?:than (?!{_EARLIER})|(?:at|by|in|during|on|over) (?:the )?"
    r"(?:night|day|daytime|evenings?|mornings?|afternoons?|weekends?|weekdays?|dark|winter|summer|spring|autumn"
    r"|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|town centres?|city centres?)\b))"
)
_PEOPLE = (
    r"(?:homes|houses|households|people|residents|shops|cars|vehicles|bikes|bicycles|businesses|premises|properties"
    r"|men|women|children|pupils|pensioners|victims|drivers|pedestrians|cyclists)"
)
_SUFFERED = (
    r"(?:burgled|robbed|stolen|attacked|assaulted|injured|killed|hurt|broken into|vandalised|mugged|stabbed|raped"
    r"|victims|a victim|casualties)"
)
#: "The more violent of two offences", "one or more thefts", "aims for fewer": no direction is stated.
_NOT_AFTER = r"(?<!\bor )(?<!\bthe )(?<!\bany )(?<!\bno )(?<!\bfor )(?<!\bwith )(?<!\bmean )(?<!\bmeans )(?<!\bthat )"
#: More victims who come forward are no rise in crime.
_NOT_HELPED = (
    r"(?! (?:report|com[ei]|came|feel|felt|engag|support|seek|sought|trust|(?:are|were) (?:support|offer|help)))"
)
_FEWER = (
    r"(?:fewer|less|(?:a )?(?:smaller|lower|reduced) (?:number|volume|count|total) of|lower (?:numbers|volumes) of)"
)
_MORE = (
    r"(?:more(?! serious| violent)|(?:a )?(?:greater|larger|higher|bigger|increased) (?:number|volume|count|total) of"
    r"|(?:greater|higher) (?:numbers|volumes) of)"
)


def _compare(amount: str) -> tuple[str, ...]:
    """Fewer burglaries, less crime; fewer homes were burgled; fewer people … than last year."""
    return (
        rf"{_NOT_AFTER}{amount} {_OBJECT}{_NO_PLACE}",
        rf"{_NOT_AFTER}{amount} (?:[a-z]+ )?{_PEOPLE}(?: had their \w+)?(?: (?:were|was|been|being|became|fell|got|have"
        rf"|has|had|are))*(?: \w+)? {_SUFFERED}{_NO_PLACE}",
        rf"{_NOT_AFTER}(?<!creating ){amount} victims{_NOT_HELPED}{_NO_PLACE}",
        rf"{amount} (?!than)(?:[\w'-]+ ){{1,7}}?than (?:last year|the (?:previous|preceding|prior) (?:year|period)"
        rf"|the year before|a year (?:ago|before|earlier)|(?:in |during |for )\d{{4}})",
    )


def _bring(done: str, doing: str, where: str) -> tuple[str, ...]:
    """We reduced burglary, burglary was cut to 12, work that brought robbery down; is reducing theft."""
    return (
        rf"(?<!to )(?:helped (?:to )?)?(?:{done}) {_OBJECT}",
        rf"(?:{done}) (?:\w+ )?(?:to|by|from) #",
        rf"(?:is|are|was|were|been|keeps?|kept) (?:now |already |successfully |steadily )?(?:{doing}) {_OBJECT}",
        rf"(?:brought|drove|driven|pushed|forced|sent|got) (?:(?:back )?{where} {_OBJECT}|{_OBJECT} (?:back )?{where})",
        rf"(?:brought|driven|pushed|forced|sent) (?:back )?{where} (?:to|by|from) #",
    )


def _slip(moved: str) -> tuple[str, ...]:
    """Burglary eased, thefts slipped to 12."""
    return (
        rf"{_CRIME} (?:\(#\) )?(?:has |have |had |also |then |slightly |further |levels |numbers |rates )*(?:{moved})"
        r"(?! (?:through|past|into|under))",
        rf"(?:{moved})(?: back| off)? (?:to|by|from) #",
    )


RISING: tuple[str, ...] = (
    *_compare(_MORE),
    *_bring("increased|raised|swelled|inflated", "increasing|swelling", "up"),
    *_slip("edged up|inched up|ticked up|shot up|mushroomed|mounted"),
    r"(?<=\()(?:an? )?(?:\w+ )?(?:increase|rise|growth|up|higher)(?=\)(?! (?:plan|team|strategy|group|board)))",
    rf"(?:an?|the|this|further|marked|significant|clear) worsening (?:in|of) {_OBJECT}",
    r"worse than (?:last year|the (?:previous|preceding) year|the year before|a year (?:ago|earlier)|in \d{4})",
)
FALLING: tuple[str, ...] = (
    *_compare(_FEWER),
    *_bring(
        "reduced|cut|slashed|curbed|lowered|trimmed|halted|stemmed|decreased|diminished",
        "reducing|cutting|slashing|curbing|lowering|driving down|bringing down|pushing down",
        "down",
    ),
    *_slip("eased|slipped|edged down|inched down|ticked down|tailed off|receded|subsided|abated|came down|come down"),
    r"(?<=\()(?:an? )?(?:\w+ )?(?:reduction|decrease|fall|drop|decline|improvement|down|lower)"
    r"(?=\)(?! (?:plan|team|strategy|group|board)))",
    rf"(?:an? |the |this |further |marked |clear |real )*improvements? (?:in|on|of) (?:{_OBJECT}|last year|#)",
    r"(?:an|this|clear|real|marked|significant) (?:\w+ )?improvement"
    r"(?= (?:from|since) |[,:]? (?:to|at) #|\s*[.;:(),–-])",
    rf"improving {_OBJECT}(?=\s*(?:[.,;:(#]|figures|rates?\b|numbers|levels|trend|picture|$))",
    r"better than (?:last year|the (?:previous|preceding) year|the year before|a year (?:ago|earlier)|in \d{4})",
)
#: The same letters where they count nothing: at least so many, more of another thing, no more than a few.
ELSEWHERE = (
    r"(?:no|not|nor|never|neither) (?:more|fewer|less|greater|higher|lower) than"
    r" (?:#|\d[\d,.]*|[a-z-]+)(?= (?:crim|offen|burglar|robber|theft|incident|assault|people|home|per|in|of|a)\w*)"
    r"|(?:more|fewer|less) than (?:#|\d[\d,.]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|half|an?)\b)"
    r"(?: (?!than)[\w-]+)*? (?:crim|offen|burglar|robber|theft|incident|assault|people|home|resident|visit|case)\w*"
    r"|cut[- ]offs?|short[- ]cuts?|cuts? (?:through|across|off)|(?:powers?|tyres?|wires?|cables?) cut"
    r"|(?:[\w-]+ ){1,2}(?:reduction|improvement) (?:teams?|plans?|strateg\w+|groups?|boards?|partnerships?|officers?"
    r"|schemes?|work|initiatives?|measures|programmes?|notices?|panels?|targets?)\b"
    r"|improv(?:ed|ing) (?:\w+ ){0,2}?(?:prevention|response\w*|data|outcomes|homes|locks)\b"
    r"|more (?:detail|information|on|about|of)\b|further (?:detail|information)|more or less"
)
