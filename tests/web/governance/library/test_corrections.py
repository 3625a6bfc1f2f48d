"""Published documents whose figures changed: found, explained by a notice, settled; and found again."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from support.web.performance import report
from support.web.world import NOW, World, make_world
from wardmote.evidence.interface import encode_target, encode_value
from wardmote.evidence.reports.published import Change, DocumentChanges, StateComparison
from wardmote.evidence.targets.kinds import Base, RelativeChange
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.files import keep_bytes
from wardmote.web.foundation.jobs import do_job
from wardmote.web.foundation.models import Job, StoredFile
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.documents.making import ask_for_paper
from wardmote.web.governance.library import comparing
from wardmote.web.governance.library.models import ChangedFigure, Correction
from wardmote.web.governance.library.printing import find_printed
from wardmote.web.observatory.assessments.models import Assessment, Edition, EditionFile
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import IssuedDocument, IssuedValue, Return, ReturnVersion
from wardmote.web.returns.performance.revisions import tell_documents
from wardmote.web.returns.states import DocumentKind

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
        signed_off_at=NOW,
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
    assert "It rests on P1-1 Victims who felt safer (1), 2026/27Q2, which was 500 and is 300" in notice.text
    assert "the document says 500" not in notice.text
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


# -- documents that print what follows of a value ---------------------------------------------------------------
def make_paper(world: World, kind: DocumentKind, period: str, days: tuple[date, date]) -> IssuedDocument:
    paper = ask_for_paper(
        kind=kind, plan=world.plan, period=period, days=days, forms=("html", "xlsx"), by=world.people[Role.COORDINATOR]
    )
    do_jobs()
    return IssuedDocument.objects.get(build=paper.pk, form="html")


def count_half_years(world: World) -> None:
    """P1-1 counts robberies, a twenty-fifth fewer than the 55 of each quarter last year: 51 and 49 are, together."""
    with writing(by=None, verb="test.retargeted", partnership=world.partnership):
        one = world.indicators["P1-1"]
        one.title, one.unit, one.shape, one.polarity = "Robberies", "robberies", "count", "lower"
        one.save()
        target = one.targets.get()
        target.text = "4% fewer than in the same period last year"
        target.spec = encode_target(RelativeChange("decrease", 4.0, Base("same_period_last_year")))
        target.save()
    report(world, "P1-1", "2026/27Q1", number=51.0, base=55.0)
    report(world, "P1-1", number=49.0, base=55.0)


def revise(world: World, number: float, *, is_signed: bool) -> ReturnVersion:
    row = Return.objects.get(indicator=world.indicators["P1-1"], quarter=world.quarter)
    old, new = row.version, report(world, "P1-1", number=number, base=55.0)
    if not is_signed:
        with writing(by=None, verb="test.unsigned", partnership=world.partnership):
            new.signed_off_at = None
            new.save()
    tell_documents(old=old, new=new, by=None)
    return new


YEAR, QUARTER = (date(2026, 4, 1), date(2027, 3, 31)), (date(2026, 7, 1), date(2026, 9, 30))


def test_notice_names_the_result_that_is_printed_and_that_it_turns_red(world: World) -> None:
    count_half_years(world)
    document = make_paper(world, DocumentKind.EXECUTIVE, "2026/27Q2", QUARTER)
    revise(world, 61.0, is_signed=True)
    notice = compose(world, document)
    assert "2026/27 H1: the document says 100 robberies, G (green). It is 112 robberies, R (red)." in notice.text
    assert "It rests on P1-1 Robberies, 2026/27Q2, which was 49 and is 61, known since" in notice.text
    assert "the document says 49" not in notice.text
    assert notice.touches is not None
    assert [one["quote"].partition(" |")[0] for one in notice.touches] == ["P1-1 Robberies"]
    page = read(world, f"{HOME}notices/{notice.pk}/")
    assert "Values that were revised" in page
    assert "112 robberies, R (red)" in page


def test_notice_about_a_scrutiny_pack_names_value_and_status_of_each_period(world: World) -> None:
    count_half_years(world)
    document = make_paper(world, DocumentKind.SCRUTINY, "2026/27", YEAR)
    revise(world, 61.0, is_signed=True)
    text = compose(world, document).text
    assert "2026/27Q2: the document says 49 robberies, G (green). It is 61 robberies, R (red)." in text
    assert "It is 112 robberies, R (red)." in text


def test_notice_waits_until_the_resubmitted_value_is_signed_off(world: World) -> None:
    count_half_years(world)
    document = make_paper(world, DocumentKind.EXECUTIVE, "2026/27Q2", QUARTER)
    new = revise(world, 61.0, is_signed=False)
    notice = compose(world, document)
    assert "is 61 (resubmitted, not yet signed off)" in notice.text
    address, chair = f"{HOME}notices/{notice.pk}/", world.sign_in(Role.CHAIR)
    answer = chair.post(f"{address}publish/", follow=True)
    assert "was resubmitted and is not signed off yet" in answer.content.decode()
    notice.refresh_from_db()
    assert notice.state == "draft"
    with writing(by=None, verb="test.signed", partnership=world.partnership):
        new.signed_off_at = NOW
        new.save()
    assert chair.post(f"{address}publish/").status_code == 302
    notice.refresh_from_db()
    assert (notice.state, "not yet signed off" in notice.text) == ("published", False)
    assert not IssuedValue.objects.filter(document__build=document.build, replaced_by=new, settled_at=None).exists()
    assert read(world).count("<strong>Open</strong>") == 0


@pytest.mark.parametrize(
    ("cells", "is_printed"),
    [
        (("2.1 Thefts", "G Green", "20% 2026/27Q2"), True), (("2.1 Thefts", "At least 20%"), False),
        (("2.11 Thefts of bikes", "20%"), False), (("2.1 fell to 20% in the quarter.",), True),
        (("2.1 Thefts", "120%"), False), (("2.1 Thefts", "20.5%"), False), (("Red: 2.1 Thefts.",), False),
    ],
)  # fmt: skip
def test_line_prints_a_result_by_its_number_and_value_alone(cells: tuple[str, ...], *, is_printed: bool) -> None:
    told = {"ref": "2.1", "title": "Thefts from shops", "period": "2026/27Q2", "shown": "20%", "status": "green",
            "is_latest": True}  # fmt: skip
    assert bool(find_printed([("line 1", cells)], told).places) == is_printed
