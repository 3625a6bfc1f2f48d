"""Writes of what the money bought."""

from collections.abc import Collection
from datetime import date

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.asking import ask_of_alike, check_confirmed, is_same_text
from wardmote.web.governance.grants.models import Commitment, Delivery, Output
from wardmote.web.governance.grants.policies import DayError, check_day_of_grant
from wardmote.web.partnerships.interface import Person


def add_output(*, commitment: Commitment, unit: str, planned_count: int, by: Person | None) -> Output:
    """Say what a commitment is to buy, in which unit and how many."""
    with writing(by=by, verb="governance.output_added", partnership=commitment.partnership, subject=commitment):
        if Output.objects.filter(partnership=commitment.partnership_id, commitment=commitment, unit=unit).exists():
            raise RefusedError("This commitment counts such outputs already")
        return Output.objects.create(
            partnership=commitment.partnership, commitment=commitment, unit=unit, planned_count=planned_count
        )


def record_delivery(
    *, output: Output, count: int, on: date, note: str, by: Person | None, confirmed: Collection[str] = ()
) -> Delivery:
    """Record that so many were delivered; below nought puts a count right that was too high, with a word why."""
    with writing(by=by, verb="governance.output_delivered", partnership=output.partnership, subject=output):
        held = Output.objects.select_for_update().filter(partnership=output.partnership_id).get(pk=output.pk)
        if on > read_today():
            raise DayError("Only what was delivered is counted: the day cannot be one to come")
        check_day_of_grant(held.commitment.grant, on, is_giving_back=count < 0)
        if count == 0 or (count < 0 and not note.strip()):
            raise RefusedError("Enter how many; where some are taken off again, say why")
        if held.delivered_count + count < 0:
            raise RefusedError(f"Only {held.delivered_count} were delivered: no more than that can be taken off")
        for twin in [one for one in held.deliveries.filter(on=on, count=count) if is_same_text(one.note, note)][-1:]:
            check_confirmed([ask_of_alike(twin.pk, twin.made_at, twin.made_by, by=by, what="A count")], confirmed)
        held.delivered_count += count
        held.save()
        return Delivery.objects.create(
            partnership=output.partnership, output=held, on=on, count=count, note=note, made_at=read_now(),
            made_by=by.pk if by else None,
        )  # fmt: skip
