"""Notices of correction: composed, edited, published; documents settled without one."""

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wardmote.evidence.interface import check_files, describe_check, open_store, write_paper
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.model.papers import PaperPart, PaperTable
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.foundation.files import keep_bytes, open_file
from wardmote.web.foundation.jobs import Tell, does_job, is_under_way, start_job
from wardmote.web.foundation.models import Job, StoredFile
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.erratum import Change, Erratum
from wardmote.web.governance.library.models import ChangedFigure, Correction, CorrectionFile
from wardmote.web.governance.library.states import CorrectionState, DocumentSource, Settlement
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
    correction = Correction(
        partnership=partnership, source=erratum.source, about=erratum.about, document_title=erratum.title[:300],
        version=erratum.version[:120], changes=[_keep_change(change) for change in erratum.open],
        keys=[change.key for change in erratum.open], title=f"Correction: {erratum.title}"[:300],
        text=compose_text(erratum), composed_at=read_now(), composed_by=by.pk,
    )  # fmt: skip
    with writing(by=by, verb="governance.correction_composed", partnership=partnership, subject=correction):
        correction.save()
        start_job(kind=KIND, partnership=partnership, subject=correction, by=by)
    return correction


def _keep_change(change: Change) -> dict[str, Any]:
    return {
        "figure": change.figure, "was": change.was, "now": change.now, "since": change.since.date().isoformat(),
        "why": change.why, "pairs": [list(pair) for pair in change.pairs],
    }  # fmt: skip


def compose_text(erratum: Erratum) -> str:
    """What changed, from what to what, since when and why, in sentences that a person then makes their own."""
    count = len(erratum.open)
    verb = "has" if count == 1 else "have"
    head = (
        f"“{erratum.title}” ({erratum.version}) was published on {say_date(erratum.published_at.date())}. Since then "
        f"{say_count(count, 'figure')} that it prints {verb} changed."
    )
    lines = [
        f"{change.figure}: the document says {change.was}. It is {change.now}, known since "
        f"{say_date(change.since.date())}.{f' Why: {change.why}.' if change.why else ''}".replace("..", ".")
        for change in erratum.open[:20]
    ]
    rest = count - len(lines)
    more = [f"The table lists {say_count(rest, 'more figure')}."] if rest > 0 else []
    return "\n\n".join([head, *lines, *more])


@does_job(KIND, is_repeatable=True)
def look_at_sentences(job: Job, tell: Tell) -> str:
    """Which sentences of the document the notice touches."""
    correction = Correction.objects.select_related("partnership").get(pk=job.subject)
    tell("Reading the document", 0, 0)
    touches = find_touches(correction)
    with writing(by=None, verb="governance.correction_looked_at", partnership=correction.partnership,
                 subject=correction):  # fmt: skip
        correction.touches = touches
        correction.save()
    return f"{say_count(len(touches), 'sentence')} rest on what changed."


def find_touches(correction: Correction) -> list[dict[str, Any]]:
    """The document's own sentences that rest on a changed figure; none where the document cannot be read as text."""
    stored = _find_document_file(correction)
    if stored is None:
        return []
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"document.{_find_ending(stored)}"
        path.write_bytes(open_file(stored).read())
        try:
            claims = describe_check(check_files([path]))["files"][0]["claims"]
            against = _find_contradicted(correction, path)
        except WardmoteError:  # a table-only document holds no sentences
            return []
    return find_touched(claims, correction.changes, contradicted=against)


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
    if erratum is None or {(change.key, change.now) for change in erratum.open} != said:
        raise RefusedError("Figures changed or were settled since this was written. Give it up and begin a new one")


def publish_notice(*, by: Person, correction: Correction, erratum: Erratum | None) -> Correction:
    """Write the notice in every form, keep it, and settle what it speaks of. `erratum` is the document as it is now."""
    check_is_whole(correction, erratum)
    if is_under_way(correction):
        raise RefusedError("The document is being read just now. Wait until that has ended")
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
    """The notice as a paper: its words, the table of what changed, the sentences that no longer hold."""
    paragraphs = tuple(line.strip() for line in correction.text.split("\n") if line.strip())
    rows = tuple((one["figure"], one["was"], one["now"], one["why"]) for one in correction.changes)
    parts = [
        PaperPart("What is corrected", paragraphs, facts=(
            ("Document", correction.document_title), ("Version", correction.version))),
        PaperPart("Figures", table=PaperTable(
            "Figures that changed", ("Figure", "As published", "Now", "Why"), rows, (0.4, 0.17, 0.17, 0.26))),
    ]  # fmt: skip
    kept = [one for one in correction.touches or [] if one["kept"]]
    if kept:
        items = tuple(f"“{one['quote']}” {one['why']}" for one in kept)
        parts.append(PaperPart("Sentences that rest on these figures", items=items))
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
