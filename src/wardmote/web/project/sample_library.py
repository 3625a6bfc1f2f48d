"""The sample's library: words, themes (one left alone, one that became a priority), boards, of which one is behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from wardmote.web.governance.interface import (
    BoardKind,
    ThemeState,
    acknowledge_document,
    add_evidence,
    add_term,
    add_theme,
    keep_board,
    offer_file,
    record_sharing,
    review_theme,
)
from wardmote.web.partnerships.interface import Organisation, Partnership, Person
from wardmote.web.plans.interface import Priority, get_current_plan

_TERMS = (
    ("Gold group", "The chief officers who meet within a day of an incident that worries the town.", ("GG",)),
    ("Harbour estate", "The four streets between Zindle Harbour and the railway; no ward and no neighbourhood.", ()),
    ("Night-time economy zone", "The streets with late licences, from the quay to the market, 9pm to 5am.", ("NTEZ",)),
    ("Repeat location", "An address with three or more recorded incidents in twelve months.", ()),
    ("Vulnerability panel", "Weekly meeting of agencies about adults at risk of being exploited.", ("VP", "Panel")),
)
_NEEDS = "Needs assessment: violence against women and girls"


@dataclass(frozen=True, slots=True)
class SampleTheme:
    """One invented theme: who saw it how long ago, what it rests on, when it was looked at and what came of it."""

    title: str
    seen: str
    body: str
    days_ago: int
    rests_on: Sequence[str]
    reviews: Sequence[tuple[int, ThemeState, str]]  # days ago, state after that, what was found
    priority: int = 0


_THEMES = (
    SampleTheme(
        "Illegal e-bikes on the sea front", "Riders without lights among people on foot, mostly after school.",
        "Zellmouth Council Community Safety", 210,
        ("Eleven complaints to councillors since Easter", "Two collisions, no injuries"),
        [(150, ThemeState.DISCUSSED, "Talked about at the executive: wardens note times and places."),
         (40, ThemeState.DISCUSSED, "Noted on 38 of 60 days, two thirds between three and six in the afternoon.")],
    ),
    SampleTheme(
        "Cuckooing in sheltered housing", "Tenants’ flats used by others to sell drugs from.",
        "Zellmouth Public Health and Integrated Care Board", 520, ("Notes of four visits by the treatment service",),
        [(430, ThemeState.WATCHING, "Two more flats. Asked the landlords to say what they see.")],
    ),
    SampleTheme(
        "Spiking in the night-time economy", "Reports by students that rose before any recorded offence did.",
        "Zellmouth Police", 900, ("Reports to the venues’ scheme, by month", "A survey of 412 students"),
        [(760, ThemeState.DISCUSSED, "Testing kits given to venues."),
         (400, ThemeState.PROMOTED, "It goes into the plan: a share of the reports is offences against women.")],
        priority=2,
    ),
    SampleTheme(
        "Thefts of catalytic converters", "A run of thefts from car parks at the station.", "Zellmouth Police", 640,
        ("Recorded thefts from vehicles by month",),
        [(300, ThemeState.DROPPED, "None for eight months, here or in the county.")],
    ),
)  # fmt: skip


def load_library(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """Load the words, the themes and what other boards hold."""
    for term, meaning, aliases in _TERMS:
        add_term(by=by, partnership=partnership, term=term, meaning=meaning, aliases=aliases)
    for sample in _THEMES:
        _add_theme(partnership, sample, by=by, today=today)
    _add_boards(partnership, by=by, today=today)


def _add_theme(partnership: Partnership, sample: SampleTheme, *, by: Person | None, today: date) -> None:
    day = today - timedelta(days=sample.days_ago)
    body = Organisation.objects.filter(seats__partnership=partnership, name=sample.body).first()
    fields = {"title": sample.title, "seen": sample.seen, "first_seen_on": day, "body": body, "written_on": day}
    theme = add_theme(by=by, partnership=partnership, fields=fields)
    for text in sample.rests_on:
        add_evidence(by=by, theme=theme, text=text)
    own = Priority.objects.filter(partnership=partnership, plan=get_current_plan(partnership), number=sample.priority)
    priority = own.first()
    for days_ago, state, note in sample.reviews:
        is_lost = state == ThemeState.PROMOTED and priority is None  # a plan without that priority
        review_theme(
            by=by, theme=theme, reviewed_on=today - timedelta(days=days_ago), note=note,
            state=ThemeState.DISCUSSED if is_lost else state,
            priority=priority if state == ThemeState.PROMOTED else None,
        )  # fmt: skip


def _add_boards(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """Three boards have the first version of one document, two of them the second, too."""
    sender = by or Person.objects.filter(memberships__partnership=partnership).order_by("name").first()
    if sender is None:
        return
    boards = [
        keep_board(
            by=by, partnership=partnership,
            fields={"name": name, "kind": kind, "contact": contact, "ended_on": None},
        )
        for name, kind, contact in (
            ("Zellmouth Safeguarding Adults Board", BoardKind.SAFEGUARDING_ADULTS, "Business manager"),
            ("Zellshire Health and Wellbeing Board", BoardKind.HEALTH, "Democratic services"),
            ("Zellshire Domestic Abuse Partnership Board", BoardKind.DOMESTIC_ABUSE, "Head of commissioning"),
        )
    ]  # fmt: skip
    for version, days_ago, receivers in (("1", 260, boards), ("2", 70, boards[1:])):
        day = today - timedelta(days=days_ago)
        offer = offer_file(_NEEDS, f"Version {version}", day)
        for board in receivers:
            copy = SimpleUploadedFile(
                f"needs-assessment-{version}.txt", f"{_NEEDS} (sample), version {version}.\n".encode()
            )
            shared = record_sharing(by=sender, board=board, offer=offer, sent_on=day + timedelta(days=3), upload=copy)
            if version == "1":
                acknowledge_document(by=sender, shared=shared, acknowledged_on=day + timedelta(days=9))
