"""Reports made of the returns, and what happens to them when a value they used is revised."""

import hashlib

import pytest

from support.web.performance import report
from support.web.world import make_world
from wardmote.evidence.model.errors import UsageError
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.models import AuditEntry, Message
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions.signing import reopen_return
from wardmote.web.returns.actions.submitting import submit_return, withdraw_return
from wardmote.web.returns.models import IssuedDocument, IssuedValue
from wardmote.web.returns.past import read_past
from wardmote.web.returns.performance.documents import FORMS, issue_documents, settle_document
from wardmote.web.returns.performance.revisions import tell_documents

pytestmark = pytest.mark.django_db
LIST = "/p/ashmere/performance/documents/"


@pytest.fixture
def world():
    world = make_world()
    report(world, "P1-1", part=60, whole=100)
    return world


def issue(world, role=Role.ANALYST, forms=("html",)):
    return issue_documents(world.plan, quarter=None, forms=list(forms), by=world.people[role])[0]


def revise(world, part):
    row = world.returns["P1-1"]
    row.refresh_from_db()
    old = row.version
    new = report(world, "P1-1", part=part, whole=100)
    return tell_documents(old=old, new=new, by=world.people[Role.COORDINATOR])


@pytest.mark.parametrize("form", FORMS)
def test_report_is_kept_with_its_digest_and_the_values_it_used(world, form):
    client = world.sign_in(Role.SCRUTINY)
    sent = {"plan": str(world.plan.pk), "period": "", "endings": [form]}
    assert client.post(f"{LIST}new/", sent).status_code == 302
    document = IssuedDocument.objects.get()
    answer = client.get(f"{LIST}{document.pk}/file")
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == document.sha256
    assert "attachment" in answer["Content-Disposition"]
    assert (
        IssuedValue.objects.get().version
        == world.returns["P1-1"].__class__.objects.get(pk=world.returns["P1-1"].pk).version
    )


def test_report_as_at_a_quarter_uses_nothing_later(world):
    report(world, "P1-1", "2026/27Q1", part=85, whole=100)
    client = world.sign_in(Role.ANALYST)
    client.post(f"{LIST}new/", {"plan": str(world.plan.pk), "period": "2026/27Q1", "endings": ["html"]})
    used = IssuedValue.objects.get().version
    assert used.of.quarter.period == "2026/27Q1"
    assert IssuedDocument.objects.get().period == "2026/27Q1"


def test_report_in_no_form_or_an_unknown_one_is_refused(world):
    answer = world.sign_in(Role.ANALYST).post(f"{LIST}new/", {"plan": str(world.plan.pk)})
    assert answer.status_code == 422
    with pytest.raises(UsageError, match="'gif'"):
        issue(world, forms=["gif"])


def test_revision_tells_every_document_its_maker_and_the_coordinators(world):
    issue(world)
    assert revise(world, 66) == 1
    value = IssuedValue.objects.get()
    assert (value.version.amount, value.replaced_by.amount) == (60.0, 66.0)
    assert value.told_at is not None
    told = {message.to: message for message in Message.objects.all()}
    assert set(told) == {"analyst@ashmere.example.org", "coordinator@ashmere.example.org"}
    message = told["analyst@ashmere.example.org"]
    assert message.facts == {"documents_count": 1, "link": LIST}
    assert verify_chains()[1] == []


def test_forms_of_one_build_are_one_document_everywhere(world):
    document = issue(world, forms=tuple(FORMS))
    assert len({one.build for one in IssuedDocument.objects.all()}) == 1
    assert revise(world, 66) == 1
    assert {message.facts["documents_count"] for message in Message.objects.all()} == {1}
    client = world.sign_in(Role.COORDINATOR)
    assert "1 document used a figure that was revised" in client.get("/p/ashmere/").content.decode()
    page = client.get(LIST).content.decode()
    assert page.count("1 value revised since") == 1
    assert all(f"{one.pk}/file" in page for one in IssuedDocument.objects.all())
    assert settle_document(document=document, settlement="reissued", note="", by=world.people[Role.COORDINATOR]) == 1
    assert not IssuedValue.objects.filter(settled_at=None).exists()


def test_revision_of_a_value_that_no_document_used_tells_nobody(world):
    assert revise(world, 66) == 0
    assert not Message.objects.exists()


