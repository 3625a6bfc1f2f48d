"""What the alternative texts have in common: the last value, the highest and lowest, and what is not held."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.charts.numbers import choose_decimals, write_number
from wardmote.evidence.reports.charts.states import STATE_WORDS, PointState, say_absence
from wardmote.evidence.reports.charts.words import join_names, say_name


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as it is said: its name, the value and its interval, or why there is none."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    state: PointState = "actual"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Readings:
    """The values of one chart in the order drawn. Methods return part of a sentence, or nothing."""

    rows: Sequence[Reading]

    @property
    def decimals(self) -> int:
        return choose_decimals(row.value for row in self.rows)

    @property
    def ranked(self) -> list[tuple[Reading, float]]:
        """Those that have a value, highest first; equal ones in the order drawn."""
        held = [(row, row.value) for row in self.rows if row.value is not None]
        return sorted(held, key=lambda pair: -pair[1])

    def say(self, row: Reading, *, interval: bool = False) -> str:
        """Return "2021/22, 112.3 (interval 110.1 to 114.5)", with its state where it is not firm."""
        if row.value is None:
            return f"{say_name(row.name)}, {say_name(say_absence(row.state, row.note))}"
        limits = [write_number(limit, self.decimals) for limit in (row.low, row.high) if limit is not None]
        words = f"{say_name(row.name)}, {write_number(row.value, self.decimals)}"
        words += f" (interval {limits[0]} to {limits[1]})" if interval and len(limits) == 2 else ""
        return words if row.state == "actual" else f"{words} ({STATE_WORDS[row.state]})"

    def say_latest(self) -> str:
        """Return the last value in order of time, even if it is missing: that is what readers look for."""
        return f"Latest: {self.say(self.rows[-1], interval=True)}"

    def say_extremes(self) -> str:
        ranked = self.ranked
        if not ranked:
            return "There is no value to show"
        if ranked[0][1] == ranked[-1][1]:
            return "" if len(ranked) == 1 else f"All are {write_number(ranked[0][1], self.decimals)}"
        return f"Highest: {self.say(ranked[0][0])}; lowest: {self.say(ranked[-1][0])}"

    def say_largest(self, most: int = 3) -> str:
        """Return the largest few and the smallest."""
        ranked = self.ranked
        if not ranked:
            return "There is no value to show"
        largest = "; ".join(self.say(row, interval=True) for row, _ in ranked[:most])
        smallest = f". Lowest: {self.say(ranked[-1][0])}" if len(ranked) > most else ""
        return f"Highest: {largest}{smallest}"

    def say_gaps(self) -> str:
        """Return which have no value, by reason."""
        reasons: dict[str, list[str]] = {}
        for row in self.rows:
            if row.value is None:
                reasons.setdefault(say_name(say_absence(row.state, row.note)), []).append(row.name)
        listed = "; ".join(f"{words}: {join_names(names, most=12)}" for words, names in reasons.items())
        return f"Without a value, {listed}" if listed else ""
