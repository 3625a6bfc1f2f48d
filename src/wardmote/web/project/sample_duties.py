"""The sample's duties and data drops: one duty overdue, one never done, a file that never came and one that came late.

Nothing here is of a real place: the wards, the rows and the minutes are invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from wardmote.evidence.definitions.duties import Clock
from wardmote.web.governance.duties.actions import add_duty, add_event, change_duty, record_done, waive_duty
from wardmote.web.governance.duties.drop_actions import open_quarter, receive_drop, waive_drop
from wardmote.web.governance.duties.drops import find_last_ended, get_category
from wardmote.web.governance.duties.models import DataDrop
from wardmote.web.partnerships.interface import Organisation, Partnership, Person, Role
from wardmote.web.returns.interface import QuarterDates, find_quarter

_QUARTERS = 4
#: Duty, days before today, what shows it. Left out on purpose: the yearly report on safe accommodation.
_DONE = (
    ("accessibility-statement", 401, "Statement, reviewed with the web team"),
    ("case-review-figures", 205, "Four figures of the year, on the council’s page"),
    ("serious-violence-strategy", 1010, "Serious violence strategy, first version"),
    ("serious-violence-review", 318, "Executive, minute 6: strategy looked at and revised"),
    ("safe-accommodation-strategy", 690, "Strategy for safe accommodation, published"),
    ("prevent-plan", 150, "Executive, minute 9: Prevent plan agreed"),
    ("sensitive-processing-policy", 120, "Policy document, looked at with the data protection officer"),
    ("sharing-agreements-review", 95, "Register of agreements, all looked at"),
    ("strategic-assessment", 262, "Strategic assessment, agreed by the executive"),
    ("community-views", 240, "Survey and four drop-in days: what was said and what it changed"),
    ("plan-revision", 233, "Executive, minute 4: plan looked at and revised"),
)  # fmt: skip
_OWNERS = (
    ("public-meeting", "Zellmouth Council Community Safety", "Head of community safety"),
    ("accessibility-statement", "Zellmouth Council Community Safety", "Web manager"),
    ("domestic-abuse-report", "Zellmouth Council Community Safety", "Domestic abuse lead"),
    ("serious-violence-review", "Zellmouth Police", "Superintendent, partnerships"),
)
_WARDS = ("Zangate", "Zellwick", "Zimford", "Zorrow", "Zunley")
_ENTRIES = ("Noise", "Damage", "Nuisance", "Assault", "Vehicles")


@dataclass(frozen=True, slots=True)
class _Gone:
    """What went wrong with a drop: how many quarters ago, whose."""

    category: str
    quarters_ago: int


_MISSING, _LATE, _FEWER = _Gone("school-exclusions", 2), _Gone("fire-incidents", 1), _Gone("council-behaviour", 1)
#: Of the newest quarter, which is still open, these have come.
_CAME_EARLY = ("police-crime", "police-incidents", "fire-incidents")


def load_duties(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """Fill the duty calendar and the register of data drops of the sample partnership."""
    who = by or Person.objects.filter(
        memberships__partnership=partnership, memberships__role=Role.COORDINATOR
    ).distinct()[0]  # fmt: skip
    _load_calendar(partnership, by=who, today=today)
    for ago in reversed(range(_QUARTERS)):
        _load_quarter(partnership, _find_quarter(today, ago), ago, by=who, today=today)


def _load_calendar(partnership: Partnership, *, by: Person, today: date) -> None:
    for key, days, title in _DONE:
        record_done(partnership=partnership, key=key, done_on=today - timedelta(days), title=title, by=by)
    for key, body, post in _OWNERS:
        found = Organisation.objects.filter(seats__partnership=partnership, name=body).first()
        fields = {"owner_body": found, "owner_title": post}
        change_duty(partnership=partnership, key=key, fields=fields, by=by)
    add_event(
        partnership=partnership, key="protection-order-end", title="Order 2, Zangate front",
        happened_on=today - timedelta(900), by=by,
    )  # fmt: skip
    reason = "No order on anybody under 18 runs in the area"
    waive_duty(partnership=partnership, key="young-person-order-review", reason=reason, by=by)
    _add_own(partnership, by=by, today=today)


def _add_own(partnership: Partnership, *, by: Person, today: date) -> None:
    fields = {
        "title": "Walk through the night-time economy", "what": "Partners walk Zangate on a Friday night.",
        "who": "Police and council", "source": "Executive, minute 11", "evidence": "The note of the walk",
        "starts_on": today - timedelta(400),
    }  # fmt: skip
    duty = add_duty(partnership=partnership, fields=fields, clock=Clock("every", months=3), by=by)
    record_done(partnership=partnership, key=duty.key, done_on=today - timedelta(20), title="Note of the walk", by=by)


def _find_quarter(today: date, ago: int) -> QuarterDates:
    quarter = find_last_ended(today)
    for _ in range(ago):
        quarter = find_quarter(quarter.starts_on - timedelta(days=1))
    return quarter


def _load_quarter(partnership: Partnership, quarter: QuarterDates, ago: int, *, by: Person, today: date) -> None:
    open_quarter(partnership=partnership, quarter=quarter, today=quarter.ends_on + timedelta(days=1), by=by)
    drops = DataDrop.objects.filter(partnership=partnership, period=quarter.period).select_related("partnership")
    for number, drop in enumerate(drops.order_by("organisation__name", "category")):
        here = _Gone(drop.category, ago)
        if drop.category == "ambulance-calls":
            waive_drop(drop=drop, reason="The ambulance trust has no seat here; its data comes from the county", by=by)
        elif here != _MISSING and (ago or drop.category in _CAME_EARLY):
            days = min(38 + 4 * number, 80) if here != _LATE else (drop.due_on - quarter.ends_on).days + 23
            came = min(quarter.ends_on + timedelta(days), today)
            _send(drop, by=by, came=came, share=0.4 if here == _FEWER else 1.0)


def _send(drop: DataDrop, *, by: Person, came: date, share: float) -> None:
    content = "\r\n".join(_list_rows(drop, share)).encode()
    receive_drop(drop=drop, upload=SimpleUploadedFile("drop.csv", content), received_on=came, by=by)


def _list_rows(drop: DataDrop, share: float) -> Sequence[str]:
    """A small table with the prescribed columns, spread over the quarter."""
    columns = [column.name for column in get_category(drop.category).columns]
    count, length = round(60 * share), (drop.ends_on - drop.starts_on).days + 1
    rows = []
    for number in range(count):
        day = drop.starts_on + timedelta(days=number * length // count)
        cells = {
            "date": day.isoformat(), "time": f"{(number * 7) % 24:02}:00", "place": _WARDS[number % len(_WARDS)],
            "kind": _ENTRIES[(number * 3) % len(_ENTRIES)],
        }  # fmt: skip
        rows.append(",".join(cells[name] for name in columns))
    return [",".join(name.title() for name in columns), *rows]
