"""The only words for a change: each comes from a comparison, and says how sure it is."""

from dataclasses import dataclass

from wardmote.evidence.indicators.readings.comparisons import Comparison
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.numbers import write_change, write_count
from wardmote.evidence.statistics.change import Direction

#: Which sign stands before a change, so that it is not told by colour.
ARROWS: dict[Direction | None, str] = {"rose": "▲", "fell": "▼", "similar": "●", None: "–"}


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change in one word, in one phrase and in one sentence."""

    word: str
    phrase: str
    sentence: str


def describe_change(comparison: Comparison) -> ChangeWords:
    """What may be said of the two periods, and nothing more."""
    before = name_period(comparison.previous.period)
    if comparison.change is None:
        why = comparison.refused.why if comparison.refused else "the figures are not held"
        return ChangeWords(
            "not compared", f"not compared with {before}", f"It cannot be compared with {before}: {_stop(why)}"
        )
    change, word = comparison.change, comparison.direction or "similar"
    counts = f"{write_count(change.previous)} to {write_count(change.current)}"
    if change.previous == 0:
        sentence = f"There were none in {before} and {write_count(change.current)} now; no percentage can be given."
        return ChangeWords(word, f"{write_count(change.current)} after none in {before}", sentence)
    pct = write_change(change.rate_change_pct)
    limits = f"{write_change(100 * (change.ratio_low - 1))} to {write_change(100 * (change.ratio_high - 1))}"
    per = " for each resident" if comparison.is_per_resident else ""
    if word == "similar":
        sentence = (
            f"It was similar to {before}: from {counts}, {pct}{per}. The likely range is {limits}, which includes "
            "no change at all."
        )
        return ChangeWords(word, f"similar to {before} ({pct})", sentence)
    sentence = (
        f"It {word} from {counts}, {pct}{per} on {before}. The likely range is {limits}: more than chance would do."
    )
    return ChangeWords(word, f"{word} by {pct.lstrip('+−')} on {before}", sentence)


def name_period(period: Period) -> str:
    """The period inside a sentence: '2020/21', 'the year to December 2023', 'March 2022'."""
    if period.first == period.last:
        return period.first.title
    if period.kind == "run" and period.is_year:
        return f"the year to {period.last.title}"
    if period.kind == "run":
        return f"{period.first.title} to {period.last.title}"
    return f"calendar year {period}" if period.kind == "calendar_year" else str(period).replace("AY", "academic year ")


def _stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
