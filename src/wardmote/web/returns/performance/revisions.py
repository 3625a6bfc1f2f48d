"""When a value that documents used is revised, each of them is told, and is a thing to do until it is settled."""

from django.db.models import Q
from django.urls import reverse

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Membership, Partnership, Person, Role
from wardmote.web.returns.models import IssuedDocument, IssuedValue, ReturnVersion

#: What may be done about a document whose figure was revised.
REISSUED, CORRECTED, LEFT = "reissued", "corrected", "left with a note"


def tell_documents(*, old: ReturnVersion, new: ReturnVersion, by: Person | None) -> int:
    """Mark every document that used the old value, and write to its maker and the coordinators. Returns how many.

    All forms of a document are marked, and count as one.

    A document that was corrected, or left with a note, for an earlier revision of the same value is told again; one
    that was made anew has the later value in its successor and is left in peace.
    """
    rows = IssuedValue.objects.filter(partnership_id=old.partnership_id).filter(Q(version=old) | Q(replaced_by=old))
    used = [row for row in rows.select_related("document") if not row.settlement.startswith(REISSUED)]
    return _tell(used, old, new, by)


def untell_documents(*, withdrawn: ReturnVersion, restored: ReturnVersion | None, by: Person | None) -> int:
    """Take back what documents were told of a revision that was withdrawn. Returns how many are untold.

    What was settled stays as it is. Where an earlier revision counts again, documents older than that are told of
    it again; and a document that used the withdrawn value itself is told that it no longer counts.
    """
    if restored is not None and withdrawn.pk == restored.pk:
        return 0
    rows = IssuedValue.objects.filter(partnership_id=withdrawn.partnership_id).select_related("document")
    told = list(rows.filter(replaced_by=withdrawn, settled_at=None))
    if told:
        _untell(told, withdrawn, restored, by)
    if restored is not None:
        _tell(list(rows.filter(version=withdrawn)), withdrawn, restored, by)
    return _count(told)


def _untell(
    rows: list[IssuedValue], withdrawn: ReturnVersion, restored: ReturnVersion | None, by: Person | None
) -> None:
    facts = {"documents": _count(rows)}
    with writing(
        by=by, verb="returns.documents_untold", partnership=withdrawn.partnership, subject=withdrawn, facts=facts
    ):
        for row in rows:
            is_right_again = restored is None or row.version_id == restored.pk
            row.replaced_by = None if is_right_again else restored
            row.told_at = None if is_right_again else row.told_at
            row.save()


def _tell(used: list[IssuedValue], old: ReturnVersion, new: ReturnVersion, by: Person | None) -> int:
    """Mark the values and write to the people. One entry in the trail."""
    if not used:
        return 0
    with writing(
        by=by,
        verb="returns.documents_told",
        partnership=old.partnership,
        subject=new,
        facts={"documents": _count(used)},
    ):
        for row in used:
            _mark(row, new)
        _write_to(old.partnership, list({row.document.build: row.document for row in used}.values()))
    return _count(used)


def _count(rows: list[IssuedValue]) -> int:
    """How many documents, whatever forms each has."""
    return len({row.document.build for row in rows})


def _mark(row: IssuedValue, new: ReturnVersion) -> None:
    row.replaced_by, row.told_at = new, read_now()
    row.settled_at, row.settled_by, row.settlement = None, None, ""
    row.save()


def _write_to(partnership: Partnership, documents: list[IssuedDocument]) -> None:
    """One message to each person, with how many of the documents concern them: counts and a link, no names."""
    makers = {document.made_by for document in documents}
    members = Membership.objects.filter(partnership=partnership, ended_at=None, person__is_active=True)
    roles: dict[Person, set[str]] = {}
    for member in members.select_related("person"):
        roles.setdefault(member.person, set()).add(member.role)
    for person, held in roles.items():
        own = sum(document.made_by == person.pk for document in documents)
        if person.pk in makers or Role.COORDINATOR in held:
            count = len(documents) if Role.COORDINATOR in held else own
            link = reverse("documents", kwargs={"slug": partnership.slug})
            queue_message(to=person.email, template="document_revised", facts={"documents_count": count}, link=link)
