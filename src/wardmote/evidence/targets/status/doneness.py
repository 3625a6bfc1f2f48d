"""Do the words reported about an action say, without any reservation, that it is done?

Green is for a phrase that says done and nothing more: "complete", "Delivered in May 2015", "Yes", "100% complete",
"complete (service opened 2014-07-01)". A word such as "complete" inside a longer phrase proves nothing: "will be
complete", "complete subject to sign-off" and "phase 1 complete" all hold it. So the whole phrase must fit, and what
does not is work, not its end.
"""

import re
from calendar import monthrange
from datetime import date

from wardmote.evidence.model.periods import find_month_number
from wardmote.evidence.targets.statuses import Colour

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = (
    rf"(?:{_YEAR}-\d\d-\d\d|\d\d?[/.]\d\d?[/.](?:{_YEAR}|\d\d)|(?:\d\d?(?:st|nd|rd|th)?(?: of)? )?{_MONTH},? {_YEAR}"
    rf"|\d\d?(?:st|nd|rd|th)?(?: of)? {_MONTH}|q[1-4](?: {_YEAR}(?:[-/]\d\d)?)?|{_YEAR}(?:[-/]\d\d)?)"
)
_WHEN = (
    rf"(?:[,-] ?)?(?:(?:in|on|during|since|as of|as at) )?(?:the )?{_DAY}"
    "|(?:last|this|the previous) (?:week|month|quarter|year)|today|yesterday"
)
#: "completed in May" looks back; "complete in May" may look ahead.
_WHEN_PAST = rf"(?:[,-] ?)?(?:(?:in|during|since) )?(?:early |late |mid-?)?{_MONTH}"
_PAST = (
    r"(?:completed|done|finished|achieved|delivered|launched|accomplished|implemented|signed off|signed-off|concluded"
    r"|published|opened|installed|carried out|put in place|fulfilled|met)"
)
_STATE = r"(?:complete|in place|up and running|live|gone live|went live|accomplished)"
_DOING = r"(?:(?:yes|y)[,:;.-]* )?"
_SUBJECT = (
    r"(?:(?:(?:the|this|all|all the|whole|the whole) )?(?:action|actions|milestone|milestones|task|tasks|project|work"
    r"|target|status|it|this|all|everything)(?: |: | - |[:=] ?))?"
)
_HELPED = r"(?:(?:is|are|was|were|has|have|has been|have been|been|now|now all|all|fully|successfully|already|100%) )*"
_EXTENT = r"(?: (?:in full|on time|early|late|on schedule|ahead of schedule|as planned|successfully|now|already|100%))*"
_BRACKET = r"(?: ?\((?P<bracket>[^()]*)\))?"
_WHOLE = re.compile(
    rf"{_DOING}{_SUBJECT}{_HELPED}(?:{_PAST}{_EXTENT}(?:,? (?:{_WHEN}|{_WHEN_PAST}))?"
    rf"|{_STATE}{_EXTENT}(?:,? (?:{_WHEN}))?){_EXTENT}{_BRACKET}"
)
_YES = re.compile(rf"(?:yes|y|yes indeed|100%)(?:,? (?:{_WHEN}))?{_BRACKET}")
_NO = re.compile(r"(?:no|n|none|nil|nothing|not started|not begun|not yet|not done)\b(?! longer|/)")
_COUNTED = re.compile(
    rf"(?:{_HELPED}{_PAST} )?(?:all )?(?P<part>\d{{1,6}}) ?(?:out of|of|/) ?(?P<whole>\d{{1,6}})"
    rf"(?: (?!not\b|un)[a-z]+){{0,2}}?(?: {_HELPED}(?:{_PAST}|{_STATE}))?"
)
_HAPPENED = re.compile(
    rf"(?:(?:the|a|an|all|new|\d{{1,4}}|[a-z][a-z'-]+) ){{0,6}}(?:{_PAST}|opened|started|began|held|signed|awarded"
    rf"|agreed|adopted|approved|recruited|appointed|trained|ran|live)(?:,? (?:{_WHEN}|{_WHEN_PAST}))?"
)
_ONLY_WHEN = re.compile(rf"(?:{_WHEN}|{_WHEN_PAST})|(?:all|fully|in full|100%)")
#: What takes the end out of a phrase, with what to call it. The first that is found is named.
_RESERVATIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("is a question", re.compile(r"\?")),
    (
        "says that it is not done",
        re.compile(r"\b(not?|none|nothing|never|nor|neither|cannot|unable|without|un(done|complete\w*|finished|delivered)"
                   r"|incomplete|yet to)\b|n[’']t\b|:\s*n\b"),
    ),
    ("speaks of something left over", re.compile(
        r"\b(except|but|bar|apart|although|though|however|outstanding|remain\w*|await\w*|pending|subject to"
        r"|provisional\w*|draft|in principle|needed|required|review|tbc|delay\w*|still|save for|waiting"
        r"|dependent|depends)\b")),
    (
        "speaks of what is to come",
        re.compile(r"\b(will|shall|would|should|could|may be|might|due|expect\w*|plan\w*|schedul\w*|aim\w*|target\w*"
                   r"|to be|to complete|to deliver|by|going to|soon|hope\w*|intend\w*|forecast|if|when|once|until)\b"),
    ),
    ("speaks of a part of it", re.compile(
        r"\d\s*(%|per ?cent)|\b\d+\s*(of|out of|/)\s*\d+|\b(phase|stage|part|partly|partially|some|most\w*|half|nearly"
        r"|almost|largely|first|initial|pilot|section|tranche|step|mainly|virtually|substantially|only|interim)\b")),
)  # fmt: skip
_FAILED = re.compile(r"\b(fail\w*|lost|unsuccessful|cancelled|abandoned|rejected|withdrawn|not achieved)\b")
#: A loss that is denied or only feared is none.
_NO_LOSS = re.compile(
    r"\b(not|no|none|never|nothing|without|may|might|could|would|if|risk|unless|avoid\w*)\b(?! achieved)[^.;,]{0,30}"
    r"\b(fail\w*|lost|unsuccessful|cancelled|abandoned|rejected|withdrawn)\b"
    r"|n[’']t [^.;,]{0,20}(fail|lost|cancel|abandon)|\?|\b(fail\w* safe|lost time)\b"
)
_UNDER_WAY = re.compile(
    r"\b(progress|under ?way|ongoing|on ?going|on ?track|start\w*|begun|began|delay\w*|behind|awaiting|pending)\b"
)
_DONE_WORD = re.compile(r"\b(complet\w*|done|finish\w*|achiev\w*|deliver\w*|met|in place|launch\w*|signed off|live)\b")
_DATE_IN = re.compile(
    rf"(?P<iso>{_YEAR}-\d\d-\d\d)|(?P<d>\d\d?)[/.](?P<m>\d\d?)[/.](?P<y>{_YEAR})"
    rf"|(?:(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_MONTH}),? (?P<year>{_YEAR})|(?P<only>{_YEAR})(?![-/]\d)"
)


