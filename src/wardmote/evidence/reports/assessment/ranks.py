"""Words of rank: the lowest in the county, the safest town, a peak in August, half of all crime."""

import re

from wardmote.evidence.reports.assessment import multiples

_COUNTED = (
    r"(?:crimes?|crime rates?|offen[cs]es?|offending|burglar(?:y|ies)|robber(?:y|ies)|thefts?|violence|asb|incidents?"
    r"|anti-social behaviour|criminal damage|shoplifting|arsons?|assaults?|fly-tipp?(?:ing|s)|collisions?|casualties)\b"
)
_PLACE = (
    r"(?:county|region|country|nation|district|borough|force|area|place|town|city|cities|authorit(?:y|ies)|neighbour"
    r"|partnership|ward|neighbourhood|peer|group|county|counties|communit(?:y|ies)|village|estate)s?"
)
_NAMED = r"(?:England|Wales|Britain|the UK|the South East|the North|the Midlands)"
_AMONG = (
    rf"(?:(?:in|of|across|within|among(?:st)?|anywhere in) (?:(?:the|all|any|our|other|its|similar|most similar|whole"
    rf"|these"
    rf"|those) ){{1,3}}(?:[\w'’-]+ ){{0,2}}?{_PLACE}\b"
    rf"|(?:in|of|across|anywhere in) {_NAMED}\b)"
)
_NO_CRIME = (
    r"(?! (?:standards?|priorit\w+|quality|harm|risk\w*|regard|need\w*|impact|concern\w*|threat|demand|confidence"
    r"|support"
    r"|number of (?:officers|meetings|visits|patrols|responses)|practice|value|turnout|population))"
)
_TOP = (
    rf"(?:highest|worst|most dangerous|busiest|largest|biggest|greatest|least safe|(?<=the )most(?= {_COUNTED}))"
    rf"{_NO_CRIME}"
)
_BOTTOM = rf"(?:lowest|safest|quietest|smallest|fewest|(?<=the )least){_NO_CRIME}"
_KINDS = r"(?:[\w-]+ ){0,2}?"
_LEVEL = (
    r"(?:(?:rates?|levels?|numbers?|totals?|counts?|volumes?|share|incidence|amount) of |recorded "
    r"|reported |overall )*"
)


def _place(most: str, more: str, kind: str) -> tuple[str, ...]:
    """The highest of any district, the lowest crime, higher than anywhere else, the safest town."""
    return (
        rf"{most}(?: [\w#'’-]+){{0,5}}? {_AMONG}",
        rf"(?:the|its|our) {most} {_LEVEL}{_COUNTED}(?! (?:types?|kinds?|months?|prevention|reduction|plan|team))",
        rf"{more} than (?:in |for |at |that of |those of )?(?:any|all|every|most|anywhere|nowhere)(?: of)?(?: the"
        rf"| our)?"
        rf"(?: other| else| similar)?(?: {_PLACE})?\b",
        rf"(?:{kind}) {_KINDS}(?:{_PLACE}|part|street)\b",
    )


TOP = (
    *_place(_TOP, r"(?:higher|worse|more(?: \w+)?|greater|larger)", "most dangerous|least safe|busiest|most violent"),
    r"(?:ranks?|ranked|ranking|comes?|came) (?:first|top|highest|worst)\b|top of the (?:table|league|list)\b",
)
BOTTOM = (
    *_place(_BOTTOM, r"(?:lower|fewer(?: \w+)?|less(?: \w+)?|smaller|safer)", "safest|least dangerous|quietest"),
    r"(?:ranks?|ranked|ranking|comes?|came) (?:last|lowest|bottom)\b|bottom of the (?:table|league|list)\b",
)
_WHEN = r"(?:in|at|during|over|around|on|throughout)"
PEAK = (
    rf"peak(?:s|ed|ing)? {_WHEN}\b(?! times?\b| hours?\b)|(?:an?|its|their|the|highest) (?:\w+ )?peak (?:of #|was|came"
    rf"|{_WHEN})",
    r"(?:reached|hit|hits|reaches) (?:its|a|the|their) (?:\w+ )?(?:peak|height|maximum|highest)\b",
    rf"at (?:its|their) (?:highest|worst|peak|busiest|height) {_WHEN}|(?:highest|worst|busiest) (?:\w+ )?month\b",
)
TROUGH = (
    rf"at (?:its|their) (?:lowest|quietest) {_WHEN}|(?:lowest|quietest) (?:\w+ )?month\b"
    r"|(?:reached|hit) (?:its|a|the|their) (?:\w+ )?(?:lowest|low point|minimum|trough)\b|bottomed out\b",
)

_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, **multiples.NUMBERS,
    "twelve": 12, "twenty": 20, "fifty": 50, "hundred": 100, "a hundred": 100,
}  # fmt: skip
_COUNT = "|".join(k for k in _NUMBERS if k not in ("a", "an", "hundred", "a hundred"))
_TIME = (
    r"(?! (?:the |a |an |each |every |that |this |our )?(?:year|month|week|day|decade|century|period"
    r"|hour|mile|term|kilometre)s?\b)"
)
#: A share in words: half of all crime, a third of thefts, three in four. The second half of the year is none.
SHARE = re.compile(
    rf"(?<!first )(?<!second )(?<!latter )(?<!other )(?<!last )(?<!final )\bhalf (?:of\b|(?:the|our|all|its)\b){_TIME}"
    rf"(?! (?:of )?(?:that|those|what|the (?:rate|level|number|figure|average)))"
    rf"|\b(?P<top>a|an|{_COUNT})[- ](?P<part>{'|'.join(_PARTS)})s? of\b{_TIME}(?! (?:that|those|what)\b)"
    rf"|\b(?P<some>{_COUNT}) (?:in|out of)(?: every)? (?P<all>{_COUNT}|a hundred)\b(?! (?:years?|months?|weeks?"
    rf"|days?))",
    re.IGNORECASE,
)


def read_share(found: re.Match[str]) -> float:
    """Which part of a whole do the words name?

    >>> [round(read_share(SHARE.search(w)), 3) for w in ("half of all crime", "two thirds of thefts", "three in four")]
    [0.5, 0.667, 0.75]
    """
    if found["part"]:
        return _NUMBERS[found["top"].lower()] / _PARTS[found["part"].lower()]
    if found["some"]:
        return _NUMBERS[found["some"].lower()] / _NUMBERS[found["all"].lower()]
    return 0.5


def is_share_earned(share: float, ratio: float, *, is_more_than: bool) -> bool:
    """Does one figure's part in another come near the share in words? Within a tenth; "more than" only past it."""
    return ratio >= share if is_more_than else multiples.is_earned(share, ratio, is_more_than=False)
