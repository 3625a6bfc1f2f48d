"""Addresses of `assessments`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.observatory.assessments.views import assessments, editions, sections

_ONE = "evidence/assessments/<uuid:assessment_id>/"
_SECTION = "evidence/assessment-sections/<uuid:assessment_section_id>/"
_EDITION = "evidence/assessment-editions/<uuid:assessment_edition_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path("evidence/assessments/", assessments.list_assessments, name="assessments"),
    path("evidence/assessments/start/", assessments.start_assessment, name="start_assessment"),
    path(_ONE, assessments.show_assessment, name="assessment"),
    path(f"{_ONE}move-window/", assessments.move_data_window, name="move_data_window"),
    path(f"{_ONE}withdraw/", assessments.withdraw_assessment, name="withdraw_assessment"),
    path(f"{_ONE}build/", editions.build_edition, name="build_assessment"),
    path("evidence/window-moves/<uuid:window_move_id>/", assessments.show_window_move, name="window_move"),
    path(_SECTION, sections.show_section, name="assessment_section"),
    path(f"{_SECTION}write/", sections.write_section, name="write_assessment_section"),
    path(f"{_SECTION}check/", sections.check_section, name="check_assessment_section"),
    path(f"{_SECTION}figures/", sections.find_section_figures, name="find_section_figures"),
    path(f"{_SECTION}versions/<int:number>/", sections.show_section_version, name="section_version"),
    path(f"{_SECTION}versions/<int:number>/bring-back/", sections.bring_back_version, name="bring_back_version"),
    path(f"{_SECTION}submit/", sections.submit_section, name="submit_assessment_section"),
    path(f"{_SECTION}approve/", sections.approve_section, name="approve_assessment_section"),
    path(f"{_SECTION}send-back/", sections.send_back_section, name="send_back_assessment_section"),
    path(f"{_SECTION}comment/", sections.add_comment, name="comment_assessment_section"),
    path(
        "evidence/assessment-comments/<uuid:assessment_comment_id>/resolve/",
        sections.resolve_comment,
        name="resolve_assessment_comment",
    ),
    path(_EDITION, editions.show_edition, name="assessment_edition"),
    path(f"{_EDITION}publish/", editions.publish_edition, name="publish_assessment"),
    path(
        "evidence/assessment-files/<uuid:assessment_file_id>/",
        editions.download_assessment_file,
        name="download_assessment_file",
    ),
]
