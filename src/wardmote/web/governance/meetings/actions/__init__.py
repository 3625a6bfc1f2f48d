"""Everything that is written of meetings, each thing one audited write."""

from wardmote.web.governance.meetings.actions.agenda import (
    add_item,
    change_item,
    put_exceptions,
    remove_item,
    write_minute,
)
from wardmote.web.governance.meetings.actions.groups import add_group, change_group, set_quorum
from wardmote.web.governance.meetings.actions.meetings import change_meeting, move_meeting, plan_meetings
from wardmote.web.governance.meetings.actions.outcomes import (
    add_action,
    change_decision,
    confirm_decision,
    record_attendance,
    record_decision,
    take_back_confirmation,
    update_action,
)
from wardmote.web.governance.meetings.actions.papers import attach_paper, remove_paper
from wardmote.web.governance.meetings.actions.public import (
    add_public_meeting,
    add_question,
    change_public_meeting,
    change_question,
)
from wardmote.web.governance.meetings.actions.sign_offs import (
    note_receipt,
    record_signature,
    stamp_sent,
    start_sign_off,
    take_back_signature,
    withdraw_sign_off,
)

__all__ = [
    "add_action",
    "add_group",
    "add_item",
    "add_public_meeting",
    "add_question",
    "attach_paper",
    "change_decision",
    "change_group",
    "change_item",
    "change_meeting",
    "change_public_meeting",
    "change_question",
    "confirm_decision",
    "move_meeting",
    "note_receipt",
    "plan_meetings",
    "put_exceptions",
    "record_attendance",
    "record_decision",
    "record_signature",
    "remove_item",
    "remove_paper",
    "set_quorum",
    "stamp_sent",
    "start_sign_off",
    "take_back_confirmation",
    "take_back_signature",
    "update_action",
    "withdraw_sign_off",
    "write_minute",
]
