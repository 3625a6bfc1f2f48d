"""The sample's scrutiny: recommendations, one answered late, one overdue, and a target that the pack leaves out."""

from datetime import date, timedelta

from wardmote.web.governance.scrutiny.actions import (
    add_action,
    add_recommendation,
    answer_recommendation,
    finish_action,
    implement_recommendation,
    leave_out_target,
)
from wardmote.web.governance.scrutiny.models import Recommendation
from wardmote.web.governance.scrutiny.queries import list_missed, list_stretches
from wardmote.web.partnerships.interface import Agency, Membership, Organisation, Partnership, Person, Role
from wardmote.web.plans.interface import get_current_plan

_COMMITTEE = "Zellmouth Safer Communities Scrutiny Committee"
_REASON = "The survey behind it was held in one ward only that quarter and is being held again"


def load_scrutiny(partnership: Partnership, *, by: Person | None, today: date) -> None:
    """Recommendations in every state, with their answers and actions, and one reasoned omission from the pack."""
    bodies = _find_bodies(partnership)
    _add_done(partnership, bodies, by, today)
    _add_late(partnership, bodies, by, today)
    _add_partly(partnership, bodies, by, today)
    _add(
        partnership,
        [bodies["police"], bodies["council"]],
        by,
        received_on=today - timedelta(days=17),
        text=("That the partnership report to each meeting which targets were missed and what was done about each."),
    )
    _leave_one_out(partnership, today)


def _find_bodies(partnership: Partnership) -> dict[str, Organisation]:
    seats = Agency.objects.filter(partnership=partnership, ended_on=None).select_related("organisation")
    return {seat.organisation.kind: seat.organisation for seat in seats.order_by("-organisation__name")}


def _add(
    partnership: Partnership, bodies: list[Organisation], by: Person | None, *, received_on: date, text: str
) -> Recommendation:
    fields = {"text": text, "committee": _COMMITTEE, "met_on": received_on - timedelta(days=6),
              "received_on": received_on, "source": "Minutes of the meeting"}  # fmt: skip
    return add_recommendation(partnership=partnership, fields=fields, bodies=bodies, by=by)


def _answer(
    made: Recommendation, body: Organisation, by: Person | None, *, on: date, outcome: str, text: str, reason: str = ""
) -> None:
    fields = {"outcome": outcome, "text": text, "reason": reason, "answered_on": on}
    answer_recommendation(recommendation=made, body=body, fields=fields, by=by)


def _add_done(partnership: Partnership, bodies: dict[str, Organisation], by: Person | None, today: date) -> None:
    """One that was accepted in time, acted on and implemented."""
    received_on = today - timedelta(days=250)
    made = _add(
        partnership,
        [bodies["council"]],
        by,
        received_on=received_on,
        text=("That the council publish when the street lighting of the seafront will be renewed."),
    )
    _answer(made, bodies["council"], by, on=received_on + timedelta(days=20), outcome="accepted",
            text="The programme will be published with its dates before the summer.")  # fmt: skip
    action = add_action(
        recommendation=made,
        by=by,
        fields={
            "text": "Publish the programme of renewal",
            "body": bodies["council"],
            "due_on": received_on + timedelta(days=90),
        },
    )
    finish_action(action=action, done_on=received_on + timedelta(days=82), note="Published", by=by)
    implement_recommendation(
        recommendation=made, on=received_on + timedelta(days=82), note="The programme is on the council’s pages", by=by
    )


def _add_late(partnership: Partnership, bodies: dict[str, Organisation], by: Person | None, today: date) -> None:
    """One that was answered thirteen days late."""
    received_on = today - timedelta(days=120)
    made = _add(
        partnership,
        [bodies["police"]],
        by,
        received_on=received_on,
        text=("That the police say, ward by ward, how many neighbourhood officers were on duty each month."),
    )
    _answer(made, bodies["police"], by, on=received_on + timedelta(days=41), outcome="partly",
            text="Numbers for the borough will come with each quarter’s report.",
            reason="Numbers for single wards would tell where nobody is on duty")  # fmt: skip
    add_action(
        recommendation=made,
        by=by,
        fields={
            "text": "Add officers on duty to the quarterly report",
            "body": bodies["police"],
            "due_on": today - timedelta(days=9),
        },
    )


def _add_partly(partnership: Partnership, bodies: dict[str, Organisation], by: Person | None, today: date) -> None:
    """One to a body whose answer is overdue now."""
    _add(
        partnership,
        [bodies["health"]],
        by,
        received_on=today - timedelta(days=36),
        text=(
            "That the health body say how many people waited longer than three weeks for treatment of alcohol misuse."
        ),
    )


def _leave_one_out(partnership: Partnership, today: date) -> None:
    """The pack prints who decided it, so that it is the coordinator's own and never the machine's."""
    plan, coordinator = get_current_plan(partnership), _find_coordinator(partnership)
    for stretch in list_stretches(plan) if plan else []:
        missed = list_missed(stretch, today)
        if missed:
            last = missed[-1]
            leave_out_target(indicator=last.indicator, period=last.missed.period, reason=_REASON, by=coordinator)
            return


def _find_coordinator(partnership: Partnership) -> Person:
    held = Membership.objects.filter(partnership=partnership, role=Role.COORDINATOR, ended_at=None)
    return held.select_related("person").earliest("given_at", "person__email").person
