"""Addresses of the app, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver

from wardmote.web.observatory.assessments.urls import partnership_urls as assessments_urls
from wardmote.web.observatory.checks.urls import partnership_urls as checks_urls
from wardmote.web.observatory.evidence.urls import partnership_urls as evidence_urls
from wardmote.web.observatory.loads.urls import partnership_urls as loads_urls
from wardmote.web.observatory.places.urls import partnership_urls as places_urls

partnership_urls: list[URLPattern | URLResolver] = [
    *assessments_urls,
    *checks_urls,
    *loads_urls,
    *places_urls,
    *evidence_urls,  # last: its addresses take any word for an indicator's name
]
