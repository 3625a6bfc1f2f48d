"""Notices of correction: composed, edited, published; documents settled without one."""

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wardmote.evidence.interface import check_files, describe_check, list_printed_lines, open_store, write_paper
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.papers import PaperPart
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.foundation.files import keep_bytes, open_file
from wardmote.web.foundation.jobs import Tell, does_job, is_under_way, start_job
from wardmote.web.foundation.models import Job, StoredFile
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.erratum import Erratum
from wardmote.web.governance.library.models import ChangedFigure, Correction, CorrectionFile
from wardmote.web.governance.library.states import CorrectionState, DocumentSource, Settlement
from wardmote.web.governance.library.telling import (
    UNSIGNED,
    build_tables,
    compose_body,
    compose_head,
    keep_change,
    list_printing,
    mark_printed,
)
from wardmote.web.governance.library.touching import find_touched
from wardmote.web.governance.marking import mark_paper
from wardmote.web.observatory.interface import find_edition_file, find_store
from wardmote.web.partnerships.interface import Partnership, Person
from wardmote.web.returns.interface import CORRECTED, FORMS, LEFT, REISSUED, IssuedDocument, find_file, settle_document

KIND = "governance.correction"
#: The forms in which a notice is published.
NOTICE_FORMS = ("html", "docx", "pdf")
_OF_RETURNS = {Settlement.NOTICE: CORRECTED, Settlement.REISSUED: REISSUED, Settlement.LEFT: LEFT}
_READABLE = ("html", "docx", "odt", "pdf")


def compose_notice(*, by: Person, partnership: Partnership, erratum: Erratum) -> Correction:
    """Write the first text of a notice from what changed, and look in the background what it touches."""
    if not erratum.open:
        raise RefusedError("Everything about this document is settled")
    if Correction.objects.filter(partnership=partnership, about=erratum.about, state=CorrectionState.DRAFT).exists():
        raise RefusedError("Somebody is writing a notice about this document already")
    changes = [keep_change(change) for change in erratum.told]
    correction = Correction(
        partnership=partnership, source=erratum.source, about=erratum.about, document_title=erratum.title[:300],
        version=erratum.version[:120], changes=changes,
        keys=[change.key for change in erratum.told], title=f"Correction: {erratum.title}"[:300],
        text=f"{compose_head(erratum)}\n\n{compose_body(changes)}", composed_at=read_now(), composed_by=by.pk,
    )  # fmt: skip
    with writing(by=by, verb="governance.correction_composed", partnership=partnership, subject=correction):
        correction.save()
        start_job(kind=KIND, partnership=partnership, subject=correction, by=by)
    return correction


@does_job(KIND, is_repeatable=True)
def look_at_sentences(job: Job, tell: Tell) -> str:
    """Which lines of the document print what changed, and which sentences rest on it.

    The words of the notice follow what was found, unless somebody has made them theirs meanwhile.
    """
    correction = Correction.objects.select_related("partnership").get(pk=job.subject)
    tell("Reading the document", 0, 0)
    changes, touches = read_document(correction)
    with writing(by=None, verb="governance.correction_looked_at", partnership=correction.partnership,
                 subject=correction):  # fmt: skip
        held = Correction.objects.select_for_update().get(pk=correction.pk)
        before = compose_body(held.changes)
        if held.text.endswith(before):
            held.text = held.text.removesuffix(before) + compose_body(changes)
        held.changes, held.touches = changes, touches
        held.save()
    return f"{say_count(len(touches), 'line')} of the document are touched by what changed."


