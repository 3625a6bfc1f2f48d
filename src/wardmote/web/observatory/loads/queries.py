"""What is seen of loads: those of the store that the partnership reads, and those that were asked for in vain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wardmote.evidence.interface import describe_standing, get_load, list_loads, open_store
from wardmote.evidence.model.errors import UsageError
from wardmote.web.foundation.jobs import ShownJob, describe_job
from wardmote.web.foundation.models import JobState
from wardmote.web.observatory.loads.marks import read_mark
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.source_words import name_source
from wardmote.web.observatory.stores import find_store, name_store
from wardmote.web.partnerships.interface import Membership, Partnership, name_people

if TYPE_CHECKING:
    from wardmote.evidence.interface import LoadRecord

#: What the store is told of who made the sample's own loads.
BY_SAMPLE = "wardmote (the sample)"
_OTHER = "Another partnership of this installation"
_SHOWN_FAILED_DAYS = 14


@dataclass(frozen=True, slots=True)
class HeldLoad:
    """A load of the store as this partnership sees it: `own` is the record by which its people asked for it.

    `is_foreign`: another partnership that shares the store made it.
    """

    record: "LoadRecord"
    own: EvidenceLoad | None
    who: str
    undone_by: str
    standing: str
    is_foreign: bool

    @property
    def id(self) -> str:
        return self.record.manifest.id

    @property
    def source(self) -> str:
        return name_source(self.record.manifest.source)

    @property
    def is_undone(self) -> bool:
        return self.record.undo is not None

    @property
    def reason(self) -> str:
        return self.record.undo.reason if self.record.undo else ""


def has_store(partnership: Partnership) -> bool:
    """Whether anything was ever loaded there."""
    return (find_store(partnership) / "store.json").exists()


def list_held(partnership: Partnership) -> list[HeldLoad]:
    """Every load of the store that the partnership reads, the newest first. Raises UnreadableInputError if damaged."""
    if not has_store(partnership):
        return []
    store = open_store(find_store(partnership))
    records = list_loads(store)[::-1]
    standing = describe_standing(store)  # asked last: it knows of every load above, and perhaps of one that just came
    return _describe_all(partnership, records, {key: one.standing for key, one in standing.items()})


def find_held(partnership: Partnership, load_id: str) -> HeldLoad | None:
    """One load of the store by its whole id; None where there is none."""
    if not has_store(partnership):
        return None
    store = open_store(find_store(partnership))
    try:
        record = get_load(store, load_id)
    except UsageError:
        return None
    if record.manifest.id != load_id:
        return None
    standing = describe_standing(store)[load_id].standing
    return _describe_all(partnership, [record], {load_id: standing})[0]


def _describe_all(
    partnership: Partnership, records: "Iterable[LoadRecord]", standing: Mapping[str, str]
) -> list[HeldLoad]:
    records = list(records)
    keys = {key for record in records if (key := read_mark(record.manifest.by))}
    rows = EvidenceLoad.objects.filter(partnership=partnership, pk__in=keys, store=name_store(partnership))
    own = {row.pk: row for row in rows}
    undoers = {key for r in records if r.undo and (key := read_mark(r.undo.by))}
    members = Membership.objects.filter(partnership=partnership, person_id__in=undoers)
    names = name_people({row.asked_by for row in own.values()} | set(members.values_list("person_id", flat=True)))
    return [_describe(record, own, names, standing[record.manifest.id]) for record in records]


def _describe(
    record: "LoadRecord", own: Mapping[UUID, EvidenceLoad], names: Mapping[UUID | None, str], standing: str
) -> HeldLoad:
    key = read_mark(record.manifest.by)
    mine = own.get(key) if key else None
    is_foreign = key is not None and mine is None
    who = _OTHER if is_foreign else names[mine.asked_by] if mine else _name_by_hand(record)
    return HeldLoad(record, mine, who, _name_undoer(record, names), standing, is_foreign)


def _name_by_hand(record: "LoadRecord") -> str:
    """Who loaded by hand; the sample's own loads were made by nobody."""
    by = record.manifest.by
    return by if by == BY_SAMPLE else f"{by} (command line)"


def _name_undoer(record: "LoadRecord", names: Mapping[UUID | None, str]) -> str:
    if record.undo is None:
        return ""
    key = read_mark(record.undo.by)
    if key is None:
        return f"{record.undo.by} (command line)"
    return names.get(key, _OTHER)


@dataclass(frozen=True, slots=True)
class AskedLoad:
    """A load that was asked for and is not in the store: it waits, is at work, or failed."""

    load: EvidenceLoad
    job: ShownJob | None
    who: str

    @property
    def source(self) -> str:
        return name_source(self.load.source)


def list_asked(partnership: Partnership, now: Any) -> list[AskedLoad]:
    """Loads that are under way, and those that failed in the last fortnight, the newest first."""
    since = now - timedelta(days=_SHOWN_FAILED_DAYS)
    rows = list(EvidenceLoad.objects.filter(partnership=partnership, load="", asked_at__gte=since))
    names = name_people(row.asked_by for row in rows)
    found = [AskedLoad(row, describe_job(row), names[row.asked_by]) for row in rows]
    return [one for one in found if one.job is not None and one.job.state != JobState.DONE]
