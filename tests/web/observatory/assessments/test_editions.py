"""Documents built in the background, published by a second person, kept, and downloaded by who may."""

import json
from pathlib import Path

import pytest

from support.web.world import World
from wardmote.evidence.interface import list_loads, list_recorded, load_files, open_store, undo_load
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.observatory.assessments import actions, policies, queries
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection, Edition
from wardmote.web.observatory.interface import list_published_editions, read_edition_figures
from wardmote.web.partnerships.states import Role
from web.observatory.assessments.conftest import AREA, FALSE, YEAR, Approve, Built, build

pytestmark = pytest.mark.django_db


def test_edition_is_built_published_and_downloaded(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    approve()
    edition = build(assessment, world.people[Role.ANALYST])
    assert len(queries.list_files(edition)) == 8
    chair = world.sign_in(Role.CHAIR)
    base = f"/p/ashmere/evidence/assessment-editions/{edition.pk}/"
    assert "Publish this edition" in chair.get(base).content.decode()
    assert chair.post(f"{base}publish/").status_code == 302
    page = world.sign_in(Role.READER).get(base).content.decode()
    assert "Edition 1" in page
    assert "For the public" in page
    assert "For the partnership" not in page
    (row,) = list_published_editions(world.partnership)
    assert (row.number, row.year, row.is_newest) == (1, YEAR, True)
    assert read_edition_figures(world.partnership, row.id)["figures"][0]["value"] == 416
    assert len(list_recorded(open_store(own_store))) == 2


def test_partnerships_copy_is_not_for_readers(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    approve()
    edition = build(assessment, world.people[Role.ANALYST])
    files = {(f.twin, f.form): f"/p/ashmere/evidence/assessment-files/{f.pk}/" for f in queries.list_files(edition)}
    assert world.sign_in(Role.READER).get(files["public", "pdf"]).status_code == 403
    actions.publish_edition(edition=edition, by=world.people[Role.CHAIR])
    for role, twin, status in (
        (Role.READER, "public", 200), (Role.READER, "partnership", 403), (Role.SCRUTINY, "partnership", 403),
        (Role.CONTRIBUTOR, "partnership", 200), (Role.EXECUTIVE, "partnership", 200),
    ):  # fmt: skip
        answer = world.sign_in(role).get(files[twin, "pdf"])
        assert answer.status_code == status, (role, twin)
        assert status == 403 or b"".join(answer.streaming_content).startswith(twin.encode())  # type: ignore[attr-defined]


def test_same_words_and_window_give_the_same_digest(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    approve()
    first, second = (build(assessment, world.people[Role.ANALYST]) for _ in range(2))
    assert first.digest == second.digest
    assert list(Edition.objects.values_list("pk", flat=True)) == [second.pk]


def test_edition_with_a_fault_is_not_built(world: World, own_store: Path, assessment: Assessment) -> None:
    section = assessment.sections.select_related("assessment__partnership", "partnership").get(key="burglary")
    actions.save_section(section=section, text=FALSE, seen=0, by=world.people[Role.ANALYST])
    with pytest.raises(RefusedError, match="does not bear"):
        actions.build_edition(assessment=assessment, by=world.people[Role.ANALYST])


def test_edition_is_not_published_before_every_section_is_approved(
    world: World, own_store: Path, assessment: Assessment, built: Built
) -> None:
    edition = build(assessment, world.people[Role.ANALYST])
    with pytest.raises(RefusedError, match="“At a glance” is not written"):
        actions.publish_edition(edition=edition, by=world.people[Role.CHAIR])


def test_edition_of_other_words_is_not_published(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    approve()
    edition = build(assessment, world.people[Role.ANALYST])
    approve("burglary")
    with pytest.raises(RefusedError, match="changed since it was built"):
        actions.publish_edition(edition=edition, by=world.people[Role.CHAIR])


def test_edition_that_its_own_check_accuses_is_not_published(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    from types import SimpleNamespace

    approve()
    built.accused = (SimpleNamespace(quote="fell by 12%", why="it is 10%"),)
    edition = build(assessment, world.people[Role.ANALYST])
    page = world.sign_in(Role.CHAIR).get(f"/p/ashmere/evidence/assessment-editions/{edition.pk}/").content.decode()
    assert "it is 10%" in page
    with pytest.raises(RefusedError, match="own claims"):
        actions.publish_edition(edition=edition, by=world.people[Role.CHAIR])


def test_edition_built_before_another_was_published_is_built_again(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    approve()
    edition = build(assessment, world.people[Role.ANALYST])
    (own_store / "published").mkdir(exist_ok=True)
    (own_store / "published" / "20261121T100000Z-X.json").write_text(
        json.dumps({"title": "T", "audience": "public", "figures": []})
    )
    with pytest.raises(RefusedError, match="Another report was published"):
        actions.publish_edition(edition=edition, by=world.people[Role.CHAIR])


def test_later_edition_supersedes_and_changes_nothing(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    chair, analyst = world.people[Role.CHAIR], world.people[Role.ANALYST]
    approve()
    first = actions.publish_edition(edition=build(assessment, analyst), by=chair)
    digest = first.digest
    with pytest.raises(RefusedError, match="published already"):
        actions.publish_edition(edition=first, by=chair)
    approve("burglary")
    second = actions.publish_edition(edition=build(assessment, analyst), by=chair)
    first.refresh_from_db()
    assert (first.number, second.number, first.digest) == (1, 2, digest)
    assert queries.is_superseded(first)
    assert [row.is_newest for row in list_published_editions(world.partnership)] == [True, False]


def test_window_moved_forward_opens_approvals_and_names_what_changed(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, *, tmp_path: Path, evidence_store: Path
) -> None:
    approve()
    month = next(evidence_store.with_name("files").rglob("2026-03*-street.csv"))
    lines = month.read_text("utf-8").splitlines()
    burglaries = [line for line in lines if ",Burglary," in line]
    kept = (line for line in lines if line not in burglaries[: len(burglaries) // 2])
    month = tmp_path / month.name
    month.write_text("\n".join(kept) + "\n")
    load_files(open_store(own_store), "police-street", [month], now=read_now(), by="test")
    move = actions.move_window(assessment=assessment, reason="March came anew.", by=world.people[Role.ANALYST])
    section = AssessmentSection.objects.get(assessment=assessment, key="at-a-glance")
    assert (section.state, section.faults) == ("written", None)
    assert "held against the data" in " ".join(policies.list_lacking(queries.list_sections(assessment)))
    job = find_job(move)
    assert job is not None
    do_job.func(job_id=str(job.pk))
    move.refresh_from_db()
    section.refresh_from_db()
    assert section.faults is not None
    changed = {one["id"]: (one["earlier"], one["later"]) for one in move.changes}
    assert changed[f"burglary_count:{AREA}:{YEAR}"][0] == 416
    assert changed[f"burglary_count:{AREA}:{YEAR}"][1] < 416
    page = world.sign_in(Role.LEAD).get(f"/p/ashmere/evidence/window-moves/{move.pk}/").content.decode()
    assert "Burglary: " in page
    assert "March came anew." in page


def test_load_taken_back_after_the_window_was_frozen_is_told(
    world: World, own_store: Path, assessment: Assessment
) -> None:
    store = open_store(own_store)
    assert actions.list_loads_since(assessment) == ()
    newest = list_loads(store)[-1].manifest.id
    undo_load(store, newest, now=read_now(), by="test")
    assert [load.manifest.id for load in actions.list_loads_since(assessment)] == [newest]
    page = world.sign_in(Role.ANALYST).get(f"/p/ashmere/evidence/assessments/{assessment.pk}/move-window/")
    assert "Taken back" in page.content.decode()


def test_build_whose_place_was_taken_leads_to_the_later_one(
    world: World, assessment: Assessment, approve: Approve, built: Built
) -> None:
    approve()
    first, second = (build(assessment, world.people[Role.ANALYST]) for _ in range(2))
    client = world.sign_in(Role.ANALYST)
    answer = client.get(f"/p/ashmere/evidence/assessment-editions/{first.pk}/", follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"{second.pk}/")
    assert "A later build took the place" in answer.content.decode()
    assert client.get(f"/p/ashmere/evidence/assessment-editions/{assessment.pk}/").status_code == 404


def test_same_build_asked_for_twice_at_once_is_one(world: World, assessment: Assessment, approve: Approve) -> None:
    approve()
    first, second = (actions.build_edition(assessment=assessment, by=world.people[Role.ANALYST]) for _ in range(2))
    assert first.pk == second.pk
