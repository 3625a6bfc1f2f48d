"""A plan's rows with their judgements, what each is held against, and since when it stands as it does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.performance.words import name_plan
from wardmote.evidence.targets.comparable import find_comparable, gather_history
from wardmote.evidence.targets.kinds import TargetVersion
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import Colour, IndicatorStatus, PeriodStatus

#: States in which a value says nothing of what has happened yet.
AHEAD = ("projected", "not_due")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with its judgement.

    `value` is the reported value behind the latest status, `previous` the one it may be held against; `earlier` the
    judgements of the same measure under earlier plans, oldest first; `before` its row in the plan before.
    """

    indicator: Indicator
    status: IndicatorStatus
    value: Value | None = None
    previous: Value | None = None
    earlier: tuple[PeriodStatus, ...] = ()
    before: Indicator | None = None

    @property
    def latest(self) -> PeriodStatus | None:
        return self.status.latest

    @property
    def colour(self) -> Colour:
        return "grey" if self.latest is None else self.latest.status

    @property
    def run(self) -> tuple[PeriodStatus, ...]:
        """The latest periods in a row that carry the latest colour, oldest first."""
        found: list[PeriodStatus] = []
        for period in reversed((*self.earlier, *self.status.periods)):
            if period.status != self.colour:
                break
            found.append(period)
        return tuple(reversed(found))

    @property
    def was(self) -> PeriodStatus | None:
        """The period just before the present run, where there is one."""
        chain = (*self.earlier, *self.status.periods)
        place = len(chain) - len(self.run) - 1
        return chain[place] if place >= 0 else None

    @property
    def has_turned(self) -> bool:
        """Whether the latest period alone carries its colour, after a period with another."""
        return len(self.run) == 1 and self.was is not None

    @property
    def target(self) -> TargetVersion | None:
        """The target that held when the latest value was reported."""
        day = None if self.value is None else self.value.end
        held = [version for version in self.indicator.targets if version.holds_on(day)]
        return held[-1] if held else (self.indicator.targets[-1] if self.indicator.targets else None)

    @property
    def is_percent(self) -> bool:
        is_share = self.value is not None and self.value.shape in ("percent", "x_of_y")
        is_shown = self.latest is not None and self.latest.shown_value.endswith("%")
        return is_share or is_shown or self.indicator.unit in ("percent", "%")


@dataclass(frozen=True, slots=True)
class Part:
    """One plan of those that a file holds, as a part of the report. `dropped`: rows of the plan before, not kept."""

    name: str
    slug: str
    rows: tuple[Row, ...]
    period_title: str
    is_latest: bool = True
    dropped: tuple[Row, ...] = ()

    @property
    def has_owners(self) -> bool:
        """Whether the plan names who answers for any of its measures; else it is said once, not in every line."""
        return any(row.indicator.owner for row in self.rows)

    @property
    def priorities(self) -> list[tuple[str, list[Row]]]:
        """The rows under each priority, in the plan's own order."""
        found: dict[tuple[int, str], list[Row]] = {}
        for row in self.rows:
            found.setdefault((row.indicator.priority_no, row.indicator.priority_title), []).append(row)
        ordered = sorted(found.items(), key=lambda item: (item[0][0] == 0, item[0][0]))
        return [(_name_priority(number, title), rows) for (number, title), rows in ordered]


def _name_priority(number: int, title: str) -> str:
    if number and title:
        return f"Priority {number}: {title}"
    return title or (f"Priority {number}" if number else "No priority given")


def part_plans(plan: Plan, judged: Sequence[IndicatorStatus]) -> list[Part]:
    """Split a file into its plans, the latest first, each row with its judgement.

    `judged` answers the plan's indicators one for one, in any order. Raises UsageError where one is not answered:
    a report that left a row out would not be one.
    """
    answers = _match(plan, judged)
    labels = sorted(dict.fromkeys(row.plan for row in plan.indicators), key=lambda label: _newest(plan, label))
    parts: list[Part] = []
    for place, label in enumerate(labels):
        older = [row for part in parts for row in part.rows]
        rows = tuple(
            _join(plan, row, answer, older) for row, answer in zip(plan.indicators, answers, strict=True)
            if row.plan == label
        )  # fmt: skip
        slug = f"plan-{place + 1}"
        part = Part(name_plan(label) or plan.title, slug, rows, name_periods(rows), place == len(labels) - 1)
        parts.append(replace(part, dropped=_list_dropped(parts, rows)))
    return parts[::-1]


