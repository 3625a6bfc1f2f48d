"""Loads for the truth table: one that was asked for here, and one of the command line in the store that all read.

That one is taken back: no page of the evidence then takes the store for one that holds something.
"""

import json
from typing import Any

from django.conf import settings

from support.web.world import NOW, World
from wardmote.evidence.interface import open_store
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.partnerships.states import Role

LOAD_ID = "0900-fly-tipping"
OWN_WORDS = {
    ("new_load", "source"): "police-street",
    ("show_evidence_series", "source"): "police-street",
    ("show_evidence_series", "series"): "kent",
} | {
    (page, "load_name"): LOAD_ID
    for page in ("show_held_load", "undo_load", "download_refused_rows", "download_load_faults")
}


def make_objects(world: World) -> dict[str, Any]:
    """A load that failed for this partnership; beside it the store has one of the command line."""
    lay_load()
    with writing(by=None, verb="test.load_made", partnership=world.partnership):
        load = EvidenceLoad.objects.create(
            partnership=world.partnership, source="fly-tipping", store="shared", origin="upload", asked_at=NOW,
            asked_by=world.people[Role.ANALYST].pk, files=[{"name": "tips.csv", "size_bytes": 900}],
        )  # fmt: skip
    return {"load": load}


def lay_load() -> None:
    """A load without a row in the installation's store, taken back at once."""
    store = open_store(settings.STORE, create=True)
    folder = store.folder / "loads" / LOAD_ID
    folder.mkdir(parents=True, exist_ok=True)
    body = {
        "id": LOAD_ID, "source": "fly-tipping", "loaded_at": NOW.isoformat(), "by": "ann", "inputs": [], "tables": [],
        "faults": [], "months_missing": [],
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(body))
    undo = {"load_id": LOAD_ID, "undone_at": NOW.isoformat(), "by": "ann"}
    (store.folder / "undone" / f"{LOAD_ID}.json").write_text(json.dumps(undo))
