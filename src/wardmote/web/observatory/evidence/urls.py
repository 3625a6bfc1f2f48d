"""Addresses of `evidence`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.observatory.evidence import views

partnership_urls: list[URLPattern | URLResolver] = [
    path("evidence/", views.search_evidence, name="evidence"),
    path("evidence/figure/", views.trace_figure, name="trace_figure"),
    path("evidence/<slug:indicator>/", views.show_evidence, name="show_evidence"),
    path("evidence/<slug:indicator>/download/", views.download_evidence, name="download_evidence"),
]
