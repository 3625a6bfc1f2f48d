"""Addresses of people, roles and partnerships."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.partnerships.views import access_review, account, entrance, operators, organisations, people, settings

site_urls: list[URLPattern | URLResolver] = [
    path("setup/<str:secret>/", entrance.set_up, name="set_up"),
    path("invitation/<str:secret>/", entrance.answer_invitation, name="invitation"),
    path("account/", account.show_account, name="your_account"),
    path("account/change/", account.change_account, name="change_account"),
    path("account/second-step/", entrance.choose_second_step, name="choose_second_step"),
    path("account/sessions/<int:number>/end/", account.end_session, name="end_session"),
    path("partnerships/", operators.list_partnerships, name="list_partnerships"),
    path("partnerships/new/", operators.open_new_partnership, name="open_partnership"),
    path("partnerships/<slug:slug>/administrator/", operators.name_first_manager, name="name_manager"),
    path("partnerships/<slug:slug>/evidence/", operators.change_kept_evidence, name="change_kept_evidence"),
    path("partnerships/restore/", operators.restore_account, name="restore_account"),
    path("partnerships/audit/", settings.show_site_audit, name="site_audit"),
]

partnership_urls: list[URLPattern | URLResolver] = [
    path("people/", people.list_people, name="people"),
    path("people/invite/", people.invite_person, name="invite_person"),
    path("people/<uuid:person>/", people.show_person, name="show_person"),
    path("people/<uuid:person>/roles/add/", people.add_role, name="add_role"),
    path("people/<uuid:person>/suspend/", people.suspend_person, name="suspend_person"),
    path("people/<uuid:person>/restore/", people.restore_person, name="restore_person"),
    path("people/<uuid:person>/second-step/", people.clear_person_second_step, name="clear_second_step"),
    path("roles/<uuid:membership>/end/", people.end_role, name="end_role"),
    path("invitations/<uuid:invitation>/withdraw/", people.withdraw_invitation, name="withdraw_invitation"),
    path("invitations/<uuid:invitation>/resend/", people.resend_invitation, name="resend_invitation"),
    path("access-review/", access_review.review_access, name="access_review"),
    path("organisations/", organisations.list_organisations, name="organisations"),
    path("organisations/add/", organisations.add_organisation, name="add_organisation"),
    path("organisations/register/", organisations.register, name="register_organisation"),
    path("organisations/<uuid:organisation>/", organisations.show_organisation, name="show_organisation"),
    path("organisations/<uuid:organisation>/change/", organisations.change, name="change_organisation"),
    path("organisations/<uuid:organisation>/successor/", organisations.note_successor, name="add_successor"),
    path("agencies/<uuid:agency>/end/", organisations.end_seat, name="end_agency"),
    path("settings/", settings.show_settings, name="partnership_settings"),
    path("audit/", settings.show_audit, name="audit"),
    path("audit/entries.csv", settings.download_audit, name="download_audit"),
]