def _match(plan: Plan, judged: Sequence[IndicatorStatus]) -> list[IndicatorStatus]:
    """The judgement of each indicator: by place where the order is the same, else by id."""
    if [row.id for row in plan.indicators] == [answer.id for answer in judged]:
        return list(judged)
    by_id = {answer.id: answer for answer in judged}
    lacking = [row.id for row in plan.indicators if row.id not in by_id]
    if lacking:
        raise UsageError(
            f"no status is given for {', '.join(lacking[:5])}", expected="one for each indicator of the plan",
            to_do="Judge the whole plan before reporting it",
        )  # fmt: skip
    return [by_id[row.id] for row in plan.indicators]


def _newest(plan: Plan, label: str) -> tuple[date, str]:
    rows = [row for row in plan.indicators if row.plan == label]
    return (find_newest_day(rows) or date.min, label)


def find_newest_day(indicators: Sequence[Indicator]) -> date | None:
    """The last day of which anything was reported as happened."""
    days = [v.end for row in indicators for v in row.values if v.end is not None and v.state not in AHEAD]
    return max(days, default=None)


def _join(plan: Plan, indicator: Indicator, answer: IndicatorStatus, older: Sequence[Row]) -> Row:
    value = _find_value(indicator, answer.latest)
    previous = None if value is None else find_comparable(gather_history(plan, indicator), value)
    kin = [row for row in older if is_same_measure(row.indicator, indicator)]
    earlier = tuple(period for row in kin for period in row.status.periods)
    return Row(indicator, answer, value, previous, earlier, kin[-1].indicator if kin else None)


def _find_value(indicator: Indicator, latest: PeriodStatus | None) -> Value | None:
    """The reported value that the latest status speaks of; of several for one period the last with a number."""
    if latest is None:
        return None
    told = [value for value in indicator.values if value.period == latest.period]
    numbered = [value for value in told if value.best is not None]
    same = [value for value in numbered if value.best == latest.value]
    found = same or numbered or told
    return found[-1] if found else None


def is_same_measure(one: Indicator, other: Indicator) -> bool:
    """Whether two rows of different plans are the same measure, by their series or, without one, their title."""
    if one.series_key and other.series_key:
        return one.series_key == other.series_key
    return one.title.strip().casefold() == other.title.strip().casefold()


def _list_dropped(older: Sequence[Part], rows: Sequence[Row]) -> tuple[Row, ...]:
    """The measures that this plan no longer names of the plan that it follows.

    A file may hold plans of several partnerships: a plan follows the latest older one that shares a measure with it,
    and without such a one it dropped nothing.
    """
    for part in reversed(older):
        gone = tuple(row for row in part.rows if not _is_kept(row, rows))
        if len(gone) < len(part.rows):
            return gone
    return ()


def _is_kept(row: Row, rows: Sequence[Row]) -> bool:
    return any(is_same_measure(row.indicator, kept.indicator) for kept in rows)


def name_periods(rows: Sequence[Row]) -> str:
    """'2015-16 Q1 to 2015-16 Q2': the stretch that the rows' values speak of, by the labels of the file."""
    values = [v for row in rows for v in row.indicator.values if v.start and v.end and v.state not in AHEAD]
    plain = [v for v in values if v.basis in ("quarter", "month", "half_year")] or values
    if not plain:
        return ""
    first = min(plain, key=lambda v: (v.start or date.max, v.end or date.max, v.period)).period
    last = max(plain, key=lambda v: (v.end or date.min, v.start or date.min, v.period)).period
    return first if first == last else f"{first} to {last}"
