"""The documents of an assessment: built in the background, published by somebody who may, and kept as they were."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models import Max

from wardmote import __version__
from wardmote.evidence.interface import Audience, BuiltTwin, build_twin, list_recorded, record_edition
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.files import find_place, keep_bytes
from wardmote.web.foundation.jobs import Tell, does_job, is_under_way, start_job
from wardmote.web.foundation.models import Job, StoredFile
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.assessments import desks, policies
from wardmote.web.observatory.assessments.actions.writing import hold_assessment
from wardmote.web.observatory.assessments.models import Assessment, Edition, EditionFile, SectionVersion
from wardmote.web.observatory.assessments.queries import (
    find_draft,
    list_files,
    list_newest_versions,
    list_sections,
)
from wardmote.web.observatory.assessments.states import BUILD, FORMS, EditionState, SectionState, Twin
from wardmote.web.partnerships.interface import Person

KIND = BUILD
AUDIENCES: dict[Twin, Audience] = {Twin.PARTNERSHIP: "partnership", Twin.PUBLIC: "public"}


def build_edition(*, assessment: Assessment, by: Person | None) -> Edition:
    """Ask for the documents of the words and the data window as they stand. An unpublished build gives way to it."""
    desks.open_evidence_store(assessment)
    edition = Edition(partnership=assessment.partnership, assessment=assessment, asked_at=read_now())
    edition.asked_by = by.pk if by else None
    with writing(by=by, verb="assessments.build_asked_for", partnership=assessment.partnership, subject=assessment):
        hold_assessment(assessment)
        sections = list_sections(assessment)
        policies.check_may_build(sections)
        edition.as_at, edition.versions = assessment.as_at, policies.name_versions(sections)
        if (under_way := _find_same_under_way(edition)) is not None:
            return under_way  # two requests for the same documents are one
        _remove_drafts(assessment)
        edition.save()
        start_job(kind=KIND, partnership=assessment.partnership, subject=edition, by=by)
    return edition


def _find_same_under_way(edition: Edition) -> Edition | None:
    """The build of the very same words and window that is being made already."""
    draft = find_draft(edition.assessment)
    if draft is None or draft.state != EditionState.BUILDING or not is_under_way(draft):
        return None
    return draft if (draft.as_at, draft.versions) == (edition.as_at, edition.versions) else None


def _remove_drafts(assessment: Assessment) -> None:
    rows = Edition.objects.filter(partnership=assessment.partnership_id, assessment=assessment)
    for draft in rows.exclude(state=EditionState.PUBLISHED):
        for file in list_files(draft):
            file.delete()
        draft.delete()


@does_job(KIND, is_repeatable=True)
def build(job: Job, tell: Tell) -> str:
    """Write both twins in every form and keep them. The same words, window and version give the same bytes."""
    rows = Edition.objects.select_related("assessment__partnership", "partnership")
    edition = rows.filter(pk=job.subject, state=EditionState.BUILDING).first()
    if edition is None:
        return "Another build took its place."
    edition.assessment.as_at = edition.as_at  # the window that was asked for, even where it has moved since
    store = desks.open_evidence_store(edition.assessment)
    recorded, texts = list_recorded(store), _read_texts(edition)
    assessed = desks.describe_assessed(edition.assessment)
    with TemporaryDirectory() as folder:
        twins = []
        for at, twin in enumerate(Twin):

            def say(what: str, _done: int, _total: int, at: int = at, twin: Twin = twin) -> None:
                tell(f"{twin.label}: {what}", 2 * at + what.startswith("writing"), 2 * len(Twin))

            made = build_twin(
                store,
                assessed,
                texts,
                Path(folder) / twin,
                audience=AUDIENCES[twin],
                progress=say,
            )
            twins.append(made)
        _keep(edition, twins, recorded)
    return f"{sum(len(made.paths) for made in twins)} documents were built."


def _read_texts(edition: Edition) -> dict[str, str]:
    """The words of the very versions that were asked for. Sections whose words were all taken out have none."""
    rows = SectionVersion.objects.filter(
        partnership=edition.partnership_id, section__assessment=edition.assessment_id
    ).select_related("section")
    wanted: Mapping[str, int] = edition.versions
    return {row.section.key: row.text for row in rows if wanted.get(row.section.key) == row.number and row.text.strip()}


def _keep(edition: Edition, twins: Iterable[BuiltTwin], recorded: Iterable[str]) -> None:
    twins = list(twins)
    contents = {(str(made.audience), form): path.read_bytes() for made in twins for form, path in made.paths.items()}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    for name, content in contents.items():
        keep_bytes(digests[name], content)
    with writing(by=None, verb="assessments.built", partnership=edition.partnership, subject=edition):
        if not Edition.objects.select_for_update().filter(pk=edition.pk, state=EditionState.BUILDING).exists():
            raise RefusedError("Another build took its place.")
        for (twin, form), content in contents.items():
            _add_file(edition, twin, form, digest=digests[twin, form], size_bytes=len(content))
        edition.state, edition.built_at, edition.built_with = EditionState.BUILT, read_now(), __version__
        edition.title, edition.figures_count = twins[0].title, twins[0].figures_count
        edition.recorded_before = list(recorded)
        edition.accused = [
            {"twin": made.audience, "quote": claim.quote, "why": claim.why} for made in twins for claim in made.accused
        ]
        edition.digest = digest_all(digests)
        edition.save()


def digest_all(digests: Mapping[tuple[str, str], str]) -> str:
    """One digest by which a whole edition is known."""
    lines = "".join(f"{twin} {form} {digest}\n" for (twin, form), digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _add_file(edition: Edition, twin: str, form: str, *, digest: str, size_bytes: int) -> None:
    assessment = edition.assessment
    stem = f"strategic-assessment-{assessment.area}-{assessment.year.replace('/', '-')}-{twin}"
    _, ending, media_type = FORMS[form]
    stored = StoredFile(
        chain=str(edition.partnership_id), name=f"{stem}{ending}", kind=media_type, size_bytes=size_bytes,
        sha256=digest, added_at=read_now(), added_by=edition.asked_by,
    )  # fmt: skip
    stored.save()
    EditionFile(partnership=edition.partnership, edition=edition, twin=twin, form=form, file=stored).save()


def publish_edition(*, edition: Edition, by: Person) -> Edition:
    """Put an edition into the archive, and its figures on record in the store, so that corrections can find them."""
    assessment = edition.assessment
    store = desks.open_evidence_store(assessment)
    with writing(by=by, verb="assessments.published", partnership=edition.partnership, subject=edition):
        hold_assessment(assessment)
        found = Edition.objects.select_for_update().filter(pk=edition.pk).first()
        if found is None:
            raise RefusedError("Another build took its place meanwhile. Look at the assessment again.")
        edition.refresh_from_db()
        edition.remember_fields()
        edition.assessment = assessment
        sections = list_sections(assessment)
        if reasons := policies.explain_no_publishing(edition, sections, list_recorded(store)):
            raise RefusedError(" ".join(reasons))
        edition.state, edition.published_at, edition.published_by = EditionState.PUBLISHED, read_now(), by.pk
        edition.number = _find_next_number(assessment)
        edition.approvals = _describe_approvals(assessment)
        _record_figures(edition)
        edition.save()
    return edition


def _find_next_number(assessment: Assessment) -> int:
    rows = Edition.objects.filter(partnership=assessment.partnership_id, assessment=assessment)
    return (rows.aggregate(top=Max("number"))["top"] or 0) + 1


def _describe_approvals(assessment: Assessment) -> list[dict[str, Any]]:
    """Who wrote, submitted and approved each section of the edition."""
    versions = list_newest_versions(assessment)
    return [
        {"section": s.key, "title": s.title, "number": s.number, "written_by": str(versions[s.key].written_by or ""),
         "submitted_by": str(s.submitted_by or ""), "approved_by": str(s.approved_by or ""),
         "approved_at": s.approved_at.isoformat() if s.approved_at else ""}
        for s in list_sections(assessment) if s.state == SectionState.APPROVED
    ]  # fmt: skip


def _record_figures(edition: Edition) -> None:
    """Note both twins in the store. Should this write fail afterwards, the store knows of figures that nobody saw."""
    store, assessed = desks.open_evidence_store(edition.assessment), desks.describe_assessed(edition.assessment)
    for file in list_files(edition):
        if file.form == "figures":
            record, why_not = record_edition(store, find_place(file.file.sha256), assessed, now=read_now())
            if record is None:
                edition.not_recorded = why_not[:300]
            else:
                edition.records = [*edition.records, record.name]
