"""A recommendation to the contributor's body, an action of it, a left-out target and a paper, for the truth table."""

from datetime import date
from typing import Any

from support.web.world import NOW, TODAY, World
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.documents.models import MadePaper
from wardmote.web.governance.scrutiny.actions import add_action, add_recommendation, leave_out_target
from wardmote.web.partnerships.interface import Role

WORDS = {"paper_kind": "scrutiny"}


def make_objects(world: World) -> dict[str, Any]:
    by = world.people[Role.COORDINATOR]
    fields = {"text": "Light the alley", "committee": "Safer Communities Committee", "met_on": date(2026, 10, 1),
              "received_on": date(2026, 10, 5), "source": "Minute 12"}  # fmt: skip
    made = add_recommendation(partnership=world.partnership, fields=fields, bodies=[world.police], by=by)
    action = add_action(
        recommendation=made, fields={"text": "Ask for a quote", "body": world.police, "due_on": TODAY}, by=by
    )
    left_out = leave_out_target(
        indicator=world.indicators["P1-1"], period="2026/27Q1", reason="The survey was not held in that quarter",
        by=by,
    )  # fmt: skip
    with writing(by=None, verb="test.paper_made", partnership=world.partnership):
        paper = MadePaper.objects.create(
            partnership=world.partnership, kind="scrutiny", plan=world.plan, period="2026/27",
            starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31), forms=["html"], title="Scrutiny pack", asked_at=NOW,
        )  # fmt: skip
    return {"recommendation": made, "recommended_action": action, "left_out": left_out, "made_paper": paper}
