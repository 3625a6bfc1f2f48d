"""Returns that evidence fills: the store's own figure becomes a submitted version, which a person still signs off."""

from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate

from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.interface import find_evidence_value
from wardmote.web.observatory.interface import find_store as find_partnership_store
from wardmote.web.returns.actions.locking import lock_return
from wardmote.web.returns.actions.submitting import make_version
from wardmote.web.returns.examining import Examination
from wardmote.web.returns.models import Return
from wardmote.web.returns.owing import AWAITS_EVIDENCE
from wardmote.web.returns.states import ChangeKind, QuarterState, ReturnState
from wardmote.web.returns.typed import write_fields

#: What the version names as where it came from.
SOURCE = "evidence store"
_LONGEST_FAULT = 300


def fill_returns() -> int:
    """Fill every return that is bound to evidence, that nobody has begun, and whose figure is in the store.

    A quarter that was opened before its end waits for it: whatever a store holds by then is not the whole of it.
    """
    rows = Return.objects.filter(
        AWAITS_EVIDENCE, quarter__state=QuarterState.OPEN, quarter__is_historic=False, quarter__ends_on__lt=read_today()
    )
    return sum(fill_return(ret) for ret in rows.select_related("indicator", "quarter", "partnership"))


def find_store(ret: Return) -> Path:
    """The store that the partnership reads; the sample fills from one of its own for each quarter."""
    if ret.partnership.is_sample:
        return Path(settings.SAMPLE_STORES) / ret.quarter.period.replace("/", "-")
    return find_partnership_store(ret.partnership)


def fill_return(ret: Return) -> bool:
    """Fill one return from the evidence; false where the store has no figure for the quarter yet."""
    try:
        value = find_evidence_value(ret.indicator.evidence, ret.quarter.period, find_store(ret))
    except WardmoteError as error:
        return _note_fault(ret, error.fault.found)
    if not isinstance(value, Value) or value.best is None:
        return _note_fault(ret, getattr(value, "why", "The store has no figure for this quarter."))
    with writing(by=None, verb="returns.filled", partnership=ret.partnership, subject=ret) as write:
        ret = lock_return(ret.pk)
        if ret.state != ReturnState.OWED:
            write.facts["filled"] = False
            return False
        fields = write_fields(ret.indicator, value)
        make_version(ret, Examination(value), fields, by=None, kind=ChangeKind.FILLED, source=SOURCE)
        ret.draft, ret.state = fields, ReturnState.SUBMITTED
        ret.save()
    return True


def _note_fault(ret: Return, why: str) -> bool:
    """Keep why the evidence has no figure: anew where the reason is another one, else once a day; always false."""
    now, fault = read_now(), f"{why[:1].upper()}{why[1:].rstrip('.')}."[:_LONGEST_FAULT]
    tried = ret.evidence_tried_at
    if tried is not None and ret.evidence_fault == fault and localdate(tried) == localdate(now):
        return False
    with writing(by=None, verb="returns.not_filled", partnership=ret.partnership, subject=ret):
        ret = lock_return(ret.pk)
        ret.evidence_tried_at, ret.evidence_fault = now, fault
        ret.save()
    return False