def read_document(correction: Correction) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What changed with where the document prints it, and the lines and sentences that are touched.

    Where the document cannot be read as text nothing is known of what it prints.
    """
    stored = _find_document_file(correction)
    if stored is None:
        return correction.changes, []
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"document.{_find_ending(stored)}"
        path.write_bytes(open_file(stored).read())
        try:
            changes = mark_printed(correction.changes, list_printed_lines(path))
            claims = describe_check(check_files([path]))["files"][0]["claims"]
            against = _find_contradicted(correction, path)
        except WardmoteError:  # not to be read, or without any text
            return correction.changes, []
    printing = list_printing(changes)
    touched = find_touched(claims, changes, contradicted=against)
    rows = [one["quote"] for one in printing]
    return changes, [*printing, *(one for one in touched if not any(one["quote"] in row for row in rows))]


def _find_contradicted(correction: Correction, path: Path) -> list[dict[str, Any]]:
    """What the evidence of today goes against, of an assessment that it bore when it was published."""
    if correction.source != DocumentSource.EDITION:
        return []
    checked = check_files([path], store=open_store(find_store(correction.partnership)))
    claims = describe_check(checked)["files"][0]["claims"]
    return [claim for claim in claims if claim["family"] == "evidence" and claim["verdict"] in ("wrong", "contradicts")]


def _find_document_file(correction: Correction) -> Any:
    if correction.source == DocumentSource.EDITION:
        try:
            return find_edition_file(correction.partnership, correction.about, form="html")
        except LookupError:
            return None
    document = IssuedDocument.objects.filter(partnership=correction.partnership_id, pk=correction.about).first()
    return find_file(document) if document is not None and document.form in _READABLE else None


def _find_ending(stored: StoredFile) -> str:
    known = {media: form for form, (_, media) in FORMS.items()}
    return known.get(stored.kind.partition(";")[0], stored.name.rpartition(".")[2].lower())


def change_notice(*, by: Person, correction: Correction, title: str, text: str, kept: Collection[int] | None) -> None:
    """Change the words of a notice, and which sentences it names; None leaves those as they are."""
    with writing(by=by, verb="governance.correction_changed", partnership=correction.partnership, subject=correction):
        _hold_draft(correction)
        correction.title, correction.text = title, text
        if kept is not None and correction.touches is not None:
            correction.touches = [{**one, "kept": at in kept} for at, one in enumerate(correction.touches)]
        correction.save()


def _hold_draft(correction: Correction) -> None:
    held = Correction.objects.select_for_update().get(pk=correction.pk)
    if held.state != CorrectionState.DRAFT:
        raise RefusedError("This notice is no longer a draft")


def drop_notice(*, by: Person, correction: Correction) -> None:
    """Give up writing a notice; the document is open again."""
    with writing(by=by, verb="governance.correction_dropped", partnership=correction.partnership, subject=correction):
        _hold_draft(correction)
        correction.state = CorrectionState.DROPPED
        correction.save()


def check_is_whole(correction: Correction, erratum: Erratum | None) -> None:
    """Raise RefusedError where the notice no longer says what changed: something was settled, or changed once more."""
    said = {(key, one["now"]) for key, one in zip(correction.keys, correction.changes, strict=True)}
    if erratum is None or {(change.key, change.now) for change in erratum.told} != said:
        raise RefusedError("Figures changed or were settled since this was written. Give it up and begin a new one")


def check_is_signed(erratum: Erratum | None) -> None:
    """Raise RefusedError where the notice tells of a value that was only resubmitted: it may still be changed."""
    waiting = erratum.unsigned if erratum is not None else ()
    if waiting:
        rest = f", and {say_count(len(waiting) - 1, 'other value')}," if len(waiting) > 1 else ""
        raise RefusedError(
            f"{waiting[0].figure}{rest} was resubmitted and is not signed off yet. The notice can be published when it "
            "is signed off"
        )


def vouch_for(correction: Correction) -> None:
    """Take the mark of what was not signed off from a notice whose values are signed off now."""
    correction.text = correction.text.replace(UNSIGNED, "")
    correction.changes = [{**one, "signed": True} for one in correction.changes]
    correction.touches = [
        {**one, "why": one["why"].replace(UNSIGNED, "")} for one in correction.touches or []
    ]  # fmt: skip
    if "not yet signed off" in correction.text:
        raise RefusedError("The text still says that a value is not signed off, and it is. Change the text")


def publish_notice(*, by: Person, correction: Correction, erratum: Erratum | None) -> Correction:
    """Write the notice in every form, keep it, and settle what it speaks of. `erratum` is the document as it is now."""
    check_is_whole(correction, erratum)
    check_is_signed(erratum)
    if is_under_way(correction):
        raise RefusedError("The document is being read just now. Wait until that has ended")
    vouch_for(correction)
    made = write_forms(correction)
    with writing(by=by, verb="governance.correction_published", partnership=correction.partnership,
                 subject=correction):  # fmt: skip
        _hold_draft(correction)
        correction.state, correction.published_at, correction.published_by = (
            CorrectionState.PUBLISHED, read_now(), by.pk,
        )  # fmt: skip
        correction.save()
        for form, content in made.items():
            _keep_form(correction, form, content, by)
        _settle(
            correction.partnership, DocumentSource(correction.source), correction.about, correction.keys,
            settlement=Settlement.NOTICE, note=f"{correction.title}, {say_date(read_today())}", by=by,
        )  # fmt: skip
    return correction


def build_parts(correction: Correction) -> list[PaperPart]:
    """The notice as a paper: its words, the tables of what changed, the lines that no longer hold."""
    paragraphs = tuple(line.strip() for line in correction.text.split("\n") if line.strip())
    parts = [
        PaperPart("What is corrected", paragraphs, facts=(
            ("Document", correction.document_title), ("Version", correction.version))),
        *build_tables(correction.changes),
    ]  # fmt: skip
    kept = [one for one in correction.touches or [] if one["kept"]]
    if kept:
        items = tuple(f"“{one['quote']}” {one['why']}" for one in kept)
        parts.append(PaperPart("Lines of the document that this touches", items=items))
    return parts


def write_forms(correction: Correction) -> dict[str, bytes]:
    """The notice in every form."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"notice.{form}" for form in NOTICE_FORMS]
        write_paper(
            correction.title, build_parts(correction), paths, as_at=read_today(),
            publisher=correction.partnership.name, subtitle="Notice of correction",
            marking=mark_paper(correction.partnership),
        )  # fmt: skip
        return {path.suffix[1:]: path.read_bytes() for path in paths}


