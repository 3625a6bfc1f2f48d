"""The quarterly data drops: what each agency owes, how it stands, and how good it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from wardmote.evidence.definitions.duties import DropCategory
from wardmote.evidence.interface import list_drop_categories
from wardmote.evidence.model.drops import DropReading
from wardmote.evidence.model.periods import Period
from wardmote.web.foundation.design.words import say_count
from wardmote.web.governance.duties.clocks import find_end_of_next_quarter
from wardmote.web.governance.duties.models import DataDrop, DropFile
from wardmote.web.governance.duties.permissions import SEES_ALL_DROPS
from wardmote.web.governance.duties.states import DROP_MARKS, DropState
from wardmote.web.partnerships.interface import (
    Agency,
    Partnership,
    PartnershipRequest,
    Role,
    find_organisations,
    find_roles,
    get_own,
)
from wardmote.web.returns.interface import QuarterDates, find_quarter

#: A drop with fewer rows than this share of the one before is asked about.
LEAST_SHARE = 0.7
#: More blank cells in a prescribed column than this share is asked about.
MOST_BLANK = 0.05
SHOWN_QUARTERS = 4


def get_category(key: str) -> DropCategory:
    """The category of that name. Raises LookupError where the catalogue no longer has it."""
    found = next((one for one in list_drop_categories() if one.id == key), None)
    if found is None:
        raise LookupError(f"the catalogue has no category '{key}' of data drops")
    return found


def find_state(drop: DataDrop, today: date) -> DropState:
    """How a drop stands on a day. What came on its due day came in time."""
    if drop.waived_on is not None:
        return DropState.NOT_APPLICABLE
    if drop.received_on is not None:
        return DropState.LATE if drop.received_on > drop.due_on else DropState.COME
    return DropState.MISSING if today > drop.due_on else DropState.DUE


@dataclass(frozen=True, slots=True)
class DropRow:
    """A drop as it is shown: its state, its newest file, and what is to be asked about it."""

    drop: DataDrop
    state: DropState
    file: DropFile | None
    flags: Sequence[str]

    @property
    def category(self) -> DropCategory:
        return get_category(self.drop.category)

    @property
    def letter(self) -> str:
        return DROP_MARKS[self.state][0]

    @property
    def colour(self) -> str:
        return DROP_MARKS[self.state][1]

    @property
    def words(self) -> str:
        return self.state.label


def list_drops(partnership: Partnership) -> "QuerySet[DataDrop]":
    """All drops of a partnership with their files, the newest quarter first."""
    rows = DataDrop.objects.filter(partnership=partnership).select_related("partnership", "organisation")
    return rows.prefetch_related("files__file", "files__removal").order_by("-ends_on", "organisation__name", "category")


def list_seen_drops(person: Any, partnership: Partnership) -> "QuerySet[DataDrop]":
    """All of them for who runs the partnership; for a contributor those of their own agency."""
    rows = list_drops(partnership)
    if find_roles(person, partnership) & SEES_ALL_DROPS:
        return rows
    return rows.filter(organisation__in=find_organisations(person, partnership, Role.CONTRIBUTOR))


def get_drop(request: PartnershipRequest, data_drop_id: Any) -> DataDrop:
    """A drop that the person may see, or 404."""
    return get_own(list_seen_drops(request.user, request.partnership), request, id=data_drop_id)


def describe_drops(drops: Iterable[DataDrop], today: date) -> list[DropRow]:
    """Each drop with what is to be asked about it; earlier quarters of the same are compared with it."""
    rows = list(drops)
    before: dict[Any, DropFile | None] = {}
    ordered = sorted(rows, key=lambda one: (str(one.organisation_id), one.category, one.ends_on))
    last: DropFile | None = None
    for earlier, later in pairwise([None, *ordered]):
        if later is None:
            continue
        is_same = earlier is not None and _is_same_series(earlier, later)
        last = (find_last_file(earlier) or last) if is_same and earlier is not None else None
        before[later.pk] = last
    return [_describe(one, before.get(one.pk), today) for one in rows]


def _is_same_series(one: DataDrop, other: DataDrop) -> bool:
    return (one.organisation_id, one.category) == (other.organisation_id, other.category)


def _describe(drop: DataDrop, before: DropFile | None, today: date) -> DropRow:
    file = find_last_file(drop)
    return DropRow(drop, find_state(drop, today), file, find_flags(file, before, drop) if file else [])


def find_last_file(drop: DataDrop) -> DropFile | None:
    """The newest file of a drop; the earlier ones it replaces, and one that was removed counts no more."""
    files = [file for file in drop.files.all() if not hasattr(file, "removal")]
    return files[-1] if files else None


def find_reading(file: DropFile) -> DropReading:
    """The quality of a file, as it was measured when it came."""
    return DropReading(rows_count=file.rows_count, **file.reading)


def find_flags(file: DropFile, before: DropFile | None, drop: DataDrop) -> list[str]:
    """What somebody should ask the agency about a file."""
    found, reading = [], find_reading(file)
    if not file.rows_count:
        return ["No row at all: the agency says that nothing happened"]
    if before is not None and file.rows_count < before.rows_count * LEAST_SHARE:
        fall = round(100 * (1 - file.rows_count / before.rows_count))
        found.append(f"{fall}% fewer rows than the last one, which had {before.rows_count:,}")
    if missing := [month for month in list_months(drop) if month not in reading.rows_by_month]:
        found.append("No row is of " + ", ".join(missing))
    if reading.outside_count:
        found.append(f"{say_count(reading.outside_count, 'row')} dated outside of the quarter")
    if reading.undated_count:
        found.append(f"{say_count(reading.undated_count, 'row')} without a date that can be read")
    return found + _flag_blanks(reading)


def _flag_blanks(reading: DropReading) -> list[str]:
    lacking = [name for name, count in reading.blanks.items() if count is None]
    blank = [
        f"{say_count(count, 'blank')} in {name}" for name, count in reading.blanks.items()
        if name != "date" and count is not None and count > MOST_BLANK * reading.rows_count
    ]  # fmt: skip
    return [f"No column for {name}" for name in lacking] + blank


def list_months(drop: DataDrop) -> list[str]:
    """The months of a drop's quarter: "2026-07"."""
    return [str(month) for month in Period.parse(drop.period).months]


