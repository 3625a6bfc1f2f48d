"""The only words for a change: each comes from a comparison, and says how sure it is."""

from dataclasses import dataclass

from wardmote.evidence.indicators.readings.comparisons import Comparison
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.numbers import write_change, write_change_limits, write_count
from wardmote.evidence.statistics.change import CountChange, Direction

#: Which sign stands before a change, so that it is not told by colour.
ARROWS: dict[Direction | None, str] = {"rose": "▲", "fell": "▼", "similar": "●", None: "–"}


#: Figures further apart than this (%) are not called similar, even where the difference can be chance: no reader would.
CLOSE_PCT = 10.0


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change in one word, in one phrase and in one sentence."""

    word: str
    phrase: str
    sentence: str


def describe_change(comparison: Comparison) -> ChangeWords:
    """What may be said of the two periods, and nothing more."""
    before, per = name_period(comparison.previous.period), write_per(comparison)
    if comparison.change is None:
        why = comparison.refused.why if comparison.refused else "the figures are not held"
        return ChangeWords(
            "not compared", f"not compared with {before}", f"It cannot be compared with {before}: {_stop(why)}"
        )
    change, word = comparison.change, comparison.direction or "similar"
    if change.previous == 0:
        return _describe_from_none(comparison, word, before)
    pct = write_change(change.rate_change_pct)
    limits = write_change_limits(100 * (change.ratio_low - 1), 100 * (change.ratio_high - 1))
    if word == "similar":
        close = abs(change.rate_change_pct) <= CLOSE_PCT
        said = f"was similar to {before}" if close else f"shows no clear change on {before}"
        sentence = f"It {said}: {_describe_counts(change, comparison)}. The likely range{per}, {limits}, "
        phrase = f"similar to {before}" if close else f"no clear change on {before}"
        return ChangeWords(word, f"{phrase} ({pct}{per})", f"{sentence}includes no change{_name_test(comparison)}.")
    sentence = f"It {word} on {before}, {_describe_counts(change, comparison)}. The likely range{per}, {limits}, "
    return ChangeWords(
        word,
        f"{word} by {pct.lstrip('+−')}{per} on {before}",
        f"{sentence}leaves out no change: more than chance would do{_name_test(comparison)}.",
    )


def write_per(comparison: Comparison) -> str:
    """' per resident' where the two are compared as rates; else nothing."""
    return " per resident" if comparison.is_per_resident else ""


def _name_test(comparison: Comparison) -> str:
    """Without months nothing tells how much the counts vary from month to month beyond chance; the reader is told."""
    return "" if comparison.spread_of else " (tested against chance alone)"


def _describe_counts(change: CountChange, comparison: Comparison) -> str:
    """'from 14,320 to 15,037 (+5.0%, or +3.9% per resident)'."""
    counts = f"from {write_count(change.previous)} to {write_count(change.current)}"
    per = f", or {write_change(change.rate_change_pct)} per resident" if comparison.is_per_resident else ""
    return f"{counts} ({write_change(change.change_pct)}{per})"


def _describe_from_none(comparison: Comparison, word: str, before: str) -> ChangeWords:
    """From none to some no percentage exists; from none to none nothing has changed."""
    count = comparison.current.value or 0
    if count == 0:
        return ChangeWords(word, f"none, as in {before}", f"There were none, as in {before}.")
    sentence = f"There were {write_count(count)} after none in {before}; from none no percentage can be given."
    return ChangeWords(word, f"{write_count(count)} after none in {before}", sentence)


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
