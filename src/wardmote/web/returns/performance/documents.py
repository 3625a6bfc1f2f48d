"""Reports made of the returns: what each used is kept, so that a later revision finds it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from wardmote.evidence.interface import write_plan_reports
from wardmote.evidence.model.errors import UsageError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.design.words import say_date
from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Partnership, Person
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.models import IssuedDocument, IssuedValue, Quarter, ReturnVersion
from wardmote.web.returns.performance.core_plan import Judged, read_judged
from wardmote.web.returns.performance.issuing import FORMS, keep_document, list_forms, sort_forms
from wardmote.web.returns.performance.revisions import CORRECTED, LEFT, REISSUED

SETTLEMENTS = {
    REISSUED: "A new document was issued in its place",
    CORRECTED: "The document was corrected where it was published",
    LEFT: "It stays as it is, with a note of why",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A document on the list in all its forms, with the values that were revised since: open ones and settled ones.

    `document` is the form that stands for all of them.
    """

    forms: tuple[IssuedDocument, ...]
    open: tuple[IssuedValue, ...]
    settled: tuple[IssuedValue, ...]

    @property
    def document(self) -> IssuedDocument:
        return self.forms[0]


def name_kind(document: IssuedDocument) -> str:
    """What a document is, in words: "Web page", "Word"."""
    known = FORMS.get(document.form)
    return known[0].partition(" (")[0] if known else document.form.upper()


def list_reportable(plans: Iterable[Plan]) -> list[Plan]:
    """The plans of which a report can speak: a past plan speaks as of its newest value, and so needs a dated one."""
    return [plan for plan in plans if not plan.is_historic or _has_dated(plan)]


def _has_dated(plan: Plan) -> bool:
    return ReturnVersion.objects.filter(of__indicator__plan=plan, value__end__isnull=False).exists()


def issue_documents(
    plan: Plan, *, quarter: Quarter | None, forms: Sequence[str], by: Person | None
) -> list[IssuedDocument]:
    """Make the performance report in these forms, keep the files, and note every value they used.

    Raises UsageError for an unknown form, or a plan of which nothing can be said.
    """
    unknown = [form for form in forms if form not in FORMS]
    if unknown or not forms:
        raise UsageError(f"no report can be made as '{', '.join(unknown)}'", expected="one of " + ", ".join(FORMS))
    judged = read_judged(plan, as_at=quarter.ends_on if quarter else None)
    title = f"{plan.title}: performance {_name_day(quarter, judged)}"
    made = _write(judged, forms, title)
    with writing(
        by=by, verb="returns.documents_issued", partnership=plan.partnership, subject=plan,
        facts={"forms": sorted(made), "period": quarter.period if quarter else ""},
    ):  # fmt: skip
        build = uuid4()
        return [
            keep_document(
                plan, title=title, period=quarter.period if quarter else "", form=form, content=made[form], by=by,
                versions=list_used(judged), build=build,
            )
            for form in forms
        ]  # fmt: skip


def _name_day(quarter: Quarter | None, judged: Judged) -> str:
    if quarter is not None:
        return quarter.period
    return f"on {say_date(judged.as_at)}" if judged.as_at else "as it stood"


def _write(judged: Judged, forms: Sequence[str], title: str) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        paths = {form: Path(folder) / f"report.{form}" for form in forms}
        write_plan_reports(judged.plan, judged.statuses, paths.values(), as_at=judged.as_at, title=title)
        return {form: path.read_bytes() for form, path in paths.items()}


def list_used(judged: Judged) -> set[UUID]:
    """The keys of the submitted values that a judged plan is made of."""
    return {found.version_id for row in judged.reported for found in row}


def find_file(document: IssuedDocument) -> StoredFile | None:
    """Where the document's bytes are kept."""
    rows = StoredFile.objects.filter(chain=str(document.partnership_id), sha256=document.sha256)
    return rows.order_by("added_at").first()


def list_issued_files(partnership: Partnership) -> Iterator[tuple[str, datetime, StoredFile]]:
    """Every document that was issued, the newest first: its title, when it was made, and its file. Two queries."""
    documents = list(IssuedDocument.objects.filter(partnership=partnership).order_by("-made_at"))
    rows = StoredFile.objects.filter(
        chain=str(partnership.pk), sha256__in={document.sha256 for document in documents}
    ).order_by("-added_at")
    files = {stored.sha256: stored for stored in rows}
    for document in documents:
        if document.sha256 in files:
            yield document.title, document.made_at, files[document.sha256]


def list_documents(plans: Sequence[Plan]) -> list[Listed]:
    """The documents made of these plans, the newest first, each with what was revised since. Two queries."""
    builds: dict[UUID, list[IssuedDocument]] = {}
    for document in IssuedDocument.objects.filter(plan__in=plans).select_related("plan", "partnership"):
        builds.setdefault(document.build, []).append(document)
    listed = [sort_forms(forms) for forms in builds.values()]
    by_document = _read_revised([forms[0] for forms in listed])
    return [_list(forms, by_document.get(forms[0].pk, [])) for forms in listed]


def _read_revised(documents: Sequence[IssuedDocument]) -> dict[UUID, list[IssuedValue]]:
    """What was revised, by document. All forms of one used the same values: one of them tells it."""
    rows = IssuedValue.objects.filter(document__in=documents, replaced_by__isnull=False)
    found: dict[UUID, list[IssuedValue]] = {}
    for value in rows.select_related("version__of__indicator", "version__of__quarter", "replaced_by").order_by("id"):
        found.setdefault(value.document_id, []).append(value)
    return found


def _list(forms: Sequence[IssuedDocument], values: Sequence[IssuedValue]) -> Listed:
    return Listed(
        tuple(forms),
        tuple(value for value in values if value.settled_at is None),
        tuple(value for value in values if value.settled_at is not None),
    )


def settle_document(*, document: IssuedDocument, settlement: str, note: str, by: Person) -> int:
    """Say what was done about a document, in all its forms, whose values were revised. Returns how many that settles.

    Raises UsageError for another settlement, or for leaving it without a note.
    """
    if settlement not in SETTLEMENTS:
        raise UsageError(f"'{settlement}' settles nothing", expected="one of " + ", ".join(SETTLEMENTS))
    if settlement == LEFT and not note.strip():
        raise UsageError("it is left as it is without a note", expected="why it may stay as it is")
    waiting = IssuedValue.objects.filter(document__in=list_forms(document), replaced_by__isnull=False, settled_at=None)
    with writing(
        by=by, verb="returns.document_settled", partnership=document.partnership, subject=document, reason=note
    ):
        rows = list(waiting)
        for row in rows:
            row.settled_at, row.settled_by = read_now(), by.pk
            row.settlement = f"{settlement}: {note.strip()}"[:300] if note.strip() else settlement
            row.save()
    return len({row.version_id for row in rows})
