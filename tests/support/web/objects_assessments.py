"""The objects of assessments: one that is being written, and an edition of it that is published."""

from hashlib import sha256
from typing import Any

from support.web.world import NOW, World
from wardmote.web.foundation.files import keep_bytes
from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.assessments.models import (
    Assessment,
    AssessmentComment,
    AssessmentSection,
    Edition,
    EditionFile,
    SectionVersion,
    WindowMove,
)
from wardmote.web.partnerships.states import Role

OWN_WORDS = {("section_version", "number"): 1, ("bring_back_version", "number"): 1}


def make_objects(world: World) -> dict[str, Any]:
    """A section with a version and a comment, a moved window, and a published edition's file for the public."""
    own, who = {"partnership": world.partnership}, world.people[Role.ANALYST].pk
    with writing(by=None, verb="test.assessment_made", partnership=world.partnership):
        assessment = Assessment.objects.create(**own, area="E06000001", year="2025/26", as_at=NOW, started_at=NOW)
        section = AssessmentSection.objects.create(
            **own, assessment=assessment, key="burglary", title="Burglary", position=1, state="written", number=1
        )
        SectionVersion.objects.create(
            **own, section=section, number=1, text=f"Words of {world.partnership.slug}.", written_at=NOW, written_by=who
        )
        comment = AssessmentComment.objects.create(
            **own, section=section, number=1, text="Where?", said_at=NOW, said_by=who
        )
        move = WindowMove.objects.create(
            **own, assessment=assessment, before=NOW, after=NOW, reason="Newer data", moved_at=NOW, changes=[]
        )
        edition = Edition.objects.create(
            **own, assessment=assessment, number=1, state="published", as_at=NOW, asked_at=NOW, built_at=NOW,
            published_at=NOW, title="Strategic assessment", digest="0" * 64,
        )  # fmt: skip
        file = EditionFile.objects.create(**own, edition=edition, twin="public", form="pdf", file=_store(world))
    return {
        "assessment": assessment, "assessment_section": section, "assessment_comment": comment, "window_move": move,
        "assessment_edition": edition, "assessment_file": file,
    }  # fmt: skip


def _store(world: World) -> StoredFile:
    content = f"%PDF of {world.partnership.slug}".encode()
    digest = sha256(content).hexdigest()
    keep_bytes(digest, content)
    stored: StoredFile = StoredFile.objects.create(
        chain=str(world.partnership.pk), name="assessment.pdf", kind="application/pdf", size_bytes=len(content),
        sha256=digest, added_at=NOW,
    )  # fmt: skip
    return stored
