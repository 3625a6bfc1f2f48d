"""Published documents whose figures changed: found, explained by a notice, settled; and found again."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from support.web.world import NOW, World, make_world
from wardmote.evidence.interface import encode_value
from wardmote.evidence.reports.published import Change, DocumentChanges, StateComparison
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.files import keep_bytes
from wardmote.web.foundation.jobs import do_job
from wardmote.web.foundation.models import Job, StoredFile
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library import comparing
from wardmote.web.governance.library.models import ChangedFigure, Correction
from wardmote.web.observatory.assessments.models import Assessment, Edition, EditionFile
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import IssuedDocument, IssuedValue, ReturnVersion
from wardmote.web.returns.performance.revisions import tell_documents

pytestmark = pytest.mark.django_db
HOME = "/p/ashmere/governance/corrections/"
PAGE = b"<h1>Report</h1><p>Burglary rose by 25% from 400 to 500 offences.</p><p>Arson rose from 40 to 50 fires.</p>"


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def do_jobs() -> None:
    for job in Job.objects.filter(state="waiting"):
        do_job.func(job_id=str(job.pk))


def store(world: World, name: str, content: bytes) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    keep_bytes(digest, content)
    stored: StoredFile = StoredFile.objects.create(
        chain=str(world.partnership.pk), name=name, kind="text/html", size_bytes=len(content), sha256=digest,
        added_at=NOW,
    )  # fmt: skip
    return stored


def add_version(world: World, number: int, amount: float, reason: str = "") -> ReturnVersion:
    value = Value(period="2026/27Q2", shape="count", number=amount)
    version: ReturnVersion = ReturnVersion.objects.create(
        partnership=world.partnership, of=world.returns["P1-1"], number=number, value=encode_value(value),
        kind="revised" if number > 1 else "submitted", amount=amount, reason=reason, submitted_at=NOW,
    )  # fmt: skip
    return version


def issue_and_revise(world: World, *, becomes: float = 300.0) -> IssuedDocument:
    """A report that printed 500, which was revised later."""
    with writing(by=None, verb="test.issued", partnership=world.partnership):
        old = add_version(world, 1, 500.0)
        stored = store(world, "report.html", PAGE)
        document: IssuedDocument = IssuedDocument.objects.create(
            partnership=world.partnership, plan=world.plan, period="2026/27Q2", title="Performance report",
            form="html", sha256=stored.sha256, made_at=NOW,
        )  # fmt: skip
        IssuedValue.objects.create(partnership=world.partnership, document=document, version=old)
        new = add_version(world, 2, becomes, "Counted twice in one district")
    tell_documents(old=old, new=new, by=None)
    return document


def read(world: World, address: str = HOME, role: Role = Role.COORDINATOR) -> str:
    answer = world.sign_in(role).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def compose(world: World, document: IssuedDocument) -> Correction:
    world.sign_in(Role.ANALYST).post(f"{HOME}documents/{document.pk}/", {"settlement": "notice"})
    do_jobs()
    return Correction.objects.get()


def test_revised_value_is_listed_with_what_it_was_and_is_and_why(world: World) -> None:
    document = issue_and_revise(world)
    assert "Performance report" in read(world)
    page = read(world, f"{HOME}documents/{document.pk}/")
    for words in ("500", "300", "Counted twice in one district", "Open"):
        assert words in page


def test_notice_names_the_sentence_whose_direction_no_longer_holds(world: World) -> None:
    notice = compose(world, issue_and_revise(world))
    assert "the document says 500. It is 300" in notice.text
    assert notice.touches is not None
    assert [one["quote"] for one in notice.touches] == ["Burglary rose by 25% from 400 to 500 offences."]
    assert "The direction no longer holds" in notice.touches[0]["why"]


def test_published_notice_is_kept_as_files_and_settles_the_document(world: World) -> None:
    document = issue_and_revise(world)
    notice = compose(world, document)
    address = f"{HOME}notices/{notice.pk}/"
    seen = {"title": "Correction to our report", "text": "We counted one district twice.", "kept": ["0"]}
    assert world.sign_in(Role.ANALYST).post(f"{address}change/", seen).status_code == 302
    assert world.sign_in(Role.READER).get(address).status_code == 404
    assert world.sign_in(Role.ANALYST).post(f"{address}publish/").status_code == 403
    assert world.sign_in(Role.CHAIR).post(f"{address}publish/").status_code == 302
    content = b"".join(world.sign_in(Role.READER).get(f"{address}notice.html").streaming_content).decode()
    assert "We counted one district twice." in content
    assert "Burglary rose by 25%" in content
    assert {file.form for file in notice.files.all()} == {"html", "docx", "pdf"}
    assert IssuedValue.objects.get(document=document).settled_at is not None
    assert "Correction to our report" in read(world, role=Role.READER)
    assert world.sign_in(Role.ANALYST).post(f"{address}change/", seen).status_code == 422


def test_notice_that_was_overtaken_by_another_revision_is_not_published(world: World) -> None:
    notice = compose(world, issue_and_revise(world))
    with writing(by=None, verb="test.revised", partnership=world.partnership):
        newest = add_version(world, 3, 350.0)
    tell_documents(old=ReturnVersion.objects.get(number=2), new=newest, by=None)
    world.sign_in(Role.CHAIR).post(f"{HOME}notices/{notice.pk}/publish/")
    notice.refresh_from_db()
    assert notice.state == "draft"
    assert "Open" in read(world)


def test_document_stays_as_it_is_only_with_a_reason(world: World) -> None:
    document = issue_and_revise(world)
    address = f"{HOME}documents/{document.pk}/"
    refused = world.sign_in(Role.ANALYST).post(address, {"settlement": "left", "note": ""})
    assert "Say why it may stay as it is" in refused.content.decode()
    world.sign_in(Role.ANALYST).post(address, {"settlement": "left", "note": "Read by nobody any more"})
    assert "Read by nobody any more" in read(world, address)
    assert "<strong>Open</strong>" not in read(world)


def publish_edition(world: World) -> Edition:
    figures = {"figures": [
        {"id": "burglary_count:E06000001:2025/26", "title": "Burglary: Ashmere, 2025/26", "value": 500.0,
         "unit": "offences", "source": "police-street"},
        {"id": "asb_count:E06000001:2025/26", "title": "Anti-social behaviour: Ashmere, 2025/26", "value": 90.0,
         "unit": "incidents", "source": "police-street"},
    ]}  # fmt: skip
    own = {"partnership": world.partnership}
    with writing(by=None, verb="test.published", partnership=world.partnership):
        assessment = Assessment.objects.create(
            **own, area="E06000001", year="2025/26", as_at=NOW, started_at=NOW
        )  # fmt: skip
        edition: Edition = Edition.objects.create(
            **own, assessment=assessment, number=1, state="published", as_at=NOW, asked_at=NOW, published_at=NOW,
            title="Strategic assessment", digest="0" * 64,
        )  # fmt: skip
        for twin, form, content in (("partnership", "figures", json.dumps(figures).encode()), ("public", "html", PAGE)):
            EditionFile.objects.create(**own, edition=edition, twin=twin, form=form, file=store(world, form, content))
    return edition


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What the store answers now, by the figure's id: no store is needed to follow what is kept of the answer."""
    now: dict[str, float] = {}

    def compare(_store: Any, earlier: datetime, later: datetime, *, files: Any, **_more: Any) -> StateComparison:
        printed = {one["id"]: one["value"] for one in json.loads(files[0].read_text())["figures"]}
        changes = tuple(Change(name, printed[name], printed[name], value) for name, value in now.items())
        document = DocumentChanges(files[0].name, "Strategic assessment", len(printed), changes, ())
        return StateComparison(earlier, later, ("0003-police-street", "0004-ons-csp-tables"), (), (document,))

    monkeypatch.setattr(comparing, "compare_states", compare)
    monkeypatch.setattr(comparing, "open_store", lambda folder: folder)
    monkeypatch.setattr(comparing, "name_newest_load", lambda _partnership: f"{len(now)} {sorted(now.items())}")
    return now


