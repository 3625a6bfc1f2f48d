"""In a store that two partnerships share, neither replaces what the other loaded without both being told."""

import re
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.street_months import write_month
from support.web.world import World, make_world
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.partnerships.states import Role


def load_month(world: World, month: str) -> str:
    """Load a month for a partnership, as its analyst does; the load's name."""
    file = SimpleUploadedFile(f"{month}-kent-street.csv", write_month(month, 4))
    address = f"/p/{world.partnership.slug}/evidence/loads/new/police-street/"
    assert world.sign_in(Role.ANALYST).post(address, {"files": [file]}).status_code == 302
    load: EvidenceLoad = EvidenceLoad.objects.filter(partnership=world.partnership).latest("asked_at")
    do_job.func(job_id=str(find_job(load).pk))  # type: ignore[union-attr]
    load.refresh_from_db()
    return load.load


def say_load(world: World, name: str) -> str:
    page = world.sign_in(Role.READER).get(f"/p/{world.partnership.slug}/evidence/loads/held/{name}/").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def list_titles(world: World, rf: Any, role: Role) -> list[str]:
    request = rf.get("/")
    request.partnership, request.user, request.roles = world.partnership, world.people[role], frozenset({role})
    return [thing.title + thing.detail for thing in list_things_to_do(request) if "replaced" in thing.title]


def test_both_partnerships_are_told_what_a_load_replaced_and_nobody_of_ones_own(
    world: World, home: Path, rf: Any
) -> None:
    other = make_world("birchwood")
    ours, own = load_month(world, "2026-01"), load_month(world, "2026-01")
    assert "took the place" not in say_load(world, own)
    assert not list_titles(world, rf, Role.ANALYST)
    theirs = load_month(other, "2026-01")
    replaced = say_load(world, own)
    assert "by another partnership of this installation:" in replaced
    assert "kent January 2026" in replaced
    assert "another partnership of this installation" not in say_load(world, ours)
    assert "took the place of what another partnership of this installation had loaded" in say_load(other, theirs)
    assert "took the place of yours" in say_load(world, theirs)
    assert "Replaced on" in say_load(other, own)
    assert any("kent January 2026" in title for title in list_titles(world, rf, Role.ANALYST))
    assert not list_titles(other, rf, Role.ANALYST)
    assert not list_titles(world, rf, Role.READER)
