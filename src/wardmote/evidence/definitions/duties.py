"""What the law asks of a partnership, as dated entries with their clocks; and which data each kind of agency gives."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from wardmote.evidence.definitions.files import DefinitionReader, LinedDict, parse_yaml, read_catalogue_text
from wardmote.evidence.model.errors import DefinitionError, Fault

ClockKind = Literal["every", "quarterly", "after", "yearly_by", "once_by", "standing"]
CLOCK_KINDS: tuple[ClockKind, ...] = ("every", "quarterly", "after", "yearly_by", "once_by", "standing")
TIERS = ("single", "district", "county")
_KNOWN_BY = (
    "assessment_published", "plan_made", "plan_adopted", "plan_sent", "consultation", "public_meeting", "data_drops",
    "scrutiny_meeting", "recommendations",
)  # fmt: skip
_LEAD_DAYS = 60
_MOST_MONTHS, _MOST_DAYS = 120, 3660
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Clock:
    """When a duty is due.

    `every` so many months after it was last done; `quarterly`, for each quarter by the end of the next; `after` so many
    months and days from what `of` names; `yearly_by` a day of each year; `once_by` a date; `standing`, always and by no
    date. `is_own_alarm`: the law names no number, ours only says when to ask. `is_running`: what `of` names runs for
    the months from its first day on, and the duty is due by the last day of them.
    """

    kind: ClockKind
    months: int = 0
    days: int = 0
    month: int = 0
    day: int = 0
    on: date | None = None
    of: str = ""
    is_own_alarm: bool = False
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that the law asks, in our own words, from a day on and perhaps until a day."""

    id: str
    title: str
    what: str
    who: str
    tiers: tuple[str, ...]
    act: str
    section: str
    valid_from: date
    valid_to: date | None
    clock: Clock
    evidence: str
    known_by: str
    lead_days: int
    is_confirmed: bool
    doubt: str
    moving: str

    @property
    def source(self) -> str:
        return f"{self.act}, {self.section}"


@dataclass(frozen=True, slots=True)
class DropColumn:
    """A column that a data drop must have, and the words by which its heading is known."""

    name: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DropCategory:
    """One kind of data that agencies of some kinds give for each quarter."""

    id: str
    title: str
    kinds: tuple[str, ...]
    source: str
    note: str
    columns: tuple[DropColumn, ...]


@cache
def list_duties() -> tuple[Duty, ...]:
    """Every duty of the shipped catalogue, in its order."""
    return parse_duties(read_catalogue_text("duties/duties.yaml"), "catalogue/duties/duties.yaml")


@cache
def list_drop_categories() -> tuple[DropCategory, ...]:
    """Every category of the shipped catalogue of data drops, in its order."""
    return parse_drop_categories(read_catalogue_text("duties/drops.yaml"), "catalogue/duties/drops.yaml")


def parse_duties(text: str, where: str) -> tuple[Duty, ...]:
    """Which duties does the text define? Raises DefinitionError with every fault, each by its line."""
    items = _read_items(text, where, what="duties", key="duty")
    faults: list[Fault] = []
    found = tuple(_parse_duty(_open(item, where, faults)) for item in items)
    _finish([one.id for one in found], items, where, key="duty", faults=faults)
    return found


def parse_drop_categories(text: str, where: str) -> tuple[DropCategory, ...]:
    """Which categories of data drops does the text define? Raises DefinitionError as `parse_duties` does."""
    items = _read_items(text, where, what="categories", key="category")
    faults: list[Fault] = []
    found = tuple(_parse_category(_open(item, where, faults)) for item in items)
    _finish([one.id for one in found], items, where, key="category", faults=faults)
    return found


def _read_items(text: str, where: str, *, what: str, key: str) -> list[LinedDict]:
    body = parse_yaml(text, where)
    if not isinstance(body, list) or not all(isinstance(item, LinedDict) for item in body):
        raise DefinitionError(f"this file is not a list of {what}", where=where, expected=f"a list of '- {key}: …'")
    return body


def _open(item: LinedDict, where: str, faults: list[Fault]) -> DefinitionReader:
    return DefinitionReader(item, where, faults, line=min(item.lines.values(), default=1))


def _finish(ids: list[str], items: list[LinedDict], where: str, *, key: str, faults: list[Fault]) -> None:
    """Complain of what stands twice, and raise all that was found."""
    for number, (one, item) in enumerate(zip(ids, items, strict=True)):
        if one and one in ids[:number]:
            faults.append(Fault(f"'{one}' is defined twice", where=f"{where}, line {item.lines[key]}"))
    if faults:
        raise DefinitionError(f"{where} does not say what it must", faults=faults)


