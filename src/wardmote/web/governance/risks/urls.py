"""Addresses of `risks`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.risks import views

_RISK = "governance/risks/<uuid:risk_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path("governance/risks/", views.show_register, name="risk_register"),
    path("governance/risks/new/", views.add_risk, name="add_risk"),
    path("governance/risks/take-over/", views.take_over_risks, name="take_over_risks"),
    path("governance/risks/register.<slug:table_form>", views.download_register, name="risk_register_file"),
    path(_RISK, views.show_risk, name="risk"),
    path(f"{_RISK}change/", views.change_risk, name="change_risk"),
    path(f"{_RISK}score/", views.score_risk, name="score_risk"),
    path(f"{_RISK}close/", views.close_risk, name="close_risk"),
    path(f"{_RISK}reopen/", views.reopen_risk, name="reopen_risk"),
    path(f"{_RISK}mitigations/new/", views.add_mitigation, name="add_mitigation"),
    path(f"{_RISK}mitigations/<uuid:mitigation_id>/", views.change_mitigation, name="change_mitigation"),
]
