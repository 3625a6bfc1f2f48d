"""Addresses of the app, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance import views
from wardmote.web.governance.documents.urls import partnership_urls as documents_urls
from wardmote.web.governance.duties.urls import partnership_urls as duties_urls
from wardmote.web.governance.grants.urls import partnership_urls as grants_urls
from wardmote.web.governance.library.urls import partnership_urls as library_urls
from wardmote.web.governance.meetings.urls import partnership_urls as meetings_urls
from wardmote.web.governance.risks.urls import partnership_urls as risks_urls
from wardmote.web.governance.scrutiny.urls import partnership_urls as scrutiny_urls
from wardmote.web.governance.tiers.urls import partnership_urls as tiers_urls

partnership_urls: list[URLPattern | URLResolver] = [
    path("governance/", views.show_governance, name="governance"),
    *documents_urls,
    *duties_urls,
    *grants_urls,
    *library_urls,
    *meetings_urls,
    *risks_urls,
    *scrutiny_urls,
    *tiers_urls,
]
