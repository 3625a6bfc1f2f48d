"""The audit trail: chains of entries, each sealed with a key that is not in the database.

An entry's seal is HMAC-SHA256 over the seal before it and the entry's canonical JSON. To change, remove, reorder or
insert an entry unseen one would need the key. Each partnership has its own chain, so that it can be handed over whole.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.web.foundation.audit_roll import BrokenLink, enrol_chain, verify_roll, verify_triggers
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import AuditEntry, AuditHead
from wardmote.web.foundation.seals import is_seal, seal_parts
from wardmote.web.foundation.writes import Write

_ENTRIES_AT_ONCE = 2000
#: What the database's reader raises at a value that does not fit its column: SQLite keeps any.
_MISFITS = (ValueError, TypeError, AttributeError)


def append_entry(write: Write) -> AuditEntry:
    """Add the entry of a write to its chain. To be called inside the write's own transaction.

    The head is locked from here to the end of the transaction, so that two writers of one partnership queue for the
    shortest time that keeps the numbers without a gap.
    """
    head = _lock_head(write.chain)
    now = read_now()
    number = head.length + 1
    subject = write.subject.pk if write.subject is not None else None  # None too where it was removed by this write
    body = _write_canonical(
        {
            "chain": write.chain,
            "number": number,
            "at": now.isoformat(),
            "by": str(write.by) if write.by else None,
            "verb": write.verb,
            "subject": str(subject) if subject else None,
            "reason": write.reason,
            "facts": write.facts,
            "changes": write.changes,
        }
    )
    seal = seal_entry(head.last_seal, body)
    entry = AuditEntry.objects.create(
        chain=write.chain, number=number, at=now, by=write.by, verb=write.verb,
        subject=subject, body=body, seal=seal,
    )  # fmt: skip
    head.length, head.last_seal = number, seal
    head.seal = _seal_head(head)
    head.save(force_update=True)
    return entry


def _lock_head(chain: str) -> AuditHead:
    held = AuditHead.objects.select_for_update().filter(chain=chain)
    if (head := held.first()) is not None:
        return head
    if AuditHead.objects.get_or_create(chain=chain)[1]:
        enrol_chain(chain)
    return held.get()


def seal_entry(seal_before: str, body: str) -> str:
    """The seal of an entry that follows another."""
    return seal_parts("entry", seal_before, body)


def _seal_head(head: AuditHead) -> str:
    return seal_parts("head", head.chain, str(head.length), head.last_seal)


def _write_canonical(body: object) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A chain's length and last seal as somebody wrote them down elsewhere."""

    chain: str
    length: int
    last_seal: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry of which a column holds what no writer of ours puts there; its seal all the same, for the next one."""

    why: str
    seal: str


def verify_chains(anchors: tuple[Anchor, ...] = (), *, using: str = "default") -> tuple[list[Anchor], list[BrokenLink]]:
    """Read every chain from its first entry; return where each ends and all that is wrong.

    A chain that is gone whole is missed by the roll, and by the rows that must have one; triggers must be in force.
    `anchors` are ends written down earlier: a chain that no longer passes through one was rolled back or rewritten.
    `using` names a connection that sees one moment where somebody may write meanwhile; else a new entry would look as
    if its head were wrong.
    """
    heads = {str(head.chain): head for head in AuditHead.objects.using(using)}
    named = set(AuditEntry.objects.using(using).values_list("chain", flat=True).distinct())
    unnamed = sorted((name for name in named if not isinstance(name, str)), key=repr)
    chains = sorted({name for name in named if isinstance(name, str)} | set(heads))
    ends, broken = [], [BrokenLink("", 0, f"entries of a chain without a name: {name!r}") for name in unnamed]
    for chain in chains:
        wanted = {anchor.length: anchor.last_seal for anchor in anchors if anchor.chain == chain}
        end, faults = _verify_chain(_read_entries(chain, using), chain, heads.get(chain), wanted)
        ends.append(end)
        broken += faults
    known = set(chains)
    broken += [BrokenLink(a.chain, a.length, "the whole chain is gone") for a in anchors if a.chain not in known]
    return ends, broken + verify_roll(chains, using=using) + verify_triggers(using=using)


def _verify_chain(
    entries: Iterator[AuditEntry | Unreadable], chain: str, head: AuditHead | None, wanted: dict[int, str]
) -> tuple[Anchor, list[BrokenLink]]:
    broken: list[BrokenLink] = []
    seal, number = "", 0
    for entry in entries:
        number += 1
        if isinstance(entry, Unreadable):
            broken.append(BrokenLink(chain, number, f"the entry cannot be read: {entry.why}"))
            seal = entry.seal
            continue
        broken += [BrokenLink(chain, number, found) for found in _examine(entry, number, seal)]
        if wanted.pop(number, entry.seal) != entry.seal:
            broken.append(BrokenLink(chain, number, "the seal is not the one that was written down"))
        number, seal = entry.number if isinstance(entry.number, int) else number, entry.seal
    if head is None or (head.length, head.last_seal) != (number, seal) or not is_seal(head.seal, _seal_head(head)):
        length = head.length if head else "unknown"
        broken.append(BrokenLink(chain, number, f"the chain ends at {number}, its head says {length}"))
    broken += [BrokenLink(chain, length, "an entry that was written down is gone") for length in wanted]
    return Anchor(chain, number, str(seal)), broken


def _read_entries(chain: str, using: str) -> Iterator[AuditEntry | Unreadable]:
    """The chain's entries in order, some thousands at a time; where a batch cannot be read, one by one."""
    rows = AuditEntry.objects.using(using)
    keys = list(rows.filter(chain=chain).order_by("number").values_list("pk", flat=True))
    for first in range(0, len(keys), _ENTRIES_AT_ONCE):
        batch = keys[first : first + _ENTRIES_AT_ONCE]
        try:
            yield from list(rows.filter(pk__in=batch).order_by("number"))
        except _MISFITS:
            for key in batch:
                yield _read_entry(key, using)


def _read_entry(key: int, using: str) -> AuditEntry | Unreadable:
    rows = AuditEntry.objects.using(using).filter(pk=key)
    try:
        return rows.get()
    except _MISFITS as error:
        return Unreadable(str(error) or type(error).__name__, str(rows.values_list("seal", flat=True).get()))


def _examine(entry: AuditEntry, number: int, seal_before: str) -> list[str]:
    found = []
    if entry.number != number:
        found.append(f"entry {number} is missing: the next one is {entry.number}")
    is_text = isinstance(entry.body, str) and isinstance(seal_before, str)
    if not is_text or not is_seal(entry.seal, seal_entry(seal_before, entry.body)):
        found.append("the entry is not the one that was sealed after the one before it")
    elif _describe_columns(entry) != _read_columns(entry.body):
        found.append("the searchable columns do not say what was sealed")
    return found


def _describe_columns(entry: AuditEntry) -> tuple[object, ...]:
    return (
        entry.chain, entry.number, entry.at.isoformat() if entry.at else None, str(entry.by) if entry.by else None,
        entry.verb, str(entry.subject) if entry.subject else None,
    )  # fmt: skip


def _read_columns(body: str) -> tuple[object, ...]:
    found = json.loads(body)
    return tuple(found[name] for name in ("chain", "number", "at", "by", "verb", "subject"))
