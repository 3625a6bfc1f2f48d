"""Addresses of `meetings`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.meetings.views import agenda, groups, meetings, outcomes, papers, public, sign_offs

_ROOT = "governance/meetings/"
_MEETING = f"{_ROOT}<uuid:meeting_id>/"
_ITEM = f"{_MEETING}items/<uuid:agenda_item_id>/"
_PAPER = f"{_MEETING}papers/<uuid:meeting_paper_id>/"
_GROUP = f"{_ROOT}groups/<uuid:group_id>/"
_PUBLIC = f"{_ROOT}public/<uuid:public_meeting_id>/"
_SIGN_OFF = f"{_ROOT}sign-offs/<uuid:sign_off_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path(_ROOT, meetings.list_meetings, name="meetings"),
    path(f"{_ROOT}year/", papers.show_year, name="meeting_year"),
    path(f"{_ROOT}plan/", meetings.plan_meeting, name="plan_meeting"),
    path(f"{_ROOT}actions/", outcomes.list_meeting_actions, name="meeting_actions"),
    path(f"{_ROOT}actions/<uuid:meeting_action_id>/", outcomes.update_meeting_action, name="update_meeting_action"),
    path(f"{_ROOT}groups/", groups.list_register, name="groups"),
    path(f"{_ROOT}groups/add/", groups.add_group, name="add_group"),
    path(_GROUP, groups.show_group, name="show_group"),
    path(f"{_GROUP}change/", groups.change_group, name="change_group"),
    path(f"{_GROUP}quorum/", groups.set_quorum, name="set_quorum"),
    path(f"{_ROOT}public/", public.list_public, name="public_meetings"),
    path(f"{_ROOT}public/add/", public.add_public_meeting, name="add_public_meeting"),
    path(_PUBLIC, public.show_public_meeting, name="show_public_meeting"),
    path(f"{_PUBLIC}change/", public.change_public_meeting, name="change_public_meeting"),
    path(f"{_PUBLIC}questions/add/", public.add_question, name="add_public_question"),
    path(f"{_PUBLIC}questions/<uuid:public_question_id>/", public.change_question, name="change_public_question"),
    path(f"{_ROOT}sign-offs/", sign_offs.list_all, name="sign_offs"),
    path(f"{_ROOT}sign-offs/start/", sign_offs.start_sign_off, name="start_sign_off"),
    path(_SIGN_OFF, sign_offs.show_sign_off, name="show_sign_off"),
    path(f"{_SIGN_OFF}file/", sign_offs.download_signed, name="download_signed"),
    path(f"{_SIGN_OFF}sign/", sign_offs.record_signature, name="record_signature"),
    path(f"{_SIGN_OFF}withdraw/", sign_offs.withdraw_sign_off, name="withdraw_sign_off"),
    path(f"{_SIGN_OFF}sent/", sign_offs.stamp_sent, name="stamp_sent"),
    path(f"{_SIGN_OFF}sent/<uuid:sent_stamp_id>/receipt/", sign_offs.note_receipt, name="note_receipt"),
    path(f"{_SIGN_OFF}sent/<uuid:sent_stamp_id>/file/", sign_offs.download_sent, name="download_sent"),
    path(f"{_SIGN_OFF}signatures/<uuid:signature_id>/file/", sign_offs.download_signature, name="download_signature"),
    path(
        f"{_SIGN_OFF}signatures/<uuid:signature_id>/take-back/",
        sign_offs.take_back_signature,
        name="take_back_signature",
    ),
    path(_MEETING, meetings.show_meeting, name="show_meeting"),
    path(f"{_MEETING}change/", meetings.change_meeting, name="change_meeting"),
    path(f"{_MEETING}move/<slug:to>/", meetings.move_meeting, name="move_meeting"),
    path(f"{_MEETING}paper/<slug:what>/", papers.show_meeting_paper, name="show_meeting_paper"),
    path(
        f"{_MEETING}paper/<slug:what>/<slug:form>/",
        papers.download_meeting_document,
        name="download_meeting_document",
    ),
    path(f"{_MEETING}items/add/", agenda.add_item, name="add_agenda_item"),
    path(f"{_MEETING}items/exceptions/", agenda.put_exceptions, name="put_exceptions"),
    path(f"{_ITEM}change/", agenda.change_item, name="change_agenda_item"),
    path(f"{_ITEM}remove/", agenda.remove_item, name="remove_agenda_item"),
    path(f"{_ITEM}minute/", agenda.write_minute, name="write_minute"),
    path(f"{_MEETING}papers/add/", agenda.attach_paper, name="attach_paper"),
    path(_PAPER, agenda.download_meeting_paper, name="download_meeting_paper"),
    path(f"{_PAPER}remove/", agenda.remove_paper, name="remove_meeting_paper"),
    path(f"{_MEETING}attendance/", outcomes.record_attendance, name="record_attendance"),
    path(f"{_MEETING}decisions/add/", outcomes.record_decision, name="record_decision"),
    path(f"{_MEETING}decisions/confirm/", outcomes.confirm_decision, name="confirm_decision"),
    path(
        f"{_MEETING}decisions/<uuid:decision_id>/take-back/",
        outcomes.take_back_confirmation,
        name="take_back_confirmation",
    ),
    path(f"{_MEETING}decisions/<uuid:decision_id>/", outcomes.change_decision, name="change_decision"),
    path(f"{_MEETING}actions/add/", outcomes.add_meeting_action, name="add_meeting_action"),
]
