"""Addresses of plans, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.plans.views import approval, linking, lists, plans, records, settling, targets

_PLAN = "plans/<uuid:plan_id>/"
_INDICATOR = f"{_PLAN}indicators/<uuid:indicator_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path("plans/", plans.list_plans, name="plans"),
    path("plans/new/", plans.make_plan, name="make_plan"),
    path(_PLAN, plans.show_plan, name="plan"),
    path(f"{_PLAN}change/", plans.change_plan, name="change_plan"),
    path(f"{_PLAN}revise/", plans.revise_plan, name="revise_plan"),
    path(f"{_PLAN}changes/", plans.show_changes, name="plan_changes"),
    path(f"{_PLAN}past/", linking.link_past, name="link_past"),
    path(f"{_PLAN}past/<uuid:link_id>/end/", linking.unlink_past, name="unlink_past"),
    path(f"{_PLAN}approval/", approval.show_approval, name="plan_approval"),
    path(f"{_PLAN}approval/gates/", approval.set_gates, name="set_gates"),
    path(f"{_PLAN}approval/gates/<uuid:gate_id>/", approval.record_gate, name="record_gate"),
    path(f"{_PLAN}approval/adopt/", approval.adopt_plan, name="adopt_plan"),
    path(f"{_PLAN}move/<slug:to>/", approval.move_plan, name="move_plan"),
    path(f"{_PLAN}actions/", lists.list_actions, name="plan_actions"),
    path(f"{_PLAN}actions/<uuid:action_id>/progress/", lists.update_action, name="update_action"),
    path(f"{_PLAN}four-ps/", lists.show_four_ps, name="four_ps"),
    path(f"{_PLAN}risks/", lists.list_risks, name="plan_risks"),
    path(f"{_PLAN}cross-walk/", lists.show_cross_walk, name="cross_walk"),
    path(_INDICATOR, targets.show_indicator, name="plan_indicator"),
    path(f"{_INDICATOR}target/", targets.change_target, name="change_target"),
    path(f"{_INDICATOR}target/reading/", targets.read_target_words, name="read_target_words"),
    path(f"{_INDICATOR}target/base/", targets.rebase_target, name="rebase_target"),
    path(f"{_INDICATOR}target/as/<slug:kind>/", targets.change_target_typed, name="change_target_typed"),
    path(f"{_INDICATOR}target/settle/", settling.settle_target, name="settle_target"),
    path(f"{_INDICATOR}discontinue/", targets.discontinue_indicator, name="discontinue_indicator"),
    path(f"{_PLAN}<slug:kind>/add/", records.add_record, name="add_plan_record"),
    path(f"{_PLAN}<slug:kind>/<uuid:record_id>/change/", records.change_record, name="change_plan_record"),
    path(f"{_PLAN}<slug:kind>/<uuid:record_id>/remove/", records.remove_record, name="remove_plan_record"),
]
