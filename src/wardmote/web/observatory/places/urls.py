"""Addresses of `places`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.observatory.places.views import comparisons, maps, rankings

partnership_urls: list[URLPattern | URLResolver] = [
    path("evidence/<slug:indicator>/map/", maps.show_map, name="evidence_map"),
    path("evidence/<slug:indicator>/map/shapes/", maps.send_shapes, name="evidence_map_shapes"),
    path("evidence/<slug:indicator>/map/picture/", maps.send_picture, name="evidence_map_picture"),
    path("evidence/<slug:indicator>/map/download/", maps.download_map, name="download_evidence_map"),
    path("evidence/<slug:indicator>/ranking/", rankings.show_ranking, name="evidence_ranking"),
    path("evidence/<slug:indicator>/ranking/download/", rankings.download_ranking, name="download_evidence_ranking"),
    path("evidence/<slug:indicator>/compare/", comparisons.compare_evidence, name="compare_evidence"),
    path("evidence/<slug:indicator>/compare/download/", comparisons.download_comparison, name="download_comparison"),
]