def _parse_duty(reader: DefinitionReader) -> Duty:
    source, valid_from = reader.nested("source"), _read_date(reader, "valid_from") or date.min
    found = Duty(
        id=reader.text("duty"), title=reader.text("title"), what=reader.text("what"), who=reader.text("who"),
        tiers=_read_tiers(reader), act=source.text("act"), section=source.text("section"), valid_from=valid_from,
        valid_to=_read_date(reader, "valid_to", is_optional=True), clock=_parse_clock(reader.nested("clock")),
        evidence=reader.text("evidence"), known_by=reader.choice("known_by", _KNOWN_BY, default=""),
        lead_days=_read_count(reader, "lead_days", most=_MOST_DAYS, default=_LEAD_DAYS),
        is_confirmed=_read_yes(reader, "confirmed", default=True), doubt=reader.text("doubt", default=""),
        moving=reader.text("moving", default=""),
    )  # fmt: skip
    if found.valid_to is not None and found.valid_to < valid_from:
        reader.complain(f"the duty ends on {found.valid_to}, before it starts", expected="valid_from before valid_to")
    if found.is_confirmed == bool(found.doubt):
        reader.complain("confirmed and doubt do not go together", expected="a doubt exactly where confirmed is false")
    source.check_known()
    reader.check_known()
    return found


def _read_tiers(reader: DefinitionReader) -> tuple[str, ...]:
    tiers = reader.texts("tiers", default=None)
    if wrong := [tier for tier in tiers if tier not in TIERS]:
        _complain(reader, "tiers", f"tiers holds '{wrong[0]}'", "some of " + ", ".join(TIERS))
    return tiers


def _parse_clock(reader: DefinitionReader) -> Clock:
    said = reader.choice("kind", CLOCK_KINDS)
    kinds: dict[str, ClockKind] = {one: one for one in CLOCK_KINDS}
    kind = kinds.get(said, "standing")
    found = Clock(
        kind=kind, months=_read_count(reader, "months", most=_MOST_MONTHS),
        days=_read_count(reader, "days", most=_MOST_DAYS), month=_read_count(reader, "month", most=12),
        day=_read_count(reader, "day", most=31), on=_read_date(reader, "by", is_optional=True),
        of=reader.text("of", default=""), is_own_alarm=_read_yes(reader, "own_alarm", default=False),
        is_running=_read_yes(reader, "running", default=False),
    )  # fmt: skip
    if lacking := find_lacking(found):
        reader.complain(f"a clock of the kind '{kind}' lacks {lacking}", expected=lacking)
    if wrong := find_wrong_day(found):
        reader.complain(wrong, expected="a day that the month has")
    reader.check_known()
    return found


def find_lacking(clock: Clock) -> str:
    """What a clock must say and does not, in words; '' for nothing.

    >>> find_lacking(Clock("every", months=12)), find_lacking(Clock("every"))
    ('', 'months')
    """
    needs = {
        "every": ("months", clock.months > 0), "yearly_by": ("month and day", clock.month > 0 and clock.day > 0),
        "after": ("days or months, and what they are counted from", bool((clock.months or clock.days) and clock.of)),
        "once_by": ("the date", clock.on is not None),
    }  # fmt: skip
    words, is_there = needs.get(clock.kind, ("", True))
    return "" if is_there else words


def find_wrong_day(clock: Clock) -> str:
    """Why a clock's day of each year is no day of its month; '' where it is one. 29 February is one.

    >>> find_wrong_day(Clock("yearly_by", month=2, day=31)), find_wrong_day(Clock("yearly_by", month=2, day=29))
    ('February has no day 31', '')
    """
    if clock.kind != "yearly_by" or not 1 <= clock.month <= 12:
        return ""
    is_there = 1 <= clock.day <= monthrange(_LEAP_YEAR, clock.month)[1]
    return "" if is_there else f"{date(_LEAP_YEAR, clock.month, 1):%B} has no day {clock.day}"


def _parse_category(reader: DefinitionReader) -> DropCategory:
    columns = []
    for one in reader.items("columns"):
        columns.append(DropColumn(one.text("name"), one.texts("headings", default=None)))
        one.check_known()
    found = DropCategory(
        id=reader.text("category"), title=reader.text("title"), kinds=reader.texts("kinds", default=None),
        source=reader.text("source"), note=reader.text("note", default=""), columns=tuple(columns),
    )  # fmt: skip
    if columns and "date" not in [column.name for column in columns]:
        reader.complain("no column is the date", expected="a column named date, by which months are counted")
    reader.check_known()
    return found


def _read_date(reader: DefinitionReader, key: str, *, is_optional: bool = False) -> date | None:
    value: Any = reader.take(key, False if is_optional else None)
    if isinstance(value, date):
        return value
    if value not in (None, False):
        _complain(reader, key, f"{key} is '{value}'", "a date, such as 2024-01-31")
    return None


def _read_count(reader: DefinitionReader, key: str, *, most: int, default: int = 0) -> int:
    value = reader.number(key, default=default)
    if not 0 <= value <= most or value != int(value):
        _complain(reader, key, f"{key} is {value:g}", f"a whole number from 0 to {most}")
        return default
    return int(value)


def _read_yes(reader: DefinitionReader, key: str, *, default: bool) -> bool:
    value = reader.take(key, default)
    if not isinstance(value, bool):
        _complain(reader, key, f"{key} is '{value}'", "true or false")
        return default
    return value


def _complain(reader: DefinitionReader, key: str, found: str, expected: str) -> None:
    """Add a fault of one field, by its own line."""
    line = reader.body.lines.get(key, reader.line)
    reader.faults.append(Fault(found, where=f"{reader.where}, line {line}", expected=expected))