def _keep_form(correction: Correction, form: str, content: bytes, by: Person) -> None:
    digest = hashlib.sha256(content).hexdigest()
    keep_bytes(digest, content)
    stored = StoredFile.objects.create(
        chain=str(correction.partnership_id), name=f"correction-{correction.published_at:%Y-%m-%d}.{form}",
        kind=FORMS[form][1], size_bytes=len(content), sha256=digest, added_at=read_now(), added_by=by.pk,
    )  # fmt: skip
    CorrectionFile.objects.create(partnership=correction.partnership, correction=correction, form=form, file=stored)


def settle_erratum(
    *, by: Person, partnership: Partnership, erratum: Erratum, settlement: Settlement, note: str
) -> None:  # fmt: skip
    """Say that a document stays as it is, with a reason, or that a new edition took its place."""
    if settlement == Settlement.LEFT and not note.strip():
        raise RefusedError("Say why it may stay as it is")
    keys = [change.key for change in erratum.open]
    with writing(by=by, verb="governance.erratum_settled", partnership=partnership, facts={"what": settlement.value}):
        _settle(partnership, erratum.source, erratum.about, keys, settlement=settlement, note=note.strip(), by=by)


def _settle(
    partnership: Partnership,
    source: DocumentSource,
    about: Any,
    keys: Sequence[str],
    *,
    settlement: Settlement,
    note: str,
    by: Person,
) -> None:
    if source == DocumentSource.RETURNS:
        document = IssuedDocument.objects.get(partnership=partnership, pk=about)
        settle_document(document=document, settlement=_OF_RETURNS[settlement], note=note, by=by)
        return
    for row in ChangedFigure.objects.filter(partnership=partnership, edition=about, pk__in=keys, settled_at=None):
        row.settled_at, row.settled_by, row.settlement, row.note = read_now(), by.pk, settlement, note[:300]
        row.save()