def test_second_revision_reopens_what_was_left_with_a_note_and_not_what_was_reissued(world):
    document = issue(world)
    by = world.people[Role.COORDINATOR]
    revise(world, 66)
    assert settle_document(document=document, settlement="left with a note", note="too small", by=by) == 1
    assert revise(world, 70) == 1
    value = IssuedValue.objects.get()
    assert (value.settled_at, value.replaced_by.amount) == (None, 70.0)
    settle_document(document=document, settlement="reissued", note="", by=by)
    assert revise(world, 71) == 0


def test_document_waits_on_the_first_page_until_it_is_settled(world):
    document = issue(world)
    revise(world, 66)
    client = world.sign_in(Role.COORDINATOR)
    assert "1 document used a figure that was revised" in client.get("/p/ashmere/").content.decode()
    page = " ".join(client.get(LIST).content.decode().split())
    assert "was 60 of 100 (60%), is 66 of 100 (66%)" in page
    settle = f"{LIST}{document.pk}/settle/"
    assert client.post(settle, {"settlement": "left with a note", "note": ""}).status_code == 422
    assert client.post(settle, {"settlement": "corrected", "note": "erratum printed"}).status_code == 302
    assert "used a figure" not in client.get("/p/ashmere/").content.decode()
    assert "corrected: erratum printed" in client.get(LIST).content.decode()


def test_document_is_settled_by_its_maker_and_by_no_other_analyst(world):
    mine, other = issue(world), issue(world, Role.EXECUTIVE)
    revise(world, 66)
    client = world.sign_in(Role.ANALYST)
    assert client.get(f"{LIST}{mine.pk}/settle/").status_code == 200
    assert client.get(f"{LIST}{other.pk}/settle/").status_code == 403


def submit_late(world, part):
    """Reopen the signed value and submit another, which is then still to be signed off."""
    row = world.returns["P1-1"]
    row.refresh_from_db()
    reopen_return(ret=row, reason="A team was left out.", by=world.people[Role.COORDINATOR])
    row.refresh_from_db()
    fields = {"numerator": str(part), "denominator": "100", "answer": "It is counted now.", "reason": "As asked."}
    by = world.people[Role.CONTRIBUTOR]
    done = submit_return(ret=row, past=read_past(row), fields=fields, number=row.draft_number, by=by)
    assert done.is_taken
    return done.ret


def test_withdrawn_revision_is_taken_back_from_the_documents_told_of_it(world):
    issue(world)
    ret = submit_late(world, 66)
    assert IssuedValue.objects.get().replaced_by.amount == 66.0
    client = world.sign_in(Role.COORDINATOR)
    assert "used a figure" in client.get("/p/ashmere/").content.decode()
    withdraw_return(ret=ret, by=world.people[Role.CONTRIBUTOR])
    value = IssuedValue.objects.get()
    assert (value.replaced_by, value.told_at) == (None, None)
    assert "used a figure" not in client.get("/p/ashmere/").content.decode()
    assert AuditEntry.objects.filter(verb="returns.documents_untold").count() == 1
    assert verify_chains()[1] == []


def test_settled_document_stays_settled_when_the_revision_is_withdrawn(world):
    document = issue(world)
    ret = submit_late(world, 66)
    settle_document(document=document, settlement="corrected", note="erratum", by=world.people[Role.COORDINATOR])
    withdraw_return(ret=ret, by=world.people[Role.CONTRIBUTOR])
    value = IssuedValue.objects.get()
    assert (value.settlement, value.replaced_by.amount) == ("corrected: erratum", 66.0)


def test_withdrawal_leaves_the_earlier_revision_to_be_settled(world):
    issue(world)
    revise(world, 66)
    ret = submit_late(world, 70)
    withdraw_return(ret=ret, by=world.people[Role.CONTRIBUTOR])
    value = IssuedValue.objects.get()
    assert (value.replaced_by.amount, value.settled_at) == (66.0, None)
    assert value.told_at is not None


def test_document_that_used_the_withdrawn_value_is_told(world):
    ret = submit_late(world, 66)
    issue(world)
    assert IssuedValue.objects.get().version.amount == 66.0
    withdraw_return(ret=ret, by=world.people[Role.CONTRIBUTOR])
    assert IssuedValue.objects.get().replaced_by.amount == 60.0
