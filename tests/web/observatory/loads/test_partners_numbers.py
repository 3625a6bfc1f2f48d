"""A partner's small numbers by month are not for who may see published figures only, on any page of loads."""

from pathlib import Path

import pyarrow as pa

from support.street_store import first_day
from support.web.world import World
from wardmote.evidence.interface import open_store
from wardmote.evidence.sources.contract import KEYS, TABLES
from wardmote.evidence.store.manifest import Manifest
from wardmote.web.foundation.clock import read_now
from wardmote.web.partnerships.states import Role

BASE = "/p/ashmere/evidence/"


def lay_visits(home: Path) -> str:
    """A partner's counts with a month missing; the load's name."""
    dataset = {"dataset": "visits", "title": "Visits to victims", "step": "month", "polarity": "none"}
    counts = [{"dataset": "visits", "month": first_day(month), "area_set": "district@2023", "area_code": "E07000001",
               "category": "", "items_count": 3} for month in ("2026-01", "2026-03", "2026-04")]  # fmt: skip
    store = open_store(home / "store", create=True)
    with store.stage("partner", by="test") as staging:
        for name, rows in {"partner_datasets": [dataset], "partner_counts": counts}.items():
            filled = [dict.fromkeys(TABLES[name].names) | row for row in rows]
            staging.write_table(name, pa.Table.from_pylist(filled, TABLES[name]), key=KEYS[name])
        made = Manifest(staging.load_id, "partner", read_now(), "test", inputs=(), tables=tuple(staging.tables))
        store.commit(staging, made)
    return made.id


def test_reader_sees_no_month_flag_fault_or_row_of_a_partners_load(world: World, home: Path) -> None:
    name = lay_visits(home)
    pages = ["quality/partner/visits/", *(f"loads/held/{name}/{page}" for page in ("", "refused.csv", "faults.csv"))]
    for role, status in ((Role.ANALYST, 200), (Role.READER, 403), (Role.SCRUTINY, 403)):
        client = world.sign_in(role)
        assert [client.get(f"{BASE}{page}").status_code for page in pages] == [status] * len(pages)
        quality = client.get(f"{BASE}quality/").content.decode()
        assert ("quality/partner/visits/" in quality) == (status == 200)
        assert (name in client.get(f"{BASE}loads/").content.decode()) == (status == 200)
