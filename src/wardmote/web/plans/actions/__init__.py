"""What people do to a plan. Every function writes one audited thing, wholly or not at all."""

from wardmote.web.plans.actions.carrying import settle_target
from wardmote.web.plans.actions.gates import adopt_plan, after_adoption, record_gate, set_gates
from wardmote.web.plans.actions.linking import link_past, unlink_past
from wardmote.web.plans.actions.plans import change_plan, make_plan, move_plan, revise_plan
from wardmote.web.plans.actions.records import (
    add_record,
    change_record,
    discontinue_indicator,
    remove_record,
    update_action,
)
from wardmote.web.plans.actions.targets import change_target, find_scheduled_after, list_in_force, rebase_target

__all__ = [
    "add_record",
    "adopt_plan",
    "after_adoption",
    "change_plan",
    "change_record",
    "change_target",
    "discontinue_indicator",
    "find_scheduled_after",
    "link_past",
    "list_in_force",
    "make_plan",
    "move_plan",
    "rebase_target",
    "record_gate",
    "remove_record",
    "revise_plan",
    "set_gates",
    "settle_target",
    "unlink_past",
    "update_action",
]
