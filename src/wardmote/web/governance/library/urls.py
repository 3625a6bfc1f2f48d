"""Addresses of `library`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.library.views import boards, corrections, glossary, themes

_CORRECTIONS = "governance/corrections/"
_THEME = "governance/themes/<uuid:theme_id>/"
_TERM = "governance/glossary/<uuid:glossary_term_id>/"
_SHARED = "governance/shared-documents/"
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
    path("governance/glossary/", glossary.show_glossary, name="glossary"),
    path("governance/glossary/new/", glossary.add_term, name="add_term"),
    path("governance/glossary/acronyms/", glossary.check_acronyms, name="check_acronyms"),
    path("governance/glossary/words.<slug:table_form>", glossary.download_glossary, name="glossary_file"),
    path(f"{_TERM}change/", glossary.change_term, name="change_term"),
    path(f"{_TERM}remove/", glossary.remove_term, name="remove_term"),
    path("governance/themes/", themes.show_themes, name="themes"),
    path("governance/themes/new/", themes.add_theme, name="add_theme"),
    path(_THEME, themes.show_one, name="theme"),
    path(f"{_THEME}change/", themes.change_theme, name="change_theme"),
    path(f"{_THEME}review/", themes.review_theme, name="review_theme"),
    path(f"{_THEME}evidence/", themes.add_evidence, name="add_theme_evidence"),
    path(_SHARED, boards.show_shared, name="shared_documents"),
    path(f"{_SHARED}boards/new/", boards.add_board, name="add_board"),
    path(f"{_SHARED}boards/<uuid:board_id>/change/", boards.change_board, name="change_board"),
    path(f"{_SHARED}boards/<uuid:board_id>/received/", boards.share_document, name="share_document"),
    path(f"{_SHARED}<uuid:shared_document_id>/acknowledged/", boards.acknowledge, name="acknowledge_document"),
    path(f"{_SHARED}<uuid:shared_document_id>/file", boards.download_shared, name="shared_document_file"),
]
