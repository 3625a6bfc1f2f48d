"""The evidence as every page reads it: opened once in a process, opened anew when a load was added or taken back.

What an opened evidence has answered it remembers, and all threads of the process share it. So the dear part, opening
the store and placing its areas, is done once for each state of the store and not once for each page.
"""

import os
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from wardmote.evidence.interface import open_evidence, open_store
from wardmote.web.observatory.stores import find_store
from wardmote.web.partnerships.interface import Partnership

if TYPE_CHECKING:
    from wardmote.evidence.interface import Evidence

#: So many opened evidences are kept in a process: the installation's, the sample's, and two of older states.
_MOST_KEPT = 4
#: Of each about so many figures are remembered: some 60 MB.
_MOST_REMEMBERED = 80_000


@dataclass(frozen=True, slots=True)
class StoreState:
    """What tells one state of a store from another: its folders' marks of change and the names of what lies in them."""

    folder: Path
    marks: tuple[tuple[int, int], ...]
    names: frozenset[str]


type _Key = tuple[StoreState, datetime | None]


class _Kept:
    """The opened evidences of this process, the one asked last at the end."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.opened: OrderedDict[_Key, Evidence] = OrderedDict()
        self.opening: dict[_Key, Lock] = {}


_KEPT = _Kept()


def read_evidence(partnership: Partnership, as_at: datetime | None = None) -> "Evidence":
    """The evidence that a partnership reads, as it stands or as it stood at `as_at`.

    Raises UnreadableInputError where nothing was ever loaded (ask `has_evidence` first) or the store is damaged.
    """
    return read_store(find_store(partnership), as_at)


def has_evidence(partnership: Partnership) -> bool:
    """Is there a store with at least one load that counts? Costs no more than two looks into folders."""
    folder = find_store(partnership)
    loads = {name for name in _list_names(folder / "loads") if not name.startswith(".")}
    return bool(loads - {name.removesuffix(".json") for name in _list_names(folder / "undone")})


def read_store(folder: Path, as_at: datetime | None = None) -> "Evidence":
    """The evidence of the store in this folder; one opening for all who ask at the same time."""
    key = (find_state(folder), as_at)
    with _KEPT.lock:
        opening = _KEPT.opening.setdefault(key, Lock())
    with opening:
        if (kept := _find_kept(key)) is None:
            kept = open_evidence(
                open_store(folder), as_at=as_at, most_remembered=_MOST_REMEMBERED, threads=1, earlier=_find_earlier(key)
            )
            _keep(key, kept)
    return kept


def find_state(folder: Path) -> StoreState:
    """The state in which the store is now, without reading any of its files."""
    parts = [folder / name for name in ("loads", "undone")]
    marks = tuple((s.st_ino, s.st_mtime_ns) for part in parts if part.is_dir() for s in (part.stat(),))
    return StoreState(folder, marks, frozenset(name for part in parts for name in _list_names(part)))


def forget_evidence() -> None:
    """Let go of everything that is kept open."""
    with _KEPT.lock:
        _KEPT.opened.clear()
        _KEPT.opening.clear()


def _list_names(folder: Path) -> list[str]:
    return [entry.name for entry in os.scandir(folder)] if folder.is_dir() else []


def _find_kept(key: _Key) -> "Evidence | None":
    with _KEPT.lock:
        if key in _KEPT.opened:
            _KEPT.opened.move_to_end(key)
        return _KEPT.opened.get(key)


def _find_earlier(key: _Key) -> "Evidence | None":
    """The evidence of the same store's state before, some of whose answers still hold."""
    with _KEPT.lock:
        found = (e for k, e in reversed(_KEPT.opened.items()) if k[0].folder == key[0].folder and k[1] == key[1])
        return next(found, None)


def _keep(key: _Key, evidence: "Evidence") -> None:
    """Keep it in place of the same store's earlier states, and of whatever was asked longest ago."""
    state, as_at = key
    with _KEPT.lock:
        for old in [k for k in _KEPT.opened if k[1] == as_at and k[0].folder == state.folder]:
            del _KEPT.opened[old]
        _KEPT.opened[key] = evidence
        while len(_KEPT.opened) > _MOST_KEPT:
            _KEPT.opened.popitem(last=False)
        for gone in [k for k in _KEPT.opening if k not in _KEPT.opened]:
            del _KEPT.opening[gone]
