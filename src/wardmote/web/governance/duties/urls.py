"""Addresses of `duties`, below /p/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from wardmote.web.governance.duties.views import drop_removals, drops, duties

_ROOT, _DROPS = "governance/duties/", "governance/data-drops/"
_DUTY, _DROP = f"{_ROOT}of/<slug:duty_key>/", f"{_DROPS}<uuid:data_drop_id>/"
_DONE = f"{_ROOT}done/<uuid:duty_done_id>/"

partnership_urls: list[URLPattern | URLResolver] = [
    path(_ROOT, duties.show_duties, name="duties"),
    path(f"{_ROOT}new/", duties.add_duty, name="add_duty"),
    path(f"{_ROOT}duties.<slug:table_form>", duties.download_duties, name="duties_file"),
    path(f"{_ROOT}calendar.ics", duties.download_calendar, name="duties_calendar"),
    path(_DUTY, duties.show_duty, name="duty"),
    path(f"{_DUTY}done/", duties.record_done, name="record_duty_done"),
    path(f"{_DUTY}event/", duties.add_event, name="add_duty_event"),
    path(f"{_DUTY}owner/", duties.change_duty, name="change_duty"),
    path(f"{_DUTY}clock/", duties.set_clock, name="set_duty_clock"),
    path(f"{_DUTY}waive/", duties.waive_duty, name="waive_duty"),
    path(f"{_DUTY}restore/", duties.restore_duty, name="restore_duty"),
    path(_DONE, duties.download_evidence, name="duty_evidence"),
    path(f"{_DONE}withdraw/", duties.withdraw_done, name="withdraw_duty_done"),
    path(_DROPS, drops.show_drops, name="data_drops"),
    path(f"{_DROPS}drops.<slug:table_form>", drops.download_drops, name="data_drops_file"),
    path(f"{_DROPS}open/", drops.open_drops, name="open_data_drops"),
    path(_DROP, drops.show_drop, name="data_drop"),
    path(f"{_DROP}receive/", drops.receive_drop, name="receive_data_drop"),
    path(f"{_DROP}waive/", drops.waive_drop, name="waive_data_drop"),
    path(f"{_DROP}restore/", drops.restore_drop, name="restore_data_drop"),
    path(f"{_DROP}files/<uuid:drop_file_id>/", drops.download_file, name="data_drop_file"),
    path(f"{_DROP}files/<uuid:drop_file_id>/remove/", drop_removals.remove_file, name="remove_drop_file"),
]
