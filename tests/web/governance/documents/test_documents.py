"""Papers at a button: made in the background, kept with what they used, shown to whom they are for."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from support.web.performance import report
from support.web.world import NOW, TODAY, World, make_world
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.documents.making import ask_for_paper, make_files
from wardmote.web.governance.documents.models import MadePaper
from wardmote.web.governance.scrutiny.actions import leave_out_target
from wardmote.web.partnerships.interface import Membership, Partnership, Role
from wardmote.web.plans.models import Action, Priority
from wardmote.web.returns.interface import DocumentKind
from wardmote.web.returns.models import IssuedDocument, IssuedValue, Return
from wardmote.web.returns.performance.revisions import tell_documents

YEAR, QUARTER = (date(2026, 4, 1), date(2027, 3, 31)), (date(2026, 7, 1), date(2026, 9, 30))
PAPERS = [
    (DocumentKind.EXECUTIVE, "2026/27Q2", QUARTER), (DocumentKind.SCRUTINY, "2026/27", YEAR),
    (DocumentKind.OUTTURN, "2026/27", YEAR), (DocumentKind.PLAN, "2026 to 2029", YEAR),
    (DocumentKind.HISTORY, "", YEAR),
]  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    world = make_world("ashmere")
    report(world, "P1-1", part=60, whole=100)
    report(world, "P1-2", part=90, whole=100)
    with writing(by=None, verb="test.action_made", partnership=world.partnership):
        Action.objects.create(
            partnership=world.partnership, plan=world.plan, priority=Priority.objects.get(plan=world.plan), number=1,
            text="Light the alley", owner=world.council, due_on=date(2026, 8, 1), four_p="prevent",
        )  # fmt: skip
    return world


def make(world: World, kind: DocumentKind, *, role: Role = Role.COORDINATOR, forms: tuple[str, ...] = ("html",)) -> Any:
    """A paper, asked for and made."""
    _, period, days = next(one for one in PAPERS if one[0] == kind)
    agency = world.police if kind == DocumentKind.HISTORY else None
    paper = ask_for_paper(
        kind=kind, plan=world.plan, period=period, days=days, forms=forms, agency=agency, by=world.people[role]
    )
    job = find_job(paper)
    assert job is not None
    do_job.func(job_id=str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.said) == ("done", f"{len(forms)} file{'s' if len(forms) > 1 else ''} made.")
    return paper


def read(client: Client, paper: Any) -> str:
    """What the web page of a paper says."""
    document = paper.files.get().document
    answer = client.get(reverse("download_document", args=["ashmere", document.pk]))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return " ".join(html.fromstring(content).text_content().split())


@pytest.mark.parametrize("kind", [one[0] for one in PAPERS])
def test_paper_is_made_and_can_be_read(world: World, kind: DocumentKind) -> None:
    paper = make(world, kind)
    client = world.sign_in(Role.COORDINATOR)
    said = read(client, paper)
    expected = {
        DocumentKind.EXECUTIVE: ("Red for longer", "1 action of priority 1", "Priority 1: Safer homes"),
        DocumentKind.SCRUTINY: ("1 target was missed; every one is listed", "short by 20 points"),
        DocumentKind.OUTTURN: ("60%", "What was not returned", "P1-3"),
        DocumentKind.PLAN: ("Light the alley", "at least 80%", "Statutory themes"),
        DocumentKind.HISTORY: ("60 of 100 (60%)", "counts now", world.people[Role.LEAD].name),
    }[kind]
    assert [words for words in expected if words.casefold() not in said.casefold()] == []
    assert paper.title in client.get(reverse("governance_documents", args=["ashmere"])).content.decode()


def test_scrutiny_pack_prints_the_reason_of_a_target_that_is_left_out(world: World) -> None:
    reason, by = "The survey was held in one ward only", world.people[Role.COORDINATOR]
    leave_out_target(indicator=world.indicators["P1-1"], period="2026/27Q2", reason=reason, by=by)
    said = read(world.sign_in(Role.SCRUTINY), make(world, DocumentKind.SCRUTINY))
    assert reason in said
    assert f"{by.name}, coordinator" in said
    assert "0 are listed, and 1 is left out" in said


def test_paper_knows_the_values_it_used_and_is_told_of_a_revision(world: World) -> None:
    paper = make(world, DocumentKind.EXECUTIVE)
    old = Return.objects.get(indicator=world.indicators["P1-1"], quarter=world.quarter).version
    new = report(world, "P1-1", part=66, whole=100)
    assert old is not None
    assert tell_documents(old=old, new=new, by=None) == 1
    used = IssuedValue.objects.get(document=paper.files.get().document, version=old)
    assert used.replaced_by == new
    page = world.sign_in(Role.COORDINATOR).get(reverse("documents", args=["ashmere"])).content.decode()
    assert "Executive report 2026/27Q2" in page


def test_job_that_is_done_twice_makes_nothing_twice(world: World) -> None:
    paper = make(world, DocumentKind.SCRUTINY, forms=("html", "xlsx"))
    assert len(make_files(paper, lambda *_: None)) == 2
    assert IssuedDocument.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "readers"),
    [
        (DocumentKind.EXECUTIVE, set(Role) - {Role.CONTRIBUTOR, Role.SCRUTINY, Role.READER}),
        (DocumentKind.HISTORY, set(Role) - {Role.SCRUTINY, Role.READER}),
        (DocumentKind.SCRUTINY, set(Role)),
        (DocumentKind.OUTTURN, set(Role)),
    ],
)
def test_paper_is_read_by_whom_it_is_for(world: World, kind: DocumentKind, readers: set[Role]) -> None:
    paper = make(world, kind)
    document = paper.files.get().document
    for role in Role:
        client = world.sign_in(role)
        page = client.get(reverse("governance_document", args=["ashmere", paper.pk])).status_code
        file = client.get(reverse("download_document", args=["ashmere", document.pk])).status_code
        listed = paper.title in client.get(reverse("governance_documents", args=["ashmere"])).content.decode()
        also = paper.title in client.get(reverse("documents", args=["ashmere"])).content.decode()
        may = role in readers
        assert (page, file, listed, also) == ((200, 200, True, True) if may else (404, 404, False, False)), role


def test_contributor_has_the_history_of_their_own_agency_alone(world: World) -> None:
    address = reverse("make_document", args=["ashmere", "history"])
    client = world.sign_in(Role.CONTRIBUTOR)
    assert world.council.name not in client.get(address).content.decode()
    other = {"agency": str(world.council.pk), "endings": ["html"]}
    assert client.post(address, other).status_code == 422
    assert client.post(address, {**other, "agency": str(world.police.pk)}).status_code == 302
    assert MadePaper.objects.get().agency == world.police
    assert client.get(reverse("make_document", args=["ashmere", "executive"])).status_code == 403


def test_paper_is_asked_for_and_shown_while_it_is_made(world: World) -> None:
    client = world.sign_in(Role.ANALYST)
    sent = {"of": f"{world.plan.pk}:2027-03-31", "endings": ["pdf", "docx"]}
    answer = client.post(reverse("make_document", args=["ashmere", "scrutiny"]), sent)
    paper = MadePaper.objects.get()
    assert answer["Location"] == reverse("governance_document", args=["ashmere", paper.pk])
    assert "job-at-work" in client.get(answer["Location"]).content.decode()


def test_paper_of_nothing_or_in_no_form_is_refused(world: World) -> None:
    client, address = world.sign_in(Role.ANALYST), reverse("make_document", args=["ashmere", "scrutiny"])
    assert client.post(address, {"of": f"{world.plan.pk}:2027-03-31"}).status_code == 422
    assert client.post(address, {"of": "elsewhere", "endings": ["pdf"]}).status_code == 422
    assert client.get(reverse("make_document", args=["ashmere", "novel"])).status_code == 404
    assert world.sign_in(Role.READER).get(address).status_code == 403


@pytest.mark.parametrize(
    ("kind", "said"),
    [("plan", "the partnership has no plan"), ("executive", "the partnership has no plan"),
     ("history", "no agency sits in the partnership")],
)  # fmt: skip
def test_partnership_with_nothing_in_it_is_told_what_is_lacking(db: None, kind: str, said: str) -> None:
    world = make_world("ashmere")
    with writing(by=None, verb="test.begun", partnership=world.partnership):
        empty = Partnership.objects.create(name="Newmere", slug="newmere", started_on=TODAY, needs_second_step=False)
        Membership.objects.create(
            partnership=empty, person=world.people[Role.COORDINATOR], role=Role.COORDINATOR, given_at=NOW,
            confirmed_on=TODAY,
        )  # fmt: skip
    client = world.sign_in(Role.COORDINATOR)
    page = client.get(reverse("make_document", args=["newmere", kind]), follow=True)
    assert page.status_code == 200
    assert said in page.content.decode()


def test_foreign_paper_does_not_exist(world: World) -> None:
    paper = make(world, DocumentKind.SCRUTINY)
    other = make_world("birchwood")
    client = other.sign_in(Role.COORDINATOR)
    assert client.get(reverse("governance_document", args=["birchwood", paper.pk])).status_code == 404
    document = paper.files.get().document
    assert client.get(reverse("download_document", args=["birchwood", document.pk])).status_code == 404
