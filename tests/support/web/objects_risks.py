"""A risk and what is done about it, for the truth table of all pages. It is the body's that the contributor is of."""

from datetime import timedelta
from typing import Any

from support.web.world import TODAY, World
from wardmote.web.governance.risks.actions import add_mitigation, add_risk
from wardmote.web.partnerships.interface import Role

WORDS = {"table_form": "csv"}


def make_objects(world: World) -> dict[str, Any]:
    by = world.people[Role.COORDINATOR]
    fields = {"text": "An agency sends nobody", "owner_body": world.police, "review_on": TODAY + timedelta(days=30)}
    risk = add_risk(partnership=world.partnership, fields=fields, by=by)
    return {"risk": risk, "mitigation": add_mitigation(risk=risk, fields={"text": "Write to its chief"}, by=by)}
