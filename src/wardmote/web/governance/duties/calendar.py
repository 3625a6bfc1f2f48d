"""The duty calendar: every duty that is a partnership's, when it was done last, when it is due, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from wardmote.evidence.definitions.duties import Clock, Duty
from wardmote.evidence.interface import list_duties
from wardmote.web.foundation.design.words import say_date
from wardmote.web.governance.duties.clocks import find_event_due, find_next_due, judge_due
from wardmote.web.governance.duties.known import Asked, Known, Shown, read_known
from wardmote.web.governance.duties.models import DutyClock, DutyDone, DutyEvent, HeldDuty
from wardmote.web.governance.duties.states import ALARMS, DUTY_MARKS, ORDER, DutyState
from wardmote.web.partnerships.interface import Partnership, Tier

LOCAL_LEAD_DAYS = 60
_TIER_WORDS = {Tier.SINGLE: "single-tier areas", Tier.DISTRICT: "districts", Tier.COUNTY: "counties"}


@dataclass(frozen=True, slots=True)
class DutyTerms:
    """A duty as it holds for one partnership: the catalogue's words, or its own, with its clock of today."""

    key: str
    title: str
    what: str
    who: str
    source: str
    evidence: str
    valid_from: date
    valid_to: date | None
    clock: Clock
    override: DutyClock | None
    held: HeldDuty | None
    duty: Duty | None
    lead_days: int

    @property
    def is_local(self) -> bool:
        return self.duty is None

    @property
    def owner(self) -> str:
        """Person, post and body, as far as they are known; else who the law names."""
        if self.held is None:
            return self.who
        person, body = self.held.owner_person, self.held.owner_body
        parts = [person.name if person else "", self.held.owner_title, str(body or "")]
        return ", ".join(part for part in parts if part) or self.who


@dataclass(frozen=True, slots=True)
class Due:
    """A day that is still to be kept. `key` and `mark` tell it from the duty's others; a mark names nobody."""

    due_on: date
    state: DutyState
    key: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a duty stands on a day. `why` says why it does not apply, or what the date is of.

    `dues` are all days that are still to be kept, the earliest first; `due_on` is that one.
    """

    terms: DutyTerms
    state: DutyState
    due_on: date | None
    last: Shown | None
    why: str
    known: Known
    dues: tuple[Due, ...] = ()

    @property
    def letter(self) -> str:
        return DUTY_MARKS[self.state][0]

    @property
    def colour(self) -> str:
        return DUTY_MARKS[self.state][1]

    @property
    def words(self) -> str:
        return self.state.label

    @property
    def alarm_from(self) -> date | None:
        return self.due_on - timedelta(days=self.terms.lead_days) if self.due_on else None


@dataclass(frozen=True, slots=True)
class _Written:
    """What people of the partnership wrote of duties, by key."""

    held: Mapping[str, HeldDuty]
    clocks: Mapping[str, Sequence[DutyClock]]
    done: Mapping[str, Sequence[DutyDone]]
    events: Mapping[str, Sequence[DutyEvent]]


def read_calendar(partnership: Partnership, today: date) -> list[Standing]:
    """Every duty of the catalogue and of the partnership's own, the most urgent first."""
    written = _read_written(partnership)
    found = [_judge(partnership, terms, written, today) for terms in _list_terms(written, today)]
    return sorted(found, key=lambda one: (ORDER.index(one.state), one.due_on or date.max, one.terms.title))


def read_standing(partnership: Partnership, key: str, today: date) -> Standing | None:
    """How one duty stands; None where the partnership has no such duty."""
    written = _read_written(partnership, key)
    terms = next((one for one in _list_terms(written, today) if one.key == key), None)
    return None if terms is None else _judge(partnership, terms, written, today)


def count_alarms(standings: Iterable[Standing]) -> dict[DutyState, int]:
    """How many stand in each state of which somebody is told."""
    states = [one.state for one in standings]
    return {state: states.count(state) for state in ORDER if state in ALARMS}


def _read_written(partnership: Partnership, key: str = "") -> _Written:
    own: dict[str, Any] = {"partnership": partnership} | ({"key": key} if key else {})
    held = HeldDuty.objects.filter(**own).select_related("owner_body", "owner_person")
    done = DutyDone.objects.filter(**own, withdrawn_on=None).select_related("file")
    clocks, events = DutyClock.objects.filter(**own), DutyEvent.objects.filter(**own)
    return _Written(
        {one.key: one for one in held}, _group(clocks.order_by("key", "counts_from", "set_at")),
        _group(done.order_by("key", "done_on")), _group(events.order_by("key", "happened_on")),
    )  # fmt: skip


def _group(rows: Iterable[Any]) -> dict[str, list[Any]]:
    return {key: list(some) for key, some in groupby(rows, key=lambda row: row.key)}


def _list_terms(written: _Written, today: date) -> list[DutyTerms]:
    found = [_join(duty, written, today) for duty in list_duties()]
    return found + [_join_local(one, written, today) for one in written.held.values() if one.is_local]


def _find_override(clocks: Sequence[DutyClock], today: date) -> DutyClock | None:
    """The last one that counts by today."""
    return next((one for one in reversed(clocks) if one.counts_from <= today), None)


