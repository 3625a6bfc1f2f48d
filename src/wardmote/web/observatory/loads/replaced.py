"""In a store that several partnerships share: what one loaded and another's load took the place of."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache

from wardmote.evidence.interface import list_loads, list_replacements, open_store
from wardmote.web.observatory.loads.marks import read_mark
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.presenters import say_what
from wardmote.web.observatory.loads.queries import has_store
from wardmote.web.observatory.reading import find_state
from wardmote.web.observatory.stores import find_store, name_store, shares_store
from wardmote.web.partnerships.interface import Partnership

_KEPT_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Replaced:
    """The load `by` took the place of the load `replaced` for `what`, on a day; just one of them is our own."""

    replaced: str
    by: str
    what: str
    replaced_at: datetime
    is_ours_replaced: bool


def list_replaced(partnership: Partnership) -> list[Replaced]:
    """Where a load of this partnership and one of another replaced each other, the oldest first."""
    if not (shares_store(partnership) and has_store(partnership)):
        return []
    rows = EvidenceLoad.objects.filter(partnership=partnership, store=name_store(partnership)).exclude(load="")
    own = {str(key) for key in rows.values_list("pk", flat=True)}
    return [
        Replaced(old, new, what, at, old_key in own)
        for old, new, what, at, old_key, new_key in _read_all(partnership)
        if (old_key in own) != (new_key in own)
    ]


def _read_all(partnership: Partnership) -> list[tuple[str, str, str, datetime, str, str]]:
    """Every replacement between two loads of the web, with whose they are; read once for a state of the store."""
    state = find_state(find_store(partnership))
    text = repr((str(state.folder), sorted(state.names)))
    name = f"evidence-replaced-{sha256(text.encode()).hexdigest()}"
    kept: list[tuple[str, str, str, datetime, str, str]] | None = cache.get(name)
    if kept is None:
        kept = _work_out(partnership)
        cache.set(name, kept, _KEPT_SECONDS)
    return kept


def _work_out(partnership: Partnership) -> list[tuple[str, str, str, datetime, str, str]]:
    store = open_store(find_store(partnership))
    loads = {record.manifest.id: record.manifest for record in list_loads(store)}
    keys = {name: str(read_mark(manifest.by) or "") for name, manifest in loads.items()}
    return [
        (one.replaced, one.by, what, loads[one.by].loaded_at, keys[one.replaced], keys[one.by])
        for one in list_replacements(store)
        if keys[one.replaced] and keys[one.by] and (what := say_what(one))
    ]
