"""Addresses of `documents`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.documents import views

partnership_urls: list[URLPattern | URLResolver] = [
    path("governance/documents/", views.list_documents, name="governance_documents"),
    path("governance/documents/new/<slug:paper_kind>/", views.make_document, name="make_document"),
    path("governance/documents/<uuid:made_paper_id>/", views.show_document, name="governance_document"),
]