def compare(world: World) -> None:
    world.sign_in(Role.ANALYST).post(f"{HOME}compare/")
    do_jobs()


def test_changed_figure_of_a_published_assessment_names_the_load(world: World, answers: dict[str, float]) -> None:
    edition = publish_edition(world)
    answers["burglary_count:E06000001:2025/26"] = 512.0
    compare(world)
    page = read(world, f"{HOME}editions/{edition.pk}/")
    for words in ("Burglary: Ashmere, 2025/26", "500 offences", "512 offences", "loaded since: 0003-police-street"):
        assert words in page
    assert "ons-csp" not in page
    assert "1 of 2 figures were different" in read(world)
    assert world.sign_in(Role.READER).get(f"{HOME}editions/{edition.pk}/").status_code == 403


def test_figure_that_is_again_what_it_was_is_closed_by_itself(world: World, answers: dict[str, float]) -> None:
    publish_edition(world)
    answers["burglary_count:E06000001:2025/26"] = 512.0
    compare(world)
    answers.clear()
    compare(world)
    assert ChangedFigure.objects.get().gone_at is not None
    assert "No figure of a published document has changed" in read(world)


def test_settled_figure_stays_settled_until_it_changes_once_more(world: World, answers: dict[str, float]) -> None:
    edition = publish_edition(world)
    address, figure = f"{HOME}editions/{edition.pk}/", "burglary_count:E06000001:2025/26"
    answers[figure] = 512.0
    compare(world)
    world.sign_in(Role.ANALYST).post(address, {"settlement": "left", "note": "Within rounding"})
    compare(world)
    assert "Within rounding" in read(world, address)
    answers[figure] = 550.0
    compare(world)
    assert "Within rounding" not in read(world, address)
    assert ChangedFigure.objects.get().settled_at is None


def test_round_asks_once_after_a_load(world: World, answers: dict[str, float]) -> None:
    publish_edition(world)
    assert comparing.compare_after_loads(datetime.now(UTC) + timedelta(days=1)) == "1 asked for"
    do_jobs()
    assert comparing.compare_after_loads(datetime.now(UTC)) == "0 asked for"
    answers["asb_count:E06000001:2025/26"] = 91.0
    assert comparing.compare_after_loads(datetime.now(UTC)) == "1 asked for"


def test_foreign_document_is_not_there(world: World) -> None:
    assert world.sign_in(Role.COORDINATOR).get(f"{HOME}editions/{uuid4()}/").status_code == 404
    other = issue_and_revise(make_world("zennor"))
    assert world.sign_in(Role.COORDINATOR).get(f"{HOME}documents/{other.pk}/").status_code == 404
