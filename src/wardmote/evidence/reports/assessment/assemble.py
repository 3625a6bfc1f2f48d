"""The whole assessment as one document, with the analyst's commentary in its place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wardmote.evidence.model.errors import Fault, TextNotBorneOutError
from wardmote.evidence.reports.assessment.commentary import Commentary
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.sections.back import (
    build_figures,
    build_glossary,
    build_methods,
    build_sources,
)
from wardmote.evidence.reports.assessment.sections.changed import build_changed
from wardmote.evidence.reports.assessment.sections.crime import build_all_crime, build_asb, build_offence_groups
from wardmote.evidence.reports.assessment.sections.glance import build_glance
from wardmote.evidence.reports.assessment.sections.other import (
    build_fly_tipping,
    build_outcomes,
    build_partner_data,
    build_roads,
)
from wardmote.evidence.reports.assessment.sections.places import build_places
from wardmote.evidence.reports.assessment.sections.trust import build_trust
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.document import Document, Section

SYNTHETIC_MARKING = "Synthetic: invented figures"
_MARKINGS = {"public": None, "partnership": "Not for publication"}


def build_assessment(context: Context, commentary: Commentary, *, as_at: datetime, publisher: str) -> Document:
    """Build every section in order; the commentary of a section stands at its head.

    Raises TextNotBorneOutError when the commentary speaks of figures that are unknown or missing, or claims a
    direction that they do not earn.
    """
    sections = [
        build_glance(context),
        build_all_crime(context),
        build_asb(context),
        *build_offence_groups(context),
        build_places(context),
        build_outcomes(context),
        build_roads(context),
        build_fly_tipping(context),
        build_partner_data(context),
        build_changed(context),
        build_trust(context),
    ]
    written = _insert_commentary(sections, commentary)
    back = (build_methods(context), build_sources(context), build_glossary(context), build_figures(context))
    return Document(
        title="Strategic assessment of crime and disorder",
        subtitle=f"{context.area.title}, {name_period(context.period)}",
        area_name=context.area.title,
        period_title=context.period.title,
        publisher=publisher,
        as_at=as_at,
        audience=context.audience,
        sections=(*written, *back),
        marking=_mark(context),
        look=context.look,
    )


def _mark(context: Context) -> str | None:
    marks = [SYNTHETIC_MARKING if context.is_synthetic else None, _MARKINGS[context.audience]]
    return ". ".join(m for m in marks if m) or None


def _insert_commentary(sections: Sequence[Section], commentary: Commentary) -> list[Section]:
    """Put each file's blocks at the head of the section that it is named after."""
    known = {s.id for s in sections}
    unknown = [name for name in commentary.names if name not in known]
    if unknown:
        raise TextNotBorneOutError(
            "the commentary has files that belong to no section",
            faults=[
                Fault("no section has this name", where=f"{name}.md", expected="one of " + ", ".join(sorted(known)))
                for name in unknown
            ],
        )
    placed = []
    for section in sections:
        words = commentary.read(section.id)
        placed.append(replace(section, blocks=(*words, *section.blocks)) if words else section)
    return placed
