"""Addresses of `loads`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.observatory.loads.views import asking, held, quality

partnership_urls: list[URLPattern | URLResolver] = [
    path("evidence/loads/", held.show_loads, name="loads"),
    path("evidence/loads/new/", asking.choose_source, name="choose_load_source"),
    path("evidence/loads/new/<slug:source>/", asking.new_load, name="new_load"),
    path("evidence/loads/held/<slug:load_name>/", held.show_held_load, name="show_held_load"),
    path("evidence/loads/held/<slug:load_name>/undo/", held.undo, name="undo_load"),
    path("evidence/loads/held/<slug:load_name>/refused.csv", held.download_refused, name="download_refused_rows"),
    path("evidence/loads/held/<slug:load_name>/faults.csv", held.download_faults, name="download_load_faults"),
    path("evidence/loads/<uuid:load_id>/", held.show_load, name="show_load"),
    path("evidence/loads/<uuid:load_id>/again/", asking.retry, name="retry_load"),
    path("evidence/loads/<uuid:load_id>/remove/", asking.discard, name="discard_load_files"),
    path("evidence/quality/", quality.show_quality, name="evidence_quality"),
    path("evidence/quality/look/", quality.look_at_flag, name="look_at_flag"),
    path("evidence/quality/<slug:source>/<path:series>/", quality.show_series, name="show_evidence_series"),
]
