"""A document that was made of returns is kept as it left, with every value that it used; who may see it afterwards."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.files import keep_bytes
from wardmote.web.foundation.models import StoredFile
from wardmote.web.partnerships.interface import Organisation, Person, can
from wardmote.web.plans.interface import Plan
from wardmote.web.returns.models import IssuedDocument, IssuedValue
from wardmote.web.returns.permissions import may_answer_for
from wardmote.web.returns.states import DocumentKind

#: The forms of a report: ending, how it is called, its media type.
FORMS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word (.docx)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": ("OpenDocument (.odt)", "application/vnd.oasis.opendocument.text"),
    "html": ("Web page (.html)", "text/html"),
    "xlsx": ("Excel (.xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}  # fmt: skip
_ORDER = ("html", "docx", "odt", "pdf", "xlsx")
#: Documents for those who read everything of the partnership; an agency's history is for that agency, too.
_FOR_ALL_WHO_READ = frozenset({DocumentKind.EXECUTIVE, DocumentKind.HISTORY})


def keep_document(
    plan: Plan,
    *,
    title: str,
    period: str,
    form: str,
    content: bytes,
    versions: Iterable[UUID],
    by: Person | None,
    kind: DocumentKind = DocumentKind.PERFORMANCE,
    agency: Organisation | None = None,
    build: UUID | None = None,
) -> IssuedDocument:
    """Keep a document's file and note every value that it used, so that a later revision finds it.

    Inside of a write. `versions` are the keys of the `ReturnVersion` rows whose values stand in it. The forms of one
    document are given the same `build`; without one it is a document by itself.
    """
    digest, now, who = hashlib.sha256(content).hexdigest(), read_now(), by.pk if by else None
    keep_bytes(digest, content)
    StoredFile.objects.create(
        chain=str(plan.partnership_id), name=f"{title.replace(':', '').replace('/', '-')[:110]}.{form}",
        kind=FORMS[form][1], size_bytes=len(content), sha256=digest, added_at=now, added_by=who,
    )  # fmt: skip
    document = IssuedDocument.objects.create(
        partnership=plan.partnership, plan=plan, period=period, title=title[:300], form=form, sha256=digest,
        made_at=now, made_by=who, kind=kind, agency=agency, build=build or uuid4(),
    )  # fmt: skip
    IssuedValue.objects.bulk_create(
        IssuedValue(partnership=plan.partnership, document=document, version_id=version)
        for version in sorted(set(versions))
    )
    return document


def list_forms(document: IssuedDocument) -> list[IssuedDocument]:
    """Every form of the document that this one is a form of, the one that is read most easily first."""
    rows = IssuedDocument.objects.filter(partnership=document.partnership_id, build=document.build)
    return sort_forms(rows)


def sort_forms(documents: Iterable[IssuedDocument]) -> list[IssuedDocument]:
    """The first stands for all of them wherever they count as one document."""
    return sorted(documents, key=lambda one: (_ORDER.index(one.form) if one.form in _ORDER else len(_ORDER), one.form))


def may_see_document(person: Any, document: IssuedDocument) -> bool:
    """Whether a person may read a document: by the plan that it speaks of, and by whom it is for."""
    if not can(person, "plans.view_plan", document.plan):
        return False
    return may_see_kind(person, document.partnership, DocumentKind(document.kind), document.agency_id)


def may_see_kind(person: Any, partnership: Any, kind: DocumentKind, agency_id: Any = None) -> bool:
    """Whether documents of a kind (of an agency's returns: of which) are for a person."""
    if kind not in _FOR_ALL_WHO_READ or can(person, "returns.view_all_returns", partnership):
        return can(person, "returns.view_dashboard", partnership)
    return kind == DocumentKind.HISTORY and agency_id is not None and may_answer_for(person, partnership, agency_id)
