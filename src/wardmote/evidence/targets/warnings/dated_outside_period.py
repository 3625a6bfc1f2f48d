"""An account of one period that tells of another year's."""

import re
from collections.abc import Iterator
from datetime import date

from wardmote.evidence.targets.narratives import NamedMonth, list_months, split_sentences
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "dated_outside_period"
QUESTION = "Does the evidence for a period come from that period?"
EXAMPLE = "The account of 2015-16 Q1 tells of June 2014, another year."

# Words that look back on purpose. What they stand beside is no evidence for this period.
_LOOKS_BACK = re.compile(
    r"\b(compar\w+|than|since|last year|previous\w*|baseline|prior|before|earlier|original\w*|first|introduced|began"
    r"|started|launched in|established|opened|formerly|history|until|up to|following|reported in|published|survey"
    r"|rolling|cohort|latest|data|figures?|agreed|set up|commissioned|contract|awarded|because|due to)\b",
    re.IGNORECASE,
)


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        if value.lag or indicator.lag:
            continue  # figures that come years late speak of those years
        if value.start is None or value.end is None or (value.end - value.start).days > 400:
            continue
        for sentence in split_sentences(value.narrative):
            named = _find_stray(sentence, value.start, value.end)
            if named:
                told = f"{date(named.year, named.month, 1):%B %Y}"
                yield RowWarning(RULE, f"The account of {value.period} tells of {told}, another year.", value.period)
                break


def _find_stray(sentence: str, start: date, end: date) -> NamedMonth | None:
    """Find a month of an earlier year, in a sentence that neither looks back nor names the period itself."""
    months = list_months(sentence)
    if not months or _LOOKS_BACK.search(sentence):
        return None
    first, last = NamedMonth(start.year, start.month), NamedMonth(end.year, end.month)
    if any(month >= first for month in months):
        return None
    latest = max(months)
    other_year = latest.year < first.year and latest.financial_year < min(first.financial_year, last.financial_year)
    return latest if other_year else None
