"""Recommendations and missed targets in words, for pages and the pack."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wardmote.evidence.targets.accounts import LeftOut, Recommended
from wardmote.web.foundation.design.words import localise, say_date
from wardmote.web.governance.scrutiny.models import Answer, LeftOutTarget, Recommendation, RecommendedAction
from wardmote.web.governance.scrutiny.policies import choose_answers, find_standing, list_owing, say_clock
from wardmote.web.governance.scrutiny.states import STANDING_TAGS, UNANSWERED, Outcome, Standing
from wardmote.web.partnerships.interface import Membership, Role, name_people


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """A recommendation as a list shows it."""

    recommendation: Recommendation
    standing: Standing
    colour: str
    clock: str
    bodies: str
    owing: str
    open_actions: int
    late_actions: int

    @property
    def is_unanswered(self) -> bool:
        return self.standing in UNANSWERED


def describe_recommendation(recommendation: Recommendation, today: date) -> RecommendationRow:
    """How a recommendation stands today, of what was fetched with it."""
    standing = find_standing(recommendation, today)
    pending = [one for one in recommendation.actions.all() if one.done_on is None]
    return RecommendationRow(
        recommendation, standing, STANDING_TAGS[standing], say_clock(recommendation, today),
        ", ".join(sorted(row.body.name for row in recommendation.addressed.all())),
        ", ".join(sorted(body.name for body in list_owing(recommendation))), len(pending),
        sum(one.due_on < today for one in pending),
    )  # fmt: skip


def say_answer(answer: Answer) -> str:
    """'Accepted in part: … Because …'."""
    words = f"{Outcome(answer.outcome).label}: {answer.text.strip()}"
    return f"{words} Reason: {answer.reason.strip()}" if answer.reason.strip() else words


def say_action(action: RecommendedAction, today: date) -> str:
    """An action with who does it and how far it has come."""
    if action.done_on is not None:
        state = f"done on {say_date(action.done_on)}"
    else:
        state = f"due {say_date(action.due_on)}" + (", overdue" if action.due_on < today else "")
    return f"{action.text.rstrip('.')} ({action.body.name}; {state})"


def to_recommended(recommendation: Recommendation, today: date) -> Recommended:
    """A recommendation as the pack prints it."""
    row = describe_recommendation(recommendation, today)
    answers = choose_answers(recommendation)
    several = len(recommendation.addressed.all()) > 1
    said = (f"{one.body.name}: {say_answer(one)}" if several else say_answer(one) for one in answers.values())
    return Recommended(
        str(recommendation.number), recommendation.text, recommendation.committee, recommendation.met_on,
        recommendation.received_on, recommendation.due_on, row.bodies, row.standing.label, row.clock, " ".join(said),
        tuple(say_action(one, today) for one in recommendation.actions.all()),
    )  # fmt: skip


def to_left_out(rows: list[LeftOutTarget]) -> tuple[LeftOut, ...]:
    """What was left out, as the pack prints it: by whom with the role in which they did it."""
    names = name_people({row.left_out_by for row in rows})
    roles = _find_roles(rows)
    return tuple(
        LeftOut(row.indicator.ref, row.period, row.reason, _name_with_role(names[row.left_out_by], roles.get(row.pk)),
                localise(row.left_out_at).date())
        for row in rows
    )  # fmt: skip


def _find_roles(rows: list[LeftOutTarget]) -> dict[UUID, str]:
    """The role that let each of them leave it out, as held on that day. One query."""
    held = Membership.objects.filter(
        partnership__in={row.partnership_id for row in rows}, person__in={row.left_out_by for row in rows},
        role=Role.COORDINATOR,
    )  # fmt: skip
    return {
        row.pk: Role.COORDINATOR.label.lower()
        for row in rows
        for one in held
        if one.person_id == row.left_out_by and one.given_at <= row.left_out_at <= (one.ended_at or row.left_out_at)
    }


def _name_with_role(name: str, role: str | None) -> str:
    return f"{name}, {role}" if role else name
