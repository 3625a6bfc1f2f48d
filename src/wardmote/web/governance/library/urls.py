"""Addresses of `library`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.library.views import corrections

_CORRECTIONS = "governance/corrections/"
_NOTICE = f"{_CORRECTIONS}notices/<uuid:correction_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path(_CORRECTIONS, corrections.list_corrections, name="corrections"),
    path(f"{_CORRECTIONS}compare/", corrections.compare_editions, name="compare_editions"),
    path(f"{_CORRECTIONS}documents/<uuid:document_id>/", corrections.show_erratum_document, name="erratum_document"),
    path(
        f"{_CORRECTIONS}editions/<uuid:assessment_edition_id>/",
        corrections.show_erratum_edition,
        name="erratum_edition",
    ),
    path(_NOTICE, corrections.show_correction, name="correction"),
    path(f"{_NOTICE}change/", corrections.change_correction, name="change_correction"),
    path(f"{_NOTICE}publish/", corrections.publish_correction, name="publish_correction"),
    path(f"{_NOTICE}give-up/", corrections.drop_correction, name="drop_correction"),
    path(f"{_NOTICE}notice.<slug:notice_form>", corrections.download_correction, name="correction_file"),
]
