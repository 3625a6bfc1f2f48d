"""The sample's risk register: a year of scorings, one risk that nobody looked at again, and one that is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.web.governance.interface import RegisteredRisk, add_mitigation, add_risk, close_risk, score_risk
from wardmote.web.partnerships.interface import Organisation, Partnership, Person
from wardmote.web.plans.interface import Priority, get_current_plan

#: Days before today, the four scores (before: likelihood, impact; after: likelihood, impact), and why.
Scoring = tuple[int, tuple[int, int, int, int], str]
_NAMES = ("inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact")


@dataclass(frozen=True, slots=True)
class SampleRisk:
    """One invented risk: whose it is, which priority it threatens, how it was scored, and what is done."""

    text: str
    cause: str
    consequence: str
    body: str
    priority: int
    target: int
    review_in: int
    scorings: Sequence[Scoring]
    doings: Sequence[tuple[str, int, str]]  # what, days from today until it is due, state
    closed: str = ""


_RISKS = (
    SampleRisk(
        "Treatment money is not renewed", "The grant ends next year", "Two of five groups would close",
        "Zellmouth Public Health", 3, 6, 40,
        [(330, (4, 5, 4, 5), "First scoring, at the executive"),
         (205, (4, 5, 3, 5), "The funder has asked for a bid"),
         (85, (4, 5, 3, 4), "A bridging offer from the health body covers one group")],
        [("Bid for the next round, with the three years’ results", 30, "under_way"),
         ("Say in the bid which groups would close", -12, "planned")],
    ),
    SampleRisk(
        "Returns come late and go unread", "One analyst for eight agencies", "Decisions are taken on old figures",
        "Zellmouth Council", 1, 4, 25,
        [(320, (3, 3, 3, 3), "First scoring"), (200, (3, 3, 3, 3), "No change"), (70, (3, 3, 3, 3), "No change")],
        [("Cover named in each agency", -60, "done"), ("Returns on one page", 45, "under_way")],
    ),
    SampleRisk(
        "The refuge loses its trainers", "Posts paid year by year", "Fewer practitioners are trained than promised",
        "Zindle Harbour Refuge", 4, 8, -20,
        [(300, (4, 3, 4, 3), "First scoring, when the plan was adopted")],
        [("Ask the county for the loan of a trainer", -35, "under_way")],
    ),
    SampleRisk(
        "Small numbers let somebody be recognised", "Figures by ward", "Harm to a victim; the regulator is told",
        "Zellmouth Council", 2, 5, 90,
        [(310, (3, 5, 2, 5), "First scoring"), (60, (3, 5, 1, 5), "Counts under five are suppressed")],
        [("Suppress under five in every published table", -150, "done")],
    ),
    SampleRisk(
        "The move of the police station leaves no desk for partners", "The lease ends", "Joint work stops for months",
        "Zellmouth Police", 1, 4, 0, [(340, (3, 3, 3, 3), "First scoring"), (150, (3, 3, 1, 2), "Desks are agreed")],
        [("Desks in the new station", -160, "done")], "The move is done and partners have six desks in the new station",
    ),
)  # fmt: skip


def load_risks(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """Fill the register of the sample partnership."""
    bodies = list(Organisation.objects.filter(seats__partnership=partnership))
    plan = get_current_plan(partnership)
    priorities = {one.number: one for one in Priority.objects.filter(partnership=partnership, plan=plan)}
    for sample in _RISKS:
        body = next((one for one in bodies if one.name.startswith(sample.body)), None)
        fields = {
            "text": sample.text, "cause": sample.cause, "consequence": sample.consequence, "owner_body": body,
            "priority": priorities.get(sample.priority), "target_score": sample.target,
            "written_on": today - timedelta(sample.scorings[0][0]),
        }  # fmt: skip
        risk = add_risk(partnership=partnership, fields=fields, by=by)
        _live(risk, sample, body, by=by, today=today)


def _live(
    risk: RegisteredRisk, sample: SampleRisk, body: Organisation | None, *, by: Person | None, today: date
) -> None:
    """The year of one risk: scored, worked on, perhaps closed."""
    for days, scores, reason in sample.scorings:
        score_risk(
            risk=risk, scores=dict(zip(_NAMES, scores, strict=True)), scored_on=today - timedelta(days), reason=reason,
            review_on=today + timedelta(sample.review_in), by=by,
        )  # fmt: skip
    for text, due_in, state in sample.doings:
        fields = {"text": text, "due_on": today + timedelta(due_in), "state": state, "body": body}
        add_mitigation(risk=risk, fields=fields, by=by)
    if sample.closed:
        close_risk(risk=risk, reason=sample.closed, by=by)
