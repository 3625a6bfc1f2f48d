"""An assessment begun by mistake: withdrawn with a reason, kept to be read, closed to every write, its year free."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support.web.world import World
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.observatory.assessments import actions
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection, Edition
from wardmote.web.partnerships.states import Role
from web.observatory.assessments.conftest import AREA, FALSE, TRUE, YEAR, Approve, Built, build

pytestmark = pytest.mark.django_db


def withdraw(world: World, assessment: Assessment) -> None:
    actions.withdraw_assessment(assessment=assessment, reason="The wrong year", by=world.people[Role.ANALYST])


def test_withdrawn_assessment_is_kept_and_its_year_is_begun_again(world: World, burglary: AssessmentSection) -> None:
    analyst = world.people[Role.ANALYST]
    actions.save_section(section=burglary, text=FALSE, seen=0, by=analyst)
    client = world.sign_in(Role.ANALYST)
    here = f"/p/ashmere/evidence/assessments/{burglary.assessment_id}/"
    assert f"{here}withdraw/" in client.get(here).content.decode()
    assert client.post(f"{here}withdraw/", {"reason": " "}).status_code == 422
    assert client.post(f"{here}withdraw/", {"reason": "The wrong year"}).status_code == 302
    entry = AuditEntry.objects.filter(verb="assessments.withdrawn").get()
    assert entry.by == analyst.pk
    page = client.get(here).content.decode()
    assert "The wrong year" in page
    assert "build/" not in page
    assert f"{here}withdraw/" not in page
    section = client.get(f"/p/ashmere/evidence/assessment-sections/{burglary.pk}/").content.decode()
    assert "Assessment withdrawn" in section
    assert "Go on writing" not in section
    made = actions.start_assessment(partnership=world.partnership, area=AREA, year=YEAR, by=analyst)
    assert made.pk != burglary.assessment_id
    with pytest.raises(RefusedError, match="begun already"):
        actions.start_assessment(partnership=world.partnership, area=AREA, year=YEAR, by=analyst)


def test_every_write_on_a_withdrawn_assessment_is_refused(
    world: World, own_store: Path, burglary: AssessmentSection, built: Built
) -> None:
    analyst, chair, assessment = world.people[Role.ANALYST], world.people[Role.CHAIR], burglary.assessment
    actions.save_section(section=burglary, text=TRUE, seen=0, by=analyst)
    comment = actions.add_comment(section=burglary, text="Where?", by=chair)
    edition = build(assessment, analyst)
    withdraw(world, Assessment.objects.select_related("partnership").get(pk=assessment.pk))
    writes: list[Callable[[], object]] = [
        lambda: actions.save_section(section=burglary, text=FALSE, seen=1, by=analyst),
        lambda: actions.bring_back_version(section=burglary, number=1, seen=1, by=analyst),
        lambda: actions.submit_section(section=burglary, seen=1, by=analyst),
        lambda: actions.approve_section(section=burglary, seen=1, by=chair),
        lambda: actions.send_back_section(section=burglary, reason="No", seen=1, by=chair),
        lambda: actions.add_comment(section=burglary, text="There", by=chair),
        lambda: actions.resolve_comment(comment=comment, by=analyst),
        lambda: actions.build_edition(assessment=assessment, by=analyst),
        lambda: actions.publish_edition(edition=edition, by=chair),
        lambda: withdraw(world, assessment),
    ]
    for write in writes:
        with pytest.raises(RefusedError, match="withdrawn"):
            write()
    burglary.refresh_from_db()
    assert (burglary.number, burglary.state, Edition.objects.get().state) == (1, "written", "built")


def test_build_under_way_comes_to_nothing(world: World, own_store: Path, assessment: Assessment, built: Built) -> None:
    actions.build_edition(assessment=assessment, by=world.people[Role.ANALYST])
    withdraw(world, assessment)
    assert not Edition.objects.exists()


def test_published_assessment_is_not_withdrawn(
    world: World, own_store: Path, assessment: Assessment, approve: Approve, built: Built
) -> None:
    approve()
    actions.publish_edition(edition=build(assessment, world.people[Role.ANALYST]), by=world.people[Role.CHAIR])
    with pytest.raises(RefusedError, match="was published"):
        withdraw(world, assessment)


def test_nothing_is_to_be_done_for_a_withdrawn_assessment(world: World, burglary: AssessmentSection) -> None:
    actions.save_section(section=burglary, text=FALSE, seen=0, by=world.people[Role.ANALYST])
    assert world.sign_in(Role.ANALYST).get("/p/ashmere/").content.decode().count("does not bear") == 1
    withdraw(world, burglary.assessment)
    assert "does not bear" not in world.sign_in(Role.ANALYST).get("/p/ashmere/").content.decode()
