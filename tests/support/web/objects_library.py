"""Objects of the library for the truth table: a published notice about a published assessment, and what changed."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.world import NOW, TODAY, World
from wardmote.web.foundation.files import store_file
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.models import (
    Board,
    Correction,
    CorrectionFile,
    GlossaryTerm,
    SharedDocument,
    Theme,
)
from wardmote.web.partnerships.interface import Role

WORDS = {"notice_form": "html"}


def make_objects(world: World) -> dict[str, Any]:
    own = {"partnership": world.partnership}
    with writing(by=None, verb="test.library_made", partnership=world.partnership):
        notice = Correction.objects.create(
            **own, source="edition", about=world.partnership.pk, document_title="Strategic assessment",
            version="edition 1", changes=[], keys=[], touches=[], title="Correction", text="It was 5.", composed_at=NOW,
            state="published", published_at=NOW,
        )  # fmt: skip
        who = {"by": world.people[Role.COORDINATOR], "partnership": world.partnership}
        file = store_file(SimpleUploadedFile("plan.txt", f"Plan of {world.partnership}".encode()), **who)
        CorrectionFile.objects.create(**own, correction=notice, form="html", file=file)
        term = GlossaryTerm.objects.create(
            **own, term="Silver group", key="silver group", meaning="Those who decide.", written_at=NOW
        )
        theme = Theme.objects.create(
            **own, title="Scooters", seen="Many of them.", first_seen_on=TODAY, body=world.police, written_on=TODAY
        )
        board = Board.objects.create(**own, name="Safeguarding board", kind="safeguarding_adults")
        shared = SharedDocument.objects.create(
            **own, board=board, source="file", series="file:plan", title="Plan", version="1", version_on=TODAY,
            sent_on=TODAY, file=file,
        )  # fmt: skip
    return {
        "correction": notice, "glossary_term": term, "theme": theme, "board": board, "shared_document": shared,
    }  # fmt: skip
