"""What a comparison shows: the verdict the figures have earned, or why there is none and what may be asked instead."""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from wardmote.evidence.interface import describe_pair
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.observatory.places.numbers import MISSING, write_count, write_limits, write_rate, write_signed

if TYPE_CHECKING:
    from wardmote.evidence.interface import AreaComparison, Comparison
    from wardmote.evidence.model.figures import Figure

#: A shape stands beside each word.
SIGNS = {"rose": "▲", "fell": "▼", "similar": "●", "higher": "▲", "lower": "▼", "no clear difference": "●"}
_BETWEEN_AREAS = {"rose": "higher", "fell": "lower", "similar": "no clear difference"}


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One area in the table. `word` is empty where nothing may be said, and `why` says why."""

    code: str
    name: str
    earlier: str
    later: str
    difference: str
    ratio: str
    word: str
    sign: str
    sentence: str
    why: str
    cautions: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        return not self.word


def read_pair(comparison: "Comparison") -> ComparisonRow:
    """One area in two periods."""
    words, area = describe_pair(comparison), comparison.current.area
    change, word = comparison.change, comparison.direction or ""
    return ComparisonRow(
        area.code, area.title, _write_both(comparison.previous, comparison.previous_rate),
        _write_both(comparison.current, comparison.current_rate),
        write_signed(change.difference) if change else "", _write_ratio(comparison), word, SIGNS.get(word, ""),
        begin_sentence(words.sentence) if change else "",
        begin_sentence(comparison.refused.why) if comparison.refused else "", comparison.cautions,
    )  # fmt: skip


def read_area(comparison: "AreaComparison", *, first: str) -> ComparisonRow:
    """One area beside the first; `first` is that one's name."""
    area, refused = comparison.count.area, comparison.refused
    word = _BETWEEN_AREAS.get(comparison.direction or "", "")
    limits = comparison.rate.interval if comparison.rate and comparison.rate.value is not None else None
    return ComparisonRow(
        area.code, area.title, write_limits(limits.low, limits.high) if limits else "",
        _write_both(comparison.count, comparison.rate), "", _write_ratio(comparison), word, SIGNS.get(word, ""),
        _say_area(area.title, first, word), begin_sentence(refused.why) if refused else "",
        comparison.cautions,
    )  # fmt: skip


def _say_area(name: str, first: str, word: str) -> str:
    if not word:
        return ""
    if word == "no clear difference":
        return f"{name} shows no clear difference from {first}: the likely range of the ratio includes 1."
    return f"{name} is {word} than {first} by more than chance would do."


def _write_both(count: "Figure", rate: "Figure | None") -> str:
    """'98 (5.21 per 1,000 residents)'."""
    number = MISSING if count.value is None else write_count(count.value)
    return number if rate is None or rate.value is None else f"{number} ({write_rate(rate.value)} {rate.unit})"


def _write_ratio(comparison: "Comparison | AreaComparison") -> str:
    """'1.05, likely 0.98 to 1.12': of rates where residents are known."""
    change = comparison.change
    if change is None or not isfinite(change.rate_ratio):
        return ""
    return f"{change.rate_ratio:.2f}, likely {_write_range(change.ratio_low, change.ratio_high)}"


def _write_range(low: float, high: float) -> str:
    """The limits of a ratio, with as many decimals as keep them apart from the 1 that they leave out.

    >>> _write_range(0.89, 0.9962), _write_range(0.89, 1.002)
    ('0.890 to 0.996', '0.89 to 1.00')
    """
    leaves_out = [limit for limit in (low, high) if not low <= 1 <= high]
    decimals = next((d for d in range(2, 6) if all(round(limit, d) != 1 for limit in leaves_out)), 6)
    end = f"{high:.{decimals}f}" if isfinite(high) else "no upper limit"
    return f"{low:.{decimals}f} to {end}"
