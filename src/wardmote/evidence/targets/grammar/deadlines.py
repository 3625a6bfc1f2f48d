"""The last day that a target's words give, and what it does to a target whose kind holds none."""

import calendar
from dataclasses import dataclass, replace
from datetime import date

from wardmote.evidence.targets.grammar.lexicon import MONTHS, name_words
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.tokens import Token
from wardmote.evidence.targets.grammar.understanding import ASK_SPAN, Draft, Question
from wardmote.evidence.targets.kinds import CountPerPeriod, Milestone, NoTarget, Trajectory

TIMES = frozenset({"date", "year", "years"})
BEFORE_AN_END = frozenset({"by", "before", "until", "till", "to"})
COMPARING_WORDS = frozenset({"compared", "comparison", "relative", "equal", "similar", "reference", "due"})
BETWEEN = frozenset({"the", "end", "of", "close", "financial", "calendar", "year", "summer", "spring", "-", ","})
FURTHEST = 6
#: Words that name a time without saying which: "by the end of the plan".
VAGUE_TIMES = frozenset(MONTHS) | name_words(
    "spring summer autumn winter christmas easter year-end end year quarter plan period strategy term"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day with its token's place and the places of all its words."""

    day: date
    at: int
    places: frozenset[int]


def find_deadline(row: Row) -> Deadline | None:
    """The day, month or year behind "by", "before", "until" or "to": the last day that the words allow."""
    for at, token in enumerate(row.tokens):
        if token.kind in TIMES and (start := _find_preposition(row, at)) is not None:
            return Deadline(read_last_day(token), at, frozenset(range(start, at + 1)))
    return None


def _find_preposition(row: Row, at: int) -> int | None:
    for place in range(at - 1, max(-1, at - FURTHEST), -1):
        if row.norm(place) in BEFORE_AN_END:
            is_compared = row.norm(place) == "to" and row.norm(place - 1) in COMPARING_WORDS
            return None if is_compared else place
        if row.norm(place) not in BETWEEN:
            return place + 1 if _is_end_of(row, place + 1) else None
    return None


def _is_end_of(row: Row, at: int) -> bool:
    """ "40 referrals, end of March 2027": an end without a preposition."""
    return row.norm(at) == "end" or (row.norm(at), row.norm(at + 1)) == ("the", "end")


def read_last_day(token: Token) -> date:
    """The last day that the words allow: the day, the month's end, the year's end, the financial year's end."""
    year = token.years[1]
    if token.kind == "years":
        return date(year, 3, 31) if token.is_financial_year else date(year, 12, 31)
    month = token.month or 12
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(token.day, last) if token.day else last)


def settle_deadline(row: Row, draft: Draft) -> Draft:
    """The draft with its words' last day in it, where its kind holds one, else with the question what the day does.

    A number of things without a stretch of time is to be reached once, by that day. What names a time and is of no use
    is asked about, so that no time goes unread in silence.
    """
    if draft.target is None or isinstance(draft.target, NoTarget | Milestone):
        return draft
    found = find_deadline(row)
    if found is not None and not isinstance(draft.target, Trajectory) and found.at not in draft.used:
        draft = _use(draft, found)
    return replace(draft, questions=(*draft.questions, *_ask_about_times(row, draft)))


def _use(draft: Draft, found: Deadline) -> Draft:
    used, shown = draft.used | found.places, f"{found.day.day} {found.day:%B %Y}"
    if isinstance(draft.target, CountPerPeriod) and ASK_SPAN in draft.questions and not draft.target.window:
        target = replace(draft.target, span="once", window=f"by {shown}")
        questions = tuple(question for question in draft.questions if question != ASK_SPAN)
        return replace(draft, target=target, used=used, questions=questions)
    words = f"The words give {shown} as the last day. Does the target hold in every period, or is it due only then?"
    asked = Question("by_when", words, ("in every period", "due only then"))
    return replace(draft, used=used, questions=(*draft.questions, asked), due=found.day)


def _ask_about_times(row: Row, draft: Draft) -> tuple[Question, ...]:
    """A question for each time that the words name and that was of no use."""
    left = [
        _say_time(row, at) for at, token in enumerate(row.tokens)
        if at not in draft.used and (token.kind in TIMES | {"window", "span"} or _is_vague(row, at))
    ]  # fmt: skip
    if not left:
        return ()
    words = f"The words name a time ({', '.join(left[:3])}) that was not used. When does the target hold?"
    return (Question("by_when", words),)


def _say_time(row: Row, at: int) -> str:
    """The words of a time, from the "by" before it on."""
    nearest = range(at, max(-1, at - FURTHEST), -1)
    start = next((place for place in nearest if row.norm(place) in BEFORE_AN_END), at)
    return row.words(range(start, at + 1)) if _is_vague(row, at) else row.tokens[at].text


def _is_vague(row: Row, at: int) -> bool:
    """The last word of "by the end of the plan", "by Christmas"."""
    if row.norm(at) not in VAGUE_TIMES or row.norm(at + 1) in VAGUE_TIMES | {"of"}:
        return False
    return any(row.norm(place) in {"by", "before", "until", "till"} for place in range(max(0, at - FURTHEST), at))
