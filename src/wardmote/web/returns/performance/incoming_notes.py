"""What a plan on its way in does otherwise than a reader of its file may think: told before anything is kept."""

from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.plans.interface import Keying, say_joined


def say_notes(plan_file: PlanFile, built: Keying) -> tuple[str, ...]:
    """Sentences for the trial's page: what is not taken over, and which rows join another plan's measures."""
    return (*_say_not_taken(plan_file, is_historic=built.plan.is_historic), *say_joined(built.plan, built.indicators))


def _say_not_taken(plan_file: PlanFile, *, is_historic: bool) -> list[str]:
    """Of a plan that is to be worked on: the statuses in its file were set by nobody here."""
    count = sum(len(row.overrides) for row in plan_file.plan.indicators)
    if is_historic or not count:
        return []
    subject = "1 status set by hand in the file is" if count == 1 else f"{count:,} statuses set by hand in the file are"
    return [f"{subject} not taken over: a status is set by hand here, by a named person with a reason."]
