"""Reports checked in the background, accusations marked, checks shared and removed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from wardmote.evidence.interface import (
    check_files,
    describe_annotated,
    describe_check,
    open_store,
    write_check_report,
)
from wardmote.evidence.model.errors import UnreadableInputError, WardmoteError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import Tell, does_job, is_under_way, start_job
from wardmote.web.foundation.models import Job
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.checks.files import find_reports, lay_reports, remove_lost, remove_reports
from wardmote.web.observatory.checks.models import CheckResult, ClaimMark, ReportCheck
from wardmote.web.observatory.checks.states import Standing
from wardmote.web.observatory.stores import find_store
from wardmote.web.partnerships.interface import Partnership, Person

KIND = "observatory.check"
_KEPT = timedelta(days=1)


def has_evidence(partnership: Partnership) -> bool:
    """Whether there is a store to hold reports against."""
    return (find_store(partnership) / "store.json").exists()


def ask_for_check(
    *,
    by: Person,
    partnership: Partnership,
    uploads: "Sequence[UploadedFile[Any]]",
    title: str = "",
    with_evidence: bool = False,
    follows: ReportCheck | None = None,
) -> ReportCheck:
    """Take reports and have them checked together, in the background. `follows` is the check of an earlier version."""
    check = ReportCheck(
        partnership=partnership, with_evidence=with_evidence, follows=follows, asked_at=read_now(), asked_by=by.pk,
        is_shared=follows.is_shared if follows else False,
    )  # fmt: skip
    try:
        check.documents = lay_reports(check.pk, uploads)
        check.title = (title or ", ".join(one["name"] for one in check.documents))[:200]
        with writing(by=by, verb="checks.asked_for", partnership=partnership, subject=check):
            check.save()
            start_job(kind=KIND, partnership=partnership, subject=check, by=by)
    except BaseException:
        remove_reports(check.pk)
        raise
    return check


@does_job(KIND, is_repeatable=True)
def do_check(job: Job, tell: Tell) -> str:
    """Check the reports. Its files go whatever comes of it: a text that could not be read is no better tomorrow."""
    check = ReportCheck.objects.select_related("partnership").get(pk=job.subject)
    if check.checked_at is not None:
        return "It was checked already."
    try:
        return _keep(check, tell)
    finally:
        remove_reports(check.pk)


def _keep(check: ReportCheck, tell: Tell) -> str:
    paths = find_reports(check.pk, len(check.documents))
    if len(paths) < len(check.documents):
        raise UnreadableInputError("the files are not there any more", to_do="Send them again")
    tell("Reading the reports and reckoning every figure anew", 0, 0)
    try:
        store = open_store(find_store(check.partnership)) if check.with_evidence else None
        checked = check_files(paths, store=store)
    except WardmoteError as error:  # the place of a file says where this installation lies
        raise _hide_place(error, paths) from None
    tell("Writing down what was found", 0, 0)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "checked.html"
        write_check_report(checked, out)
        page = out.read_text(encoding="utf-8")
    counts = Counter(str(claim.verdict) for claim in checked.claims)
    with writing(by=None, verb="checks.checked", partnership=check.partnership, subject=check):
        CheckResult.objects.create(
            partnership=check.partnership, check_of=check, drawn=describe_annotated(checked),
            answer=describe_check(checked), page=page,
        )  # fmt: skip
        check.counts, check.checked_at = dict(counts), read_now()
        check.save()
    return f"{len(checked.list_to_look_at())} of {len(checked.claims)} claims are to be looked at."


def _hide_place(error: WardmoteError, paths: Sequence[Path]) -> UnreadableInputError:
    said = str(error)
    for path in paths:
        said = said.replace(str(path), path.name)
    return UnreadableInputError(said)


def mark_claim(*, by: Person, check: ReportCheck, key: str, standing: Standing, note: str) -> ClaimMark:
    """Say what an accusation is. Raises RefusedError for a false alarm without a why, or a check that is gone."""
    if standing in (Standing.FALSE_ALARM, Standing.REMARK) and not note.strip():
        raise RefusedError("Say why it is a false alarm" if standing == Standing.FALSE_ALARM else "Write the remark")
    with writing(by=by, verb="checks.claim_marked", partnership=check.partnership, subject=check):
        held = ReportCheck.objects.select_for_update().get(pk=check.pk)
        if held.removed_at is not None or held.checked_at is None:
            raise RefusedError("The text of this check is gone; nothing can be said of it any more")
        number = ClaimMark.objects.filter(check_of=check, key=key).count() + 1
        return ClaimMark.objects.create(
            partnership=check.partnership, check_of=check, key=key, number=number, standing=standing,
            note=note.strip(), said_at=read_now(), said_by=by.pk,
        )  # fmt: skip


def share_check(*, by: Person, check: ReportCheck, is_shared: bool) -> None:
    """Let every member of the partnership read it, or take that back."""
    verb = "checks.shared" if is_shared else "checks.unshared"
    with writing(by=by, verb=verb, partnership=check.partnership, subject=check):
        check.is_shared = is_shared
        check.save()


def remove_text(*, by: Person, check: ReportCheck) -> None:
    """Let go of the text and of what was said of it; names, digests and counts stay. Raises RefusedError at work."""
    if is_under_way(check):
        raise RefusedError("It is being checked just now. Wait until that has ended")
    with writing(by=by, verb="checks.text_removed", partnership=check.partnership, subject=check):
        check.removed_at, check.is_shared = read_now(), False
        check.save()
        for row in (*CheckResult.objects.filter(check_of=check), *ClaimMark.objects.filter(check_of=check)):
            row.delete()
    remove_reports(check.pk)


@join_round("reports that were never checked")
def remove_old_reports(now: datetime) -> str:
    """Let go of what a process that was killed left behind."""
    return f"{remove_lost((now - _KEPT).timestamp())} removed"