def _join(duty: Duty, written: _Written, today: date) -> DutyTerms:
    held = written.held.get(duty.id)
    override = _find_override(written.clocks.get(duty.id, ()), today)
    lead = duty.lead_days if held is None or held.lead_days is None else held.lead_days
    return DutyTerms(
        duty.id, duty.title, duty.what, duty.who, duty.source, duty.evidence, duty.valid_from, duty.valid_to,
        replace(to_clock(override), is_running=_is_running(duty, override)) if override else duty.clock,
        override, held, duty, lead,
    )  # fmt: skip


def _is_running(duty: Duty, override: DutyClock) -> bool:
    """Another length of what the law lets run is counted as the law counts it."""
    return duty.clock.is_running and override.kind == duty.clock.kind


def _join_local(held: HeldDuty, written: _Written, today: date) -> DutyTerms:
    clocks = written.clocks.get(held.key, ())
    override = _find_override(clocks, today) or (clocks[0] if clocks else None)
    return DutyTerms(
        held.key, held.title, held.what, held.who, held.source, held.evidence, held.starts_on or date.min, None,
        to_clock(override) if override else Clock("standing"), override, held, None,
        LOCAL_LEAD_DAYS if held.lead_days is None else held.lead_days,
    )  # fmt: skip


def to_clock(row: DutyClock) -> Clock:
    """A clock that somebody set, as the core's."""
    kind: Any = row.kind
    return Clock(kind, row.months, row.days, row.month, row.day, row.by, row.of, is_own_alarm=True)


def find_exemption(partnership: Partnership, terms: DutyTerms, today: date) -> str:
    """Why a duty does not apply on a day; '' where it does."""
    if terms.held is not None and terms.held.waived_on is not None:
        return terms.held.waived_reason
    if terms.duty is not None and partnership.tier not in terms.duty.tiers:
        return "Binds " + " and ".join(_TIER_WORDS[Tier(tier)] for tier in terms.duty.tiers) + " only"
    if terms.valid_from > today:
        return f"In force from {say_date(terms.valid_from)}"
    if terms.valid_to is not None and terms.valid_to < today:
        return f"Ended on {say_date(terms.valid_to)}"
    return ""


def _judge(partnership: Partnership, terms: DutyTerms, written: _Written, today: date) -> Standing:
    exemption = find_exemption(partnership, terms, today)
    known = _join_known(partnership, terms, written, with_ours=not exemption)
    last = max((one for one in known.shown if one.done_on <= today), key=lambda one: one.done_on, default=None)
    if exemption:
        return Standing(terms, DutyState.NOT_APPLICABLE, None, last, exemption, known)
    if terms.clock.kind == "standing":
        return Standing(terms, DutyState.STANDING, None, last, "", known)
    if terms.clock.kind == "after" or known.asked:
        return _judge_asked(terms, known, last, today)
    since = terms.override.counts_from if terms.override else terms.valid_from
    due_on = find_next_due(terms.clock, last.done_on if last else None, since)
    why = "Done, once and for all" if terms.clock.kind == "once_by" and due_on is None else ""
    state = _judge_date(terms, due_on, last, today)
    return Standing(terms, state, due_on, last, why, known, (Due(due_on, state),) if due_on else ())


def _judge_date(terms: DutyTerms, due_on: date | None, last: Shown | None, today: date) -> DutyState:
    """Never done is an alarm of its own, unless its first date is still to come."""
    if due_on is None:
        return DutyState.NEVER if last is None else DutyState.IN_TIME
    if last is None and due_on < today:
        return DutyState.NEVER
    return judge_due(due_on, today, terms.lead_days)


def _judge_asked(terms: DutyTerms, known: Known, last: Shown | None, today: date) -> Standing:
    """By the earliest of what is open; where nothing is, the duty is in time and has no date."""
    waiting = sorted(
        ((find_asked_due(terms.clock, one), one) for one in known.asked if one.settled_on is None),
        key=lambda pair: pair[0],
    )
    if not waiting:
        why = "Nothing waits" if known.asked else "Nothing has called for it yet"
        return Standing(terms, DutyState.IN_TIME, None, last, why, known)
    dues = tuple(Due(day, judge_due(day, today, terms.lead_days), one.key, one.mark) for day, one in waiting)
    more = f", and {len(waiting) - 1} more" if len(waiting) > 1 else ""
    return Standing(terms, dues[0].state, dues[0].due_on, last, waiting[0][1].title + more, known, dues)


def find_asked_due(clock: Clock, asked: Asked) -> date:
    """When what an event asks for is due: fixed already, or by the clock."""
    return asked.due_on or find_event_due(clock, asked.happened_on)


def _join_known(partnership: Partnership, terms: DutyTerms, written: _Written, *, with_ours: bool) -> Known:
    """What wardmote knows and what people wrote down, the newest first."""
    ours = read_known(partnership, terms.duty.known_by if terms.duty and with_ours else "")
    rows = written.done.get(terms.key, ())
    settled = {row.event_id: row.done_on for row in rows if row.event_id}
    theirs = [Shown(row.done_on, row.title, row.link, row) for row in rows]
    events = [
        Asked(row.happened_on, row.title, settled.get(row.pk), record=row, key=str(row.pk))
        for row in written.events.get(terms.key, ())
    ]
    shown = sorted((*ours.shown, *theirs), key=lambda one: one.done_on, reverse=True)
    asked = sorted((*ours.asked, *events), key=lambda one: one.happened_on, reverse=True)
    return Known(tuple(shown), tuple(asked))
