"""One object of every kind that an address can name, in a world of its own.

An area of an app that came later has a module beside this one, `objects_<area>.py`, which is found by its name:
`make_objects(world)` makes its objects by the names that addresses give them (`meeting_id` names "meeting"), and, where
it needs them, `WORDS` are words in its addresses, `OWN_WORDS` words that mean different things on different pages, and
`ASK_MORE` the roles that a page answers where the state of its object asks for more than the ability.
"""

from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.world import NOW, TODAY, World, make_world
from wardmote.evidence.interface import encode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.files import store_file
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Agency, Invitation, Membership
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Action, Gate, PastLink, Plan, Risk
from wardmote.web.returns.models import (
    Cover,
    IssuedDocument,
    IssuedValue,
    ReturnFile,
    ReturnVersion,
    SheetUpload,
    StatusOverride,
)

AREAS: list[ModuleType] = [
    import_module(f"support.web.{path.stem}") for path in sorted(Path(__file__).parent.glob("objects_*.py"))
]


def gather(name: str) -> dict[Any, Any]:
    """What the areas say under a name, together."""
    return {key: value for area in AREAS for key, value in getattr(area, name, {}).items()}


#: Words in addresses that name no object.
WORDS = {"form": "json", "to": "draft", "kind": "risks"} | gather("WORDS")
#: Names that mean different things on different pages.
OWN_WORDS = {("change_target_typed", "kind"): "threshold"} | gather("OWN_WORDS")
#: What `pk` names, by the page; elsewhere it is a return.
_PAGES = {
    "end_cover": "cover", "show_quarter": "quarter", "put_off_due": "quarter", "lock_quarter": "quarter",
    "reopen_quarter": "quarter", "show_workbook_upload": "upload", "refused_workbook_rows": "upload",
}  # fmt: skip


def name_object(page: str, kwarg: str) -> str:
    """Which of our objects a part of a page's address names; "" for a word."""
    if kwarg in WORDS or (page, kwarg) in OWN_WORDS:
        return ""
    return _PAGES.get(page, "return") if kwarg == "pk" else kwarg.removesuffix("_pk").removesuffix("_id")


def make_objects(name: str) -> tuple[World, dict[str, Any]]:
    """A world, and one of every kind of object in it, by the name that addresses give it."""
    world = make_world(name)
    with writing(by=None, verb="test.objects_made", partnership=world.partnership):
        found = {**_pick(world), **_make_people(world), **_make_plan_records(world), **_make_return_records(world)}
    for area in AREAS:
        found |= area.make_objects(world)
    return world, found


def _pick(world: World) -> dict[str, Any]:
    reader = world.people[Role.READER]
    return {
        "person": reader, "membership": Membership.objects.get(person=reader), "organisation": world.police,
        "agency": Agency.objects.get(organisation=world.council), "plan": world.plan, "quarter": world.quarter,
        "indicator": world.indicators["P1-1"], "return": world.returns["P1-1"],
    }  # fmt: skip


def _make_people(world: World) -> dict[str, Any]:
    common = {"partnership": world.partnership}
    return {
        "invitation": Invitation.objects.create(
            **common, email=f"new@{world.partnership.slug}.example.org", role=Role.READER,
            digest=world.partnership.pk.hex, sent_at=NOW, expires_at=NOW + timedelta(days=9999),
        ),
        "cover": Cover.objects.create(
            **common, organisation=world.police, absent=world.people[Role.CONTRIBUTOR],
            delegate=world.people[Role.ANALYST], starts_on=TODAY - timedelta(days=90),
            ends_on=TODAY - timedelta(days=80),
        ),
    }  # fmt: skip


def _make_plan_records(world: World) -> dict[str, Any]:
    common = {"partnership": world.partnership, "plan": world.plan}
    past = Plan.objects.create(
        partnership=world.partnership, lineage=uuid4(), title="Safer plan 2022-25", starts_on=date(2022, 4, 1),
        ends_on=date(2025, 3, 31), state="adopted", is_historic=True, made_at=NOW,
    )  # fmt: skip
    return {
        "link": PastLink.objects.create(**common, past=past, reason="The same measures", linked_at=NOW),
        "gate": Gate.objects.create(**common, kind="cabinet", number=1),
        "action": Action.objects.create(**common, priority=world.priority, number=1, text="Light the alley"),
        "record": Risk.objects.create(**common, number=1, text="Funding ends"),
        "override": StatusOverride.objects.create(
            partnership=world.partnership, indicator=world.indicators["P1-1"], period="2026/27Q1", status="red",
            reason="Counted twice", set_at=NOW,
        ),
    }  # fmt: skip


def _make_return_records(world: World) -> dict[str, Any]:
    common = {"partnership": world.partnership}
    owed, who = world.returns["P1-1"], world.people[Role.CONTRIBUTOR]
    value = Value(period="2026/27Q2", shape="x_of_y", part=81.0, whole=100.0)
    version = ReturnVersion.objects.create(
        **common, of=owed, number=1, kind="submitted", value=encode_value(value), numerator=81.0, denominator=100.0,
        amount=81.0, submitted_at=NOW, submitted_by=who.pk,
    )  # fmt: skip
    owed.version, owed.state = version, "submitted"
    owed.save()
    content = f"minutes of {world.partnership.slug}".encode()
    stored = store_file(SimpleUploadedFile("minutes.txt", content), by=who, partnership=world.partnership)
    document = IssuedDocument.objects.create(
        **common, plan=world.plan, period="2026/27Q2", title="Report", form="json", sha256=stored.sha256, made_at=NOW
    )
    IssuedValue.objects.create(**common, document=document, version=version)
    return {
        "file": ReturnFile.objects.create(**common, of=owed, file=stored),
        "document": document,
        "upload": SheetUpload.objects.create(
            **common, quarter=world.quarter, organisation=world.police, name="back.xlsx", uploaded_at=NOW,
            uploaded_by=who.pk,
        ),
    }  # fmt: skip