def read_state(text: str, *, by: date | None = None) -> Colour | None:
    """Which colour do the words of a state earn? None where they say neither done, under way nor lost.

    `by` is the day by which it may have happened: what is called done on a later day is not done.

    >>> read_state("complete (service opened 2014-07-01)"), read_state("not started"), read_state("failed, superseded")
    ('green', 'amber', 'red')
    >>> read_state("will be completed in May"), read_state("complete subject to sign-off"), read_state("areas named")
    ('amber', 'amber', None)
    >>> read_state("completed 31 March 2016", by=date(2016, 1, 1))
    'amber'
    """
    words = _flatten(text)
    if _FAILED.search(words) and not _NO_LOSS.search(words):
        return "red"
    if is_done(text, by=by):
        return "green"
    says_something = _NO.match(words) or _UNDER_WAY.search(words) or _DONE_WORD.search(words) or find_reservation(text)
    return "amber" if says_something else None


def is_done(text: str, *, by: date | None = None) -> bool:
    """Does the whole phrase say done, with at most a day or a thing that happened beside it?"""
    words = _flatten(text)
    counted = _COUNTED.fullmatch(words)
    if counted is not None:
        return int(counted["part"]) == int(counted["whole"]) > 0
    match = _WHOLE.fullmatch(words) or _YES.fullmatch(words)
    if match is None or not _is_harmless(match["bracket"]):
        return False
    return by is None or all(day <= by for day in _list_days(words))


def find_reservation(text: str) -> str:
    """What keeps a phrase from saying done, in words; "" where nothing known does.

    >>> find_reservation("50% complete"), find_reservation("complete?"), find_reservation("complete")
    ('speaks of a part of it', 'is a question', '')
    """
    words = _flatten(text)
    return next((name for name, pattern in _RESERVATIONS if pattern.search(words)), "")


def says_no(text: str) -> bool:
    """Whether the whole answer is no."""
    return bool(_NO.fullmatch(_flatten(text)))


def _flatten(text: str) -> str:
    """The words in small letters, single blanks and plain dashes, without the full stop at the end."""
    plain = re.sub(r"[‐‑–—−]", "-", text.casefold())
    return " ".join(plain.split()).rstrip(".!").strip()


def _is_harmless(bracket: str | None) -> bool:
    """Whether a bracket says only when, or what has happened."""
    if not bracket:
        return True
    inside = bracket.strip()
    if _ONLY_WHEN.fullmatch(inside):
        return True
    return not find_reservation(inside) and bool(_HAPPENED.fullmatch(inside))


def _list_days(words: str) -> list[date]:
    """The days named; of a month or a year alone, its first day."""
    found = [_read_day(match) for match in _DATE_IN.finditer(words)]
    return [day for day in found if day is not None]


def _read_day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["only"]:
            return date(int(match["only"]), 1, 1)
        if match["d"]:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    year, month = int(match["year"]), find_month_number(match["month"])
    return date(year, month, min(int(match["day"] or 1), monthrange(year, month)[1]) or 1)
