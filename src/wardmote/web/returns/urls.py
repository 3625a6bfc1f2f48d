"""Addresses of returns, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.returns.performance.urls import partnership_urls as performance_urls
from wardmote.web.returns.views import comparing, contributing, covering, history, managing, sheets, signing

_ONE = "returns/<uuid:pk>/"
_QUARTER = "returns/quarters/<uuid:pk>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path("returns/", contributing.show_returns, name="returns"),
    path("returns/owed/", contributing.show_owed, name="owed_returns"),
    path("returns/submit-ready/", contributing.submit_ready, name="submit_ready_returns"),
    path("returns/sign-off/", signing.show_signable, name="returns_to_sign_off"),
    path("returns/cover/", covering.show_covers, name="covers"),
    path("returns/cover/<uuid:pk>/end/", covering.stop_cover, name="end_cover"),
    path("returns/chase/", managing.show_chase_list, name="chase_list"),
    path("returns/chase/now/", managing.chase_now, name="chase_agency"),
    path("returns/quarters/", managing.list_quarters, name="quarters"),
    path("returns/quarters/open/", managing.open_by_hand, name="open_quarter"),
    path(_QUARTER, managing.show_quarter, name="show_quarter"),
    path(f"{_QUARTER}due/", managing.put_off, name="put_off_due"),
    path(f"{_QUARTER}lock/", managing.lock, name="lock_quarter"),
    path(f"{_QUARTER}reopen/", managing.unlock, name="reopen_quarter"),
    path("returns/workbook/", sheets.show_sheets, name="returns_workbooks"),
    path("returns/workbook/<uuid:quarter_pk>/<uuid:organisation_pk>/", sheets.download, name="returns_workbook"),
    path("returns/workbook/uploads/<uuid:pk>/", sheets.show_upload, name="show_workbook_upload"),
    path("returns/workbook/uploads/<uuid:pk>/refused/", sheets.download_refused, name="refused_workbook_rows"),
    path(_ONE, contributing.show_return, name="show_return"),
    path(f"{_ONE}draft/", contributing.keep_draft, name="save_draft"),
    path(f"{_ONE}check/", contributing.check_draft, name="check_draft"),
    path(f"{_ONE}compare/", comparing.compare_drafts, name="compare_drafts"),
    path(f"{_ONE}withdraw/", history.withdraw, name="withdraw_return"),
    path(f"{_ONE}history/", history.show_history, name="return_history"),
    path(f"{_ONE}files/<uuid:file_pk>/", history.download_file, name="return_file"),
    path(f"{_ONE}files/<uuid:file_pk>/remove/", history.take_off_file, name="remove_return_file"),
    path(f"{_ONE}query/", signing.query, name="query_return"),
    path(f"{_ONE}sign-off/", signing.sign_off, name="sign_off_return"),
    path(f"{_ONE}reopen/", signing.reopen, name="reopen_return"),
    path(f"{_ONE}agency/", managing.assign, name="assign_return"),
    *performance_urls,
]
