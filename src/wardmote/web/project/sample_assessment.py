"""The sample's assessments: last year's is published, this year's is being written, with what that brings.

They rest on the sample's evidence, so they come when that is there: a round begins them, a job builds the documents,
and a later round publishes these.
"""

from datetime import date, datetime
from typing import Any

from wardmote.evidence.sample.commentary import ASSESSED_YEAR
from wardmote.evidence.sample.places import MAIN
from wardmote.web.foundation.jobs import find_job
from wardmote.web.foundation.models import JobState
from wardmote.web.foundation.rounds import join_round
from wardmote.web.observatory.assessments import actions, queries
from wardmote.web.observatory.assessments.models import Assessment, AssessmentSection
from wardmote.web.observatory.assessments.states import EditionState
from wardmote.web.observatory.reading import has_evidence
from wardmote.web.partnerships.interface import Membership, Partnership, Person, Role
from wardmote.web.project.sample import find_sample

_LAST_YEAR = "2024/25"


def _name(indicator: str, year: str, form: str = "") -> str:
    return f"{{{{ {indicator}:{MAIN.code}:{year}{f' | {form}' if form else ''} }}}}"


_NOW, _THEN = ASSESSED_YEAR, _LAST_YEAR
_PUBLISHED = {
    "at-a-glance": (
        f"The police recorded **{_name('official_crime_count', _THEN)}** crimes in {_THEN}, or"
        f" {_name('official_crime_rate', _THEN)} for each thousand residents. Apart from them,"
        f" {_name('asb_count', _THEN)} incidents of anti-social behaviour were reported.\n\n"
        "The file for November 2023 was never received; the year is not held against the one before."
    ),
    "burglary": (
        f"There were {_name('burglary_count', _THEN)} burglaries. Marking days were held in every ward, and repeat"
        " visits were made to each house that was entered."
    ),
}
_SUMMARY = (
    f"Recorded crime was similar to {_THEN}, at **{_name('official_crime_count', _NOW)}** offences, or"
    f" {_name('official_crime_rate', _NOW)} for each thousand residents.\n\n"
    f"Theft other than of or from vehicles rose, to {_name('theft_count', _NOW)}. Thefts from the person fell, to"
    f" {_name('theft_from_the_person_count', _NOW)}.\n\n"
    "*Zellmouth is an invented place.*"
)
_BURGLARY = (
    f"Burglary was similar to {_THEN}, at {_name('burglary_count', _NOW)} offences. Sheds and garages were entered more"
    " often in the darker months, as in other years."
)
#: Not borne out by the data: it shows what a newcomer is to mend.
_THEFT = (
    f"Bicycle theft fell after the marking days, to {_name('bicycle_theft_count', _NOW)}.\n\n"
    f"Shops reported {_name('shoplifting_count', _NOW)} thefts; they ask for a named officer."
)
_ASB = f"Calls about anti-social behaviour came to {_name('asb_count', _NOW)}. Most are about the quay in summer."


@join_round("take the sample's assessments on")
def take_on_assessments(now: datetime) -> str:
    """Begin them once the evidence is there, and publish last year's once its documents are built."""
    sample = find_sample()
    if sample is None or not has_evidence(sample):
        return "nothing to do"
    if not queries.list_assessments(sample).exists():
        load_assessments(sample, by=None, today=now.date())
        return "begun"
    return _publish_built(sample)


def load_assessments(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """This year's assessment as it is being written, and last year's, whose documents a job builds."""
    write_this_year(partnership)
    _begin_last_year(partnership)


def write_this_year(partnership: Partnership) -> None:
    """A summary that is approved, a section that waits, one whose words are at fault, and one with a question."""
    analyst, chair = _find_person(partnership, Role.ANALYST), _find_person(partnership, Role.CHAIR)
    made = actions.start_assessment(partnership=partnership, area=partnership.area_code, year=_NOW, by=analyst)
    _approve(made, "at-a-glance", _SUMMARY, analyst, chair)
    burglary = _write(made, "burglary", _BURGLARY, analyst)
    actions.submit_section(section=burglary, seen=burglary.number, by=analyst)
    _write(made, "theft", _THEFT, analyst)
    calls = _write(made, "anti-social-behaviour", _ASB, analyst)
    actions.add_comment(section=calls, text="Can we say which of them the council's wardens took?", by=chair)


def _begin_last_year(partnership: Partnership) -> None:
    analyst, chair = _find_person(partnership, Role.ANALYST), _find_person(partnership, Role.CHAIR)
    made = actions.start_assessment(partnership=partnership, area=partnership.area_code, year=_THEN, by=analyst)
    for key, text in _PUBLISHED.items():
        _approve(made, key, text, analyst, chair)
    actions.build_edition(assessment=made, by=analyst)


def _publish_built(partnership: Partnership) -> str:
    """Only the very build that was asked for here, and only once: later editions are for people to publish."""
    for assessment in queries.list_current(partnership).filter(year=_THEN):
        draft = queries.find_draft(assessment)
        job = find_job(draft) if draft is not None else None
        is_first = not queries.list_published(partnership).filter(assessment=assessment).exists()
        if draft is not None and draft.state == EditionState.BUILT and job and job.state == JobState.DONE and is_first:
            draft.assessment = assessment
            actions.publish_edition(edition=draft, by=_find_person(partnership, Role.CHAIR))
            return "published"
    return "nothing to do"


def _approve(made: Assessment, key: str, text: str, analyst: Person, chair: Person) -> None:
    section = _write(made, key, text, analyst)
    actions.submit_section(section=section, seen=section.number, by=analyst)
    actions.approve_section(section=section, seen=section.number, by=chair)


def _write(made: Assessment, key: str, text: str, analyst: Person) -> AssessmentSection:
    section: Any = queries.list_own_sections(made.partnership).get(assessment=made, key=key)
    actions.save_section(section=section, text=text, seen=section.number, by=analyst)
    return section


def _find_person(partnership: Partnership, role: Role) -> Person:
    found: Membership = (
        Membership.objects.select_related("person")
        .filter(partnership=partnership, role=role, ended_at=None)
        .order_by("given_at", "person__name")[0]
    )
    return found.person
