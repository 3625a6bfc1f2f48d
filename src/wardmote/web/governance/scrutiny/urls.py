"""Addresses of `scrutiny`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.scrutiny.views import missed, recommendations

_ALL = "governance/recommendations/"
_ONE = f"{_ALL}<uuid:recommendation_id>/"
_MISSED = "governance/scrutiny/missed/"

partnership_urls: list[URLPattern | URLResolver] = [
    path(_ALL, recommendations.list_all, name="recommendations"),
    path(f"{_ALL}new/", recommendations.add, name="add_recommendation"),
    path(f"{_ALL}answer-time/", recommendations.set_answer_time, name="set_answer_time"),
    path(_ONE, recommendations.show, name="recommendation"),
    path(f"{_ONE}change/", recommendations.change, name="change_recommendation"),
    path(f"{_ONE}answer/", recommendations.answer, name="answer_recommendation"),
    path(f"{_ONE}actions/new/", recommendations.add_action, name="add_recommended_action"),
    path(
        f"{_ONE}actions/<uuid:recommended_action_id>/", recommendations.finish_action, name="finish_recommended_action"
    ),
    path(f"{_ONE}implemented/", recommendations.implement, name="implement_recommendation"),
    path(_MISSED, missed.list_targets, name="missed_targets"),
    path(f"{_MISSED}<uuid:indicator_id>/leave-out/", missed.leave_out, name="leave_out_target"),
    path(f"{_MISSED}left-out/<uuid:left_out_id>/put-back/", missed.take_back, name="put_back_target"),
]
