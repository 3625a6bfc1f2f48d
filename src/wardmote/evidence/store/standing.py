"""How much of each load still counts, and what would change if one were taken back."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.store import Store, explain_unknown_load

#: in_force: all of it counts; partly: a later load answers for some of it; superseded: later ones answer for all of it.
Standing = Literal["in_force", "partly", "superseded", "taken_back"]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadStanding:
    """How much of a load counts. `keys_count` of its keys (a force's month, a year …) are `owned_count` in force."""

    load_id: str
    standing: Standing
    keys_count: int
    owned_count: int


@dataclass(frozen=True, slots=True)
class UndoEffect:
    """What becomes of some keys of one table: `back_to` is the load that counts again, '' where none does.

    `key` names the columns; `values` are the keys in order.
    """

    table: str
    key: tuple[str, ...]
    values: tuple[Key, ...]
    back_to: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Some keys of one table for which the load `by` took the place of the load `replaced`."""

    replaced: str
    by: str
    table: str
    key: tuple[str, ...]
    values: tuple[Key, ...]


def describe_standing(store: Store) -> Mapping[str, LoadStanding]:
    """How much of each load still counts, by its id?

    Returns
    -------
    LoadStanding by load id, for every load ever made. A load that covers no key (it kept no row) is in force.

    Notes
    -----
    The newest load that covers a key owns it, as in a snapshot; loads that were taken back own nothing.
    """
    undone = store.list_undos()
    manifests = store.list_manifests()
    owners = _find_owners(m for m in manifests if m.id not in undone)
    owned = Counter(owners.values())
    return {m.id: _describe(m, owned[m.id], m.id in undone) for m in manifests}


def foresee_undo(store: Store, load_id: str) -> tuple[UndoEffect, ...]:
    """What would change if the load were taken back?

    Returns
    -------
    For each table and each load that would count again ('' for none) the keys that this load answers for now; nothing
    for a load whose every key is superseded, or that was taken back already.

    Raises
    ------
    UsageError : there is no such load.
    """
    undone = store.list_undos()
    manifests = store.list_manifests()
    chosen = next((m for m in manifests if m.id == load_id), None)
    if chosen is None:
        raise explain_unknown_load(load_id, [m.id for m in manifests])
    before = _find_owners(m for m in manifests if m.id not in undone)
    after = _find_owners(m for m in manifests if m.id not in undone and m.id != load_id)
    return tuple(effect for table in chosen.tables for effect in _list_effects(table.name, chosen, before, after))


def list_replacements(store: Store) -> tuple[Replacement, ...]:
    """Which load took the place of which, and for what?

    Returns
    -------
    One for each table and pair of loads, in the order of the loads; a load that was taken back replaced nothing and
    was replaced by nothing. Each step counts: of three loads of a month the third replaced the second.
    """
    undone = store.list_undos()
    owners: dict[tuple[str, Key], str] = {}
    found: list[Replacement] = []
    for manifest in (m for m in store.list_manifests() if m.id not in undone):
        for table in manifest.tables:
            groups: dict[str, list[Key]] = {}
            for key in sorted(table.covers):
                if (before := owners.get((table.name, key))) is not None:
                    groups.setdefault(before, []).append(key)
                owners[table.name, key] = manifest.id
            found += [Replacement(old, manifest.id, table.name, table.key, tuple(keys))
                      for old, keys in sorted(groups.items())]  # fmt: skip
    return tuple(found)


def _find_owners(manifests: Iterable[Manifest]) -> dict[tuple[str, Key], str]:
    """The load that answers for each key of each table: the newest of these."""
    return {(t.name, key): m.id for m in manifests for t in m.tables for key in t.covers}


def _describe(manifest: Manifest, owned_count: int, is_undone: bool) -> LoadStanding:
    keys_count = sum(len(t.covers) for t in manifest.tables)
    standing: Standing = "in_force" if owned_count == keys_count else "partly" if owned_count else "superseded"
    return LoadStanding(manifest.id, "taken_back" if is_undone else standing, keys_count, owned_count)


def _list_effects(
    table: str, manifest: Manifest, before: Mapping[tuple[str, Key], str], after: Mapping[tuple[str, Key], str]
) -> list[UndoEffect]:
    record = manifest.find_table(table)
    if record is None:
        return []
    groups: dict[str, list[Key]] = {}
    for key in sorted(record.covers):
        if before.get((table, key)) == manifest.id:
            groups.setdefault(after.get((table, key), ""), []).append(key)
    return [UndoEffect(table, record.key, tuple(keys), load) for load, keys in sorted(groups.items())]
