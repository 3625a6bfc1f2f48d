"""Everything that is done to an assessment."""

from wardmote.web.observatory.assessments.actions.approving import (
    add_comment,
    approve_section,
    resolve_comment,
    send_back_section,
    submit_section,
)
from wardmote.web.observatory.assessments.actions.editions import build_edition, publish_edition
from wardmote.web.observatory.assessments.actions.windows import list_loads_since, move_window
from wardmote.web.observatory.assessments.actions.withdrawing import withdraw_assessment
from wardmote.web.observatory.assessments.actions.writing import (
    bring_back_version,
    save_section,
    start_assessment,
)

__all__ = [
    "add_comment",
    "approve_section",
    "bring_back_version",
    "build_edition",
    "list_loads_since",
    "move_window",
    "publish_edition",
    "resolve_comment",
    "save_section",
    "send_back_section",
    "start_assessment",
    "submit_section",
    "withdraw_assessment",
]
