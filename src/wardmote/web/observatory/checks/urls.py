"""Addresses of `checks`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.observatory.checks import views

_CHECK = "evidence/checks/<uuid:report_check_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path("evidence/checks/", views.list_checks, name="checks"),
    path("evidence/checks/new/", views.new_check, name="new_check"),
    path(_CHECK, views.show_check, name="check"),
    path(f"{_CHECK}text/", views.show_text, name="check_text"),
    path(f"{_CHECK}claims/<int:claim_number>/", views.mark_claim, name="mark_claim"),
    path(f"{_CHECK}share/", views.share_check, name="share_check"),
    path(f"{_CHECK}remove/", views.remove_text, name="remove_check_text"),
    path(f"{_CHECK}claims.<slug:table_form>", views.download_claims, name="check_claims_file"),
    path(f"{_CHECK}report.html", views.download_page, name="check_page"),
]
