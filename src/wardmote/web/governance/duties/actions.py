"""Writes of the duty calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from wardmote.evidence.definitions.duties import Clock, find_lacking, find_wrong_day
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.files import store_file
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.duties.clocks import find_gone_day
from wardmote.web.governance.duties.models import DutyClock, DutyDone, DutyEvent, HeldDuty
from wardmote.web.partnerships.interface import Partnership, Person


def _hold(partnership: Partnership, key: str) -> HeldDuty:
    """What the partnership says of a duty, made where it has said nothing yet. Locked: two writes do not meet."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    return HeldDuty.objects.filter(partnership=partnership, key=key).first() or HeldDuty(
        partnership=partnership, key=key
    )


def add_duty(*, partnership: Partnership, fields: Mapping[str, Any], clock: Clock, by: Person | None) -> HeldDuty:
    """Add a duty of the partnership's own, with its clock."""
    with writing(by=by, verb="governance.duty_added", partnership=partnership) as write:
        Partnership.objects.select_for_update().get(pk=partnership.pk)
        number = HeldDuty.objects.filter(partnership=partnership, is_local=True).count() + 1
        duty = HeldDuty.objects.create(
            partnership=partnership, key=f"own-{number}", is_local=True, **{"starts_on": read_today(), **fields}
        )
        terms = {"reason": "As it was added", "source": duty.source}
        _add_clock(partnership, duty.key, clock, counts_from=duty.starts_on or read_today(), by=by, **terms)
        write.subject = duty
    return duty


def change_duty(*, partnership: Partnership, key: str, fields: Mapping[str, Any], by: Person | None) -> HeldDuty:
    """Say who owns a duty and how early to ask; of a local one, its words too."""
    with writing(by=by, verb="governance.duty_changed", partnership=partnership) as write:
        duty = _hold(partnership, key)
        for name, value in fields.items():
            setattr(duty, name, value)
        duty.save()
        write.subject = duty
    return duty


def waive_duty(*, partnership: Partnership, key: str, reason: str, by: Person | None) -> HeldDuty:
    """Say that a duty does not apply here, and why."""
    with writing(by=by, verb="governance.duty_waived", partnership=partnership, reason=reason) as write:
        duty = _hold(partnership, key)
        duty.waived_on, duty.waived_reason = read_today(), reason
        duty.save()
        write.subject = duty
    return duty


def restore_duty(*, partnership: Partnership, key: str, reason: str, by: Person | None) -> HeldDuty:
    """Say that a duty applies after all."""
    with writing(by=by, verb="governance.duty_restored", partnership=partnership, reason=reason) as write:
        duty = _hold(partnership, key)
        if duty.waived_on is None:
            raise RefusedError("The duty applies already")
        duty.waived_on, duty.waived_reason = None, ""
        duty.save()
        write.subject = duty
    return duty


def set_clock(
    *,
    partnership: Partnership,
    key: str,
    clock: Clock,
    counts_from: date,
    reason: str,
    source: str,
    by: Person | None,
) -> DutyClock:
    """Let another clock count from a day on; the one before stays readable."""
    with writing(by=by, verb="governance.duty_clock_set", partnership=partnership, reason=reason) as write:
        row = _add_clock(partnership, key, clock, counts_from=counts_from, reason=reason, source=source, by=by)
        write.subject = row
    return row


def _add_clock(
    partnership: Partnership, key: str, clock: Clock, *, counts_from: date, by: Person | None, **terms: Any
) -> DutyClock:  # fmt: skip
    if lacking := find_lacking(clock):
        raise RefusedError(f"Such a clock needs {lacking}")
    if wrong := find_wrong_day(clock) or find_gone_day(clock, counts_from):
        raise RefusedError(wrong)
    return DutyClock.objects.create(
        partnership=partnership, key=key, kind=clock.kind, months=clock.months, days=clock.days, month=clock.month,
        day=clock.day, by=clock.on, of=clock.of, counts_from=counts_from, set_at=read_now(),
        set_by=by.pk if by else None, **terms,
    )  # fmt: skip


def add_event(
    *, partnership: Partnership, key: str, title: str, happened_on: date, by: Person | None
) -> DutyEvent:  # fmt: skip
    """Write down something that starts a duty's clock."""
    with writing(by=by, verb="governance.duty_event_added", partnership=partnership) as write:
        if happened_on > read_today():
            raise RefusedError("The clock starts when it has happened, not before")
        event = DutyEvent.objects.create(
            partnership=partnership, key=key, title=title, happened_on=happened_on, recorded_at=read_now(),
            recorded_by=by.pk if by else None,
        )  # fmt: skip
        write.subject = event
    return event


def record_done(
    *,
    partnership: Partnership,
    key: str,
    done_on: date,
    title: str,
    link: str = "",
    upload: "UploadedFile[bytes] | None" = None,
    event: DutyEvent | None = None,
    by: Person,
) -> DutyDone:
    """Write down that a duty was done, with what shows it."""
    with writing(by=by, verb="governance.duty_done", partnership=partnership) as write:
        if done_on > read_today():
            raise RefusedError("It is written down when it is done, not before")
        if event is not None and done_on < event.happened_on:
            raise RefusedError("It cannot have been done before what called for it")
        file = store_file(upload, by=by, partnership=partnership) if upload is not None else None
        done = DutyDone.objects.create(
            partnership=partnership, key=key, done_on=done_on, title=title, link=link, file=file, event=event,
            recorded_at=read_now(), recorded_by=by.pk,
        )  # fmt: skip
        write.subject = done
    return done


def withdraw_done(*, done: DutyDone, reason: str, by: Person | None) -> None:
    """Take back that a duty was done: it was not, or on another day."""
    with writing(by=by, verb="governance.duty_done_withdrawn", partnership=done.partnership, subject=done,
                 reason=reason):  # fmt: skip
        if done.withdrawn_on is not None:
            raise RefusedError("It was taken back already")
        done.withdrawn_on, done.withdrawn_because = read_today(), reason
        done.save()
