"""What is odd in the evidence: flagged, looked at, open again when its numbers change; and the pages in a browser."""

from pathlib import Path
from typing import Any

import pytest

from support.browser import OpenPage, check_accessible, check_fits
from support.web.street_months import write_month
from support.web.world import World
from wardmote.evidence.interface import load_files, open_store
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import do_job, find_job
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.observatory.loads.models import EvidenceLoad, FlagLook
from wardmote.web.observatory.loads.quality import count_open, work_out_quality
from wardmote.web.partnerships.states import Role

BASE = "/p/ashmere/evidence/"
MONTHS = {f"2026-{month:02d}": 200 if month == 5 else 400 for month in range(3, 11)}


def lay(home: Path, months: dict[str, int]) -> None:
    """Load months by hand, as somebody does with the command."""
    folder = home / f"files-{len(list(home.iterdir()))}"
    folder.mkdir()
    for month, rows in months.items():
        (folder / f"{month}-kent-street.csv").write_bytes(write_month(month, rows))
    store = open_store(home / "store", create=True)
    load_files(store, "police-street", [folder], now=read_now().replace(microsecond=0), by="ann")


def find_drop(client: Any) -> str:
    """The address at which somebody says what they found of the drop."""
    page = client.get(f"{BASE}quality/").content.decode()
    at = page.index("May 2026 has")
    return "/p/ashmere/evidence/quality/look/" + page[at:].split("quality/look/", 1)[1].split('"', 1)[0]


def test_flag_is_open_until_somebody_looked_and_again_when_its_numbers_change(world: World, home: Path) -> None:
    lay(home, MONTHS)
    client = world.sign_in(Role.ANALYST)
    before = client.get(f"{BASE}quality/").content.decode()
    assert "May 2026 has 200 offences and incidents, 50% below the 400 usual" in before
    address = find_drop(client)
    opened = count_open(world.partnership)
    assert client.post(address, {"note": ""}).status_code == 422
    assert client.post(address, {"note": "Half of May was lost"}).status_code == 302
    assert count_open(world.partnership) == opened - 1
    assert "Half of May was lost" in client.get(f"{BASE}quality/").content.decode()
    lay(home, {"2026-05": 210})
    after = client.get(f"{BASE}quality/").content.decode()
    assert "The numbers have changed since" in after
    assert count_open(world.partnership) == opened


def test_only_who_loads_says_what_was_found(world: World, home: Path) -> None:
    lay(home, MONTHS)
    address = find_drop(world.sign_in(Role.ANALYST))
    assert world.sign_in(Role.LEAD).post(address, {"note": "Seen"}).status_code == 403
    assert "Say what you found" not in world.sign_in(Role.LEAD).get(f"{BASE}quality/").content.decode()
    assert world.sign_in(Role.ANALYST).get(f"{BASE}quality/look/?flag=none").status_code == 302
    assert not FlagLook.objects.exists()


def test_round_works_out_what_waits_and_the_first_page_only_counts(world: World, home: Path, rf: Any) -> None:
    lay(home, MONTHS)
    assert count_open(world.partnership) == 0  # nobody has worked it out yet, and no page waits for it
    assert work_out_quality(read_now()) == "1 worked out"
    assert work_out_quality(read_now()) == "0 worked out"
    request = rf.get("/")
    request.partnership, request.user = world.partnership, world.people[Role.ANALYST]
    request.roles = frozenset({Role.ANALYST})
    assert any("in the evidence" in thing.title for thing in list_things_to_do(request))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_load_is_followed_to_its_end_by_keyboard_on_a_phone(
    open_page: OpenPage, live_server: Any, home: Path, world: World, tmp_path: Path
) -> None:
    lay(home, MONTHS)
    path = tmp_path / "2026-11-kent-street.csv"
    path.write_bytes(write_month("2026-11", 380).replace(b"Burglary", b"", 1))
    page = open_page(width=320, height=800)
    cookie = world.sign_in(Role.ANALYST).cookies["wardmote_session"].value
    page.context.add_cookies([{"name": "wardmote_session", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}{BASE}loads/new/police-street/")
    check_fits(page)
    check_accessible(page)
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Load", exact=True).press("Enter")
    page.get_by_role("heading", name="Loading the files").wait_for()
    check_accessible(page)
    do_job.func(job_id=str(find_job(EvidenceLoad.objects.get()).pk))  # type: ignore[union-attr]
    page.get_by_text("380 read, 379 kept, 1 refused").wait_for()  # nobody has pressed a key
    for address in ("loads/", "loads/new/", "quality/", "quality/police-street/kent/",
                    "loads/held/0002-police-street/", "loads/held/0002-police-street/undo/"):  # fmt: skip
        page.goto(f"{live_server.url}{BASE}{address}")
        check_fits(page)
        check_accessible(page)
    assert page.complaints == []
