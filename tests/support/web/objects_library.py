"""Objects of the library for the truth table: a published notice about a published assessment, and what changed."""

from typing import Any

from support.web.world import NOW, World
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.models import Correction

WORDS = {"notice_form": "html"}


def make_objects(world: World) -> dict[str, Any]:
    own = {"partnership": world.partnership}
    with writing(by=None, verb="test.library_made", partnership=world.partnership):
        notice = Correction.objects.create(
            **own, source="edition", about=world.partnership.pk, document_title="Strategic assessment",
            version="edition 1", changes=[], keys=[], touches=[], title="Correction", text="It was 5.", composed_at=NOW,
            state="draft",
        )  # fmt: skip
    return {"correction": notice}
