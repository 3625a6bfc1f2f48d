"""One line of the dashboard for each indicator: how it stands, since when, why, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.statuses import IndicatorStatus, PeriodStatus
from wardmote.web.foundation.design.charts import draw_sparkline
from wardmote.web.foundation.design.marks import STATUS_MARKS
from wardmote.web.plans.interface import Indicator
from wardmote.web.returns.performance.lines import Line, draw_up_line, explain_no_line
from wardmote.web.returns.performance.past import Reported
from wardmote.web.returns.performance.resting import find_compared, find_resting
from wardmote.web.returns.performance.value_words import name_judged

#: What to raise first stands first.
URGENCY = ("red", "amber", "grey", "green", "none")


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator as the pages show it. `look` is how its status is drawn: "none" for what only gives context."""

    id: UUID
    ref: str
    title: str
    priority_id: UUID
    priority_no: int
    priority_title: str
    owner: str
    owner_id: UUID | None
    unit: str
    look: str
    latest: PeriodStatus | None
    before: PeriodStatus | None  # the status of the period before, of the same stretch
    line: Line
    spark: Markup
    absence: str  # why there is no line
    quarter_ends_on: date | None  # of the quarter in which the latest value was returned
    is_provisional: bool
    is_signed: bool
    is_base_signed: bool  # true, too, where nothing of the row's own was the base
    is_small: bool

    @property
    def words(self) -> str:
        """The status in words, as its mark says it."""
        return STATUS_MARKS[self.look].words

    @property
    def judged_period(self) -> str:
        """Which stretch the latest figure speaks of."""
        return name_judged(self.latest) if self.latest else ""

    @property
    def why(self) -> str:
        return self.latest.why if self.latest else "nothing has been reported yet"

    @property
    def chance(self) -> str:
        """The forecast in three words, for a cell: "about 9 in 10"; the whole sentence is on the indicator's page."""
        forecast = self.latest.forecast if self.latest else None
        if forecast is None or forecast.chance is None:
            return ""
        return forecast.sentence.partition(":")[0].rpartition(" is ")[2].rstrip(".")

    @property
    def is_red(self) -> bool:
        return self.look == "red"

    @property
    def has_turned_red(self) -> bool:
        """Red now, and not in the period before; where there was none before, nothing has turned."""
        return self.is_red and self.before is not None and self.before.status != "red"

    @property
    def is_grey_twice(self) -> bool:
        return self.look == "grey" and self.before is not None and self.before.status == "grey"

    @property
    def is_overridden(self) -> bool:
        return self.latest is not None and self.latest.why_code == "override"


def build_rows(
    records: Sequence[Indicator],
    rows: Sequence[CoreRow],
    statuses: Sequence[IndicatorStatus],
    reported: Sequence[Sequence[Reported]],
) -> tuple[Row, ...]:
    """A line for each indicator, in the plan's order."""
    return tuple(_build_row(*each) for each in zip(records, rows, statuses, reported, strict=True))


def _build_row(record: Indicator, row: CoreRow, status: IndicatorStatus, reported: Sequence[Reported]) -> Row:
    latest = status.latest
    spoken = find_resting(row, latest, reported)
    line = draw_up_line(row, status)
    return Row(
        id=record.pk, ref=record.ref, title=record.title, priority_id=record.priority_id,
        priority_no=record.priority.number, priority_title=record.priority.title, owner=row.owner,
        owner_id=record.owner_id, unit=row.unit, look=_choose_look(record, latest), latest=latest,
        before=_find_before(row, status), line=line, spark=_draw(line, row), absence=explain_no_line(row),
        quarter_ends_on=max((found.ends_on for found in spoken), default=None),
        is_provisional=any(found.value.state == "provisional" for found in spoken),
        is_signed=all(found.is_signed for found in spoken),
        is_base_signed=all(found.is_signed for found in find_compared(row, spoken, reported)),
        is_small=latest is not None and latest.is_small,
    )  # fmt: skip


def _choose_look(record: Indicator, latest: PeriodStatus | None) -> str:
    if record.is_context:
        return "none"
    return latest.status if latest else "grey"


def _find_before(row: CoreRow, status: IndicatorStatus) -> PeriodStatus | None:
    """The period before the latest of the same length; a year that ends with the quarter is not before it.

    A half-year that the core made up of two quarters is preceded by another of its kind, or by none.
    """
    if len(status.periods) < 2:
        return None
    latest = status.periods[-1].period
    value = next((value for value in row.values if value.period == latest), None)
    if value is None:
        reported = {other.period for other in row.values}
        return next((found for found in reversed(status.periods[:-1]) if found.period not in reported), None)
    if value.start is None:
        return status.periods[-2]
    earlier = {other.period for other in row.values if _is_before(other, value)}
    return next((found for found in reversed(status.periods[:-1]) if found.period in earlier), None)


def _is_before(other: Value, value: Value) -> bool:
    return other.basis == value.basis and other.end is not None and value.start is not None and other.end < value.start


def _draw(line: Line, row: CoreRow) -> Markup:
    sign = "%" if row.unit == "percent" else ""
    breaks = (*(line.breaks or ()), *line.restarts)
    return draw_sparkline(line.points, line.targets, breaks=breaks, unit=sign, absence=explain_no_line(row))
