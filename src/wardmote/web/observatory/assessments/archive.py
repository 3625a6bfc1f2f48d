"""What other areas and apps may ask of the archive: which editions were published, their figures, their documents."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from wardmote.web.foundation.files import open_file
from wardmote.web.observatory.assessments import queries
from wardmote.web.observatory.assessments.models import EditionFile
from wardmote.web.observatory.assessments.states import EditionState, Twin
from wardmote.web.partnerships.interface import Partnership


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """One published edition. `is_newest`: no later edition of the same assessment was published."""

    id: UUID
    title: str
    area: str
    year: str
    number: int
    as_at: datetime
    published_at: datetime
    published_by: UUID | None
    digest: str
    is_newest: bool
    address: str


def list_published_editions(partnership: Partnership) -> list[PublishedEdition]:
    """Every edition that the partnership published, the newest first."""
    found, newest = [], set()
    for one in queries.list_published(partnership):
        address = reverse("assessment_edition", kwargs={"slug": partnership.slug, "assessment_edition_id": one.pk})
        assessment = one.assessment
        found.append(
            PublishedEdition(
                one.pk, one.title, assessment.area, assessment.year, one.number, one.as_at, one.published_at,
                one.published_by, one.digest, assessment.pk not in newest, address,
            )
        )  # fmt: skip
        newest.add(assessment.pk)
    return found


def read_edition_figures(
    partnership: Partnership, edition_id: UUID, *, twin: Twin = Twin.PARTNERSHIP
) -> Mapping[str, Any]:
    """The figures.json of a published edition. Raises LookupError where there is no such edition."""
    file = _find_file(partnership, edition_id, twin=twin, form="figures")
    with open_file(file.file) as content:
        return json.loads(content.read())


def find_edition_file(partnership: Partnership, edition_id: UUID, *, form: str, twin: Twin = Twin.PUBLIC) -> Any:
    """The stored file of a published edition's document. Raises LookupError where there is none."""
    return _find_file(partnership, edition_id, twin=twin, form=form).file


def _find_file(partnership: Partnership, edition_id: UUID, *, twin: Twin, form: str) -> EditionFile:
    rows = EditionFile.objects.select_related("file").filter(
        partnership=partnership, edition=edition_id, edition__state=EditionState.PUBLISHED, twin=twin, form=form
    )
    found = rows.first()
    if found is None:
        raise LookupError(f"no published edition {edition_id} has the form {form}")
    return found
