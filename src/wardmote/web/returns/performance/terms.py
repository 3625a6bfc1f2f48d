"""On which terms the pages judge: the partnership's tolerances, and for which periods others had been agreed."""

from datetime import timedelta

from wardmote.evidence.targets.plan import EarlierTerms, Terms
from wardmote.web.foundation.design.words import say_date, say_number
from wardmote.web.partnerships.interface import Partnership, TermsChange, list_terms_changes

_A_DAY = timedelta(days=1)


def read_terms(partnership: Partnership) -> Terms:
    """The tolerances as they are agreed now, and those of the periods before each change; of no day."""
    earlier: dict[object, EarlierTerms] = {}
    for change in list_terms_changes(partnership):  # of two made in one quarter the first tells what held before both
        until = change.counts_from - _A_DAY
        earlier.setdefault(until, EarlierTerms(until, change.amber_before_pct, change.small_before))
    return Terms(None, partnership.amber_within_pct, partnership.small_number, tuple(earlier.values()))


def say_terms(terms: Terms) -> list[str]:
    """How is judged, in a sentence; where it was changed, one for each stretch of time, oldest first."""
    now = _say(terms.amber_within_pct, terms.small_number)
    if not terms.earlier:
        return [f"Judged with {now}."]
    lines, since = [], ""
    for one in terms.earlier:
        said = _say(one.amber_within_pct, one.small_number)
        lines.append(f"Periods that end{since} up to {say_date(one.until)} are judged with {said}.")
        since = f" from {say_date(one.until + _A_DAY)}"
    return [*lines, f"Periods that end{since} on are judged with {now}."]


def _say(amber_within_pct: float | None, small_number: float | None) -> str:
    amber, small = say_number(amber_within_pct), say_number(small_number)
    return f"amber up to {amber}% off the target and counts below {small} marked as small"


def say_change(change: TermsChange, who: str, *, overtaken_by: TermsChange | None = None) -> str:
    """A change of the terms as the exceptions list it; of several in one quarter only the last ever counts."""
    old, new = _say(change.amber_before_pct, change.small_before), _say(change.amber_within_pct, change.small_number)
    begins = f"for periods that end on {say_date(change.counts_from)} or later"
    made = f"Changed on {say_date(change.changed_at)} by {who}; the reason given: {change.reason}"
    if overtaken_by is not None:
        again = f"changed again on {say_date(overtaken_by.changed_at)} before it did"
        return f"Terms of judgement were to change: from {old} to {new}, {begins}. It never counted: {again}. {made}"
    return f"Terms of judgement changed: from {old} to {new}, {begins}. {made}"