# -- which are owed -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OwedDrop:
    """A drop that is to be opened."""

    agency: Agency
    category: DropCategory
    quarter: QuarterDates

    @property
    def due_on(self) -> date:
        return find_end_of_next_quarter(self.quarter.ends_on)


def list_owed_drops(partnership: Partnership, quarter: QuarterDates) -> list[OwedDrop]:
    """What the agencies that sat in the partnership in a quarter owe for it, by their kind."""
    seats = Agency.objects.filter(partnership=partnership).select_related("organisation").order_by("organisation__name")
    return [
        OwedDrop(seat, category, quarter) for seat in seats for category in list_drop_categories()
        if seat.organisation.kind in category.kinds and _sat_in(seat, quarter)
    ]  # fmt: skip


def _sat_in(seat: Agency, quarter: QuarterDates) -> bool:
    began = seat.started_on is None or seat.started_on <= quarter.ends_on
    return began and (seat.ended_on is None or seat.ended_on >= quarter.ends_on)


def find_last_ended(today: date) -> QuarterDates:
    """The quarter that ended last."""
    return find_quarter(find_quarter(today).starts_on - timedelta(days=1))


def list_unopened(partnership: Partnership, today: date) -> list[QuarterDates]:
    """Quarters that have ended and whose drops are not open: the last one, and those since the newest that is."""
    newest = DataDrop.objects.filter(partnership=partnership).order_by("-ends_on").first()
    last = find_last_ended(today)
    found = [last]
    while newest is not None and found[0].starts_on - timedelta(days=1) > newest.ends_on:
        found.insert(0, find_quarter(found[0].starts_on - timedelta(days=1)))
    return found
