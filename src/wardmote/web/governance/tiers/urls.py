"""Addresses of `tiers`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.tiers.views import county, district, linking

_MEASURE = "governance/districts/measures/<uuid:measure_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path("governance/districts/", county.show_districts, name="districts"),
    path("governance/districts/priorities/", county.show_priorities, name="district_priorities"),
    path("governance/districts/<uuid:district_id>/", county.show_district, name="district"),
    path(_MEASURE, county.show_measure, name="county_measure"),
    path(f"{_MEASURE}districts.<slug:table_form>", county.download_measure, name="county_measure_file"),
    path(f"{_MEASURE}link/", linking.link_measure, name="link_measure"),
    path(f"{_MEASURE}dismiss/", linking.dismiss_proposal, name="dismiss_proposal"),
    path(f"{_MEASURE}links/<uuid:measure_link_id>/end/", linking.end_measure_link, name="end_measure_link"),
    path("governance/standing/", district.show_standing, name="district_standing"),
    path("governance/standing/agree/", district.agree_sharing, name="agree_sharing"),
    path("governance/standing/end/", district.end_sharing, name="end_sharing"),
]
