"""From the form to the store: files are sent, loaded in the background, shown, taken back."""

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.street_months import write_month
from support.web.world import World, make_world
from wardmote.evidence.interface import list_loads, load_files, open_store
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import CUT_OFF, do_job, find_job, resume_cut_off
from wardmote.web.foundation.models import AuditEntry, Job, JobState
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.loads import actions
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.partnerships.states import Role

BASE = "/p/ashmere/evidence/loads/"


def send(client: Any, source: str, *files: tuple[str, bytes], **said: str) -> Any:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(f"{BASE}new/{source}/", {"files": uploads, **said})


def work(load: EvidenceLoad) -> Job:
    """Do the job of a load, as the worker does."""
    job = find_job(load)
    assert job is not None
    do_job.func(job_id=str(job.pk))
    load.refresh_from_db()
    job.refresh_from_db()
    return job


def load_months(world: World, *files: tuple[str, bytes], role: Role = Role.ANALYST) -> EvidenceLoad:
    assert send(world.sign_in(role), "police-street", *files).status_code == 302
    load: EvidenceLoad = EvidenceLoad.objects.latest("asked_at")
    work(load)
    return load


def text_of(response: Any) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("&#39;", "'")


def test_load_that_lands_while_the_page_is_made_breaks_nothing(
    world: World, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks the store two questions: a load between them makes two states of it."""
    from wardmote.web.observatory.loads import queries

    load_months(world, ("2026-01-kent-street.csv", write_month("2026-01", 4)))
    file = tmp_path / "2026-02-kent-street.csv"
    file.write_bytes(write_month("2026-02", 4))

    def ask(question: Any) -> Any:
        def answer(store: Any) -> Any:
            found = question(store)
            load_files(store, "police-street", [file], by="test", now=read_now())
            return found

        return answer

    for name in ("list_loads", "describe_standing"):
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(queries, name, ask(getattr(queries, name)))
            assert queries.list_held(world.partnership)


def test_files_that_are_sent_are_loaded_shown_and_removed(world: World, home: Path) -> None:
    client = world.sign_in(Role.ANALYST)
    answer = send(client, "police-street", ("2026-01-kent-street.csv", write_month("2026-01", 4)))
    load = EvidenceLoad.objects.get()
    assert answer.headers["Location"] == f"{BASE}{load.pk}/"
    waiting = client.get(answer.headers["Location"])
    assert "Loading the files" in text_of(waiting)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert work(load).state == JobState.DONE
    page = text_of(client.get(answer.headers["Location"]))
    assert "4 read, 4 kept, 0 refused" in page
    assert "January 2026" in page
    assert not list((home / "uploads").glob(str(load.pk)))
    manifest = list_loads(open_store(home / "store"))[0].manifest
    assert world.people[Role.ANALYST].name not in manifest.to_json()  # the store names no person
    assert world.people[Role.ANALYST].name in text_of(client.get(BASE))


def test_refused_rows_are_shown_with_reasons_and_downloaded_without_formulas(world: World) -> None:
    lines = write_month("2026-01", 3).decode().splitlines(keepends=True)
    bad = lines[2].replace("2026-01", "=cmd|1").replace("Burglary", "Burglary")
    load = load_months(world, ("2026-01-kent-street.csv", "".join([*lines[:2], bad, lines[3]]).encode()))
    client = world.sign_in(Role.READER)
    assert "1 refused" in text_of(client.get(f"{BASE}{load.pk}/"))
    table = client.get(f"{BASE}held/{load.load}/refused.csv").content.decode("utf-8-sig")
    assert "2026-01-kent-street.csv,3" in table
    faults = client.get(f"{BASE}held/{load.load}/faults.csv").content.decode("utf-8-sig")
    assert faults.startswith("Severity,Where")
    assert not [cell for line in (table + faults).splitlines() for cell in line.split(",") if cell.startswith("=")]


def test_load_that_fails_says_why_keeps_its_files_and_is_tried_again(world: World, home: Path) -> None:
    client = world.sign_in(Role.ANALYST)
    send(client, "police-street", ("2026-01-kent-street.csv", b"one,two\n1,2\n"))
    load = EvidenceLoad.objects.get()
    assert work(load).state == JobState.FAILED
    page = text_of(client.get(f"{BASE}{load.pk}/"))
    assert "Nothing was loaded" in page
    assert "Try again with the same files" in page
    assert str(home) not in page
    assert list((home / "uploads" / str(load.pk)).rglob("*.csv"))
    assert client.post(f"{BASE}{load.pk}/again/").status_code == 302
    assert work(load).state == JobState.FAILED
    assert client.post(f"{BASE}{load.pk}/remove/").status_code == 302
    assert not (home / "uploads" / str(load.pk)).exists()
    assert not list_loads(open_store(home / "store"))


def test_files_in_which_somebody_could_be_recognised_are_not_kept(world: World, home: Path) -> None:
    mapping = b"dataset: visits\ntitle: Visits\n"
    client = world.sign_in(Role.ANALYST)
    send(client, "partner", ("visits.csv", b"Surname,Month\nSmith,2026-01\n"), ("visits.yaml", mapping))
    load = EvidenceLoad.objects.get()
    error = type("Identifying", (actions.WardmoteError,), {"is_identifying": True})

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise error("these files hold data in which somebody could be recognised")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "load_files", refuse)
        assert work(load).state == JobState.FAILED
    assert load.kept_until is None
    assert not (home / "uploads" / str(load.pk)).exists()


def test_partners_statistics_are_not_loaded_into_a_store_that_others_read(world: World) -> None:
    make_world("birchwood")
    page = text_of(world.sign_in(Role.ANALYST).get(f"{BASE}new/partner/"))
    assert "given to one partnership" in page
    send(world.sign_in(Role.ANALYST), "partner", ("visits.csv", b"a,b\n"))
    assert not EvidenceLoad.objects.exists()


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.ANALYST, Role.COORDINATOR)])
def test_nobody_else_loads(world: World, role: Role) -> None:
    client = world.sign_in(role)
    assert send(client, "police-street", ("2026-01-kent-street.csv", write_month("2026-01"))).status_code == 403
    assert "Load files" not in text_of(client.get(BASE))


def test_file_of_another_kind_and_none_at_all_are_refused_on_the_form(world: World) -> None:
    client = world.sign_in(Role.ANALYST)
    assert "is of another kind" in text_of(send(client, "police-street", ("crimes.pdf", b"%PDF-1.7")))
    assert "Select the files to load" in text_of(client.post(f"{BASE}new/police-street/", {}))
    assert not EvidenceLoad.objects.exists()


def pack(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def test_archive_is_loaded_and_no_name_within_it_leads_out(world: World, home: Path) -> None:
    content = pack(("../../../evil-street.csv", b"x"), ("2026-01/2026-01-kent-street.csv", write_month("2026-01")))
    load = load_months(world, ("archive.zip", content))
    assert load.load == "0001-police-street"
    assert not list(home.parent.rglob("*evil*"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bomb.zip", pack(("2026-01-kent-street.csv", b"0" * 60_000_000)), "unpacks to far more"),
        ("2026-01-kent-street.csv", b"PK\x03\x04 no table", "not what its name says"),
        ("archive.zip", b"Crime ID,Month\n", "not what its name says"),
        ("2026-01-kent-street.csv", b"a\x00b", "no text"),
        ("2026-01-kent-street.csv.gz", b"\x1f\x8bnonsense", "damaged"),
    ],
)
def test_file_that_lies_about_itself_is_not_opened(world: World, name: str, content: bytes, said: str) -> None:
    load = load_months(world, (name, content))
    assert load.load == ""
    assert said in str(load.faults)


def test_files_of_the_servers_folder_are_listed_and_chosen_and_nothing_else_is(world: World, home: Path) -> None:
    folder = home / "incoming" / "ashmere" / "january"
    folder.mkdir(parents=True)
    (folder / "2026-01-kent-street.csv").write_bytes(write_month("2026-01"))
    (home / "secret-street.csv").write_text("secret")
    (folder / "linked-street.csv").symlink_to(home / "secret-street.csv")
    (home / "incoming" / "birchwood").mkdir()
    (home / "incoming" / "birchwood" / "2026-02-kent-street.csv").write_bytes(write_month("2026-02"))
    client = world.sign_in(Role.ANALYST)
    page = text_of(client.get(f"{BASE}new/police-street/"))
    assert "january/2026-01-kent-street.csv" in page
    assert "linked-street" not in page
    assert "2026-02" not in page
    for wrong in ("january/linked-street.csv", "../birchwood/2026-02-kent-street.csv", str(home / "secret-street.csv")):
        assert client.post(f"{BASE}new/police-street/", {"waiting": [wrong]}).status_code == 422
    assert not EvidenceLoad.objects.exists()
    client.post(f"{BASE}new/police-street/", {"waiting": ["january/2026-01-kent-street.csv"]})
    load = EvidenceLoad.objects.get()
    assert work(load).state == JobState.DONE
    assert (folder / "2026-01-kent-street.csv").exists()  # what an operator laid there stays


def test_undo_says_what_changes_and_brings_back_what_was_superseded(world: World, home: Path) -> None:
    load_months(world, ("2026-01-kent-street.csv", write_month("2026-01", 3)))
    second = load_months(world, ("2026-01-kent-street.csv", write_month("2026-01", 5)),
                         ("2026-02-kent-street.csv", write_month("2026-02", 2)))  # fmt: skip
    client = world.sign_in(Role.ANALYST)
    assert "Superseded by later loads" in text_of(client.get(f"{BASE}held/0001-police-street/"))
    asked = text_of(client.get(f"{BASE}held/{second.load}/undo/"))
    assert "kent January 2026 go back to what was loaded on" in asked
    assert "kent February 2026 will have no data at all" in asked
    assert client.post(f"{BASE}held/{second.load}/undo/", {"reason": ""}).status_code == 200
    assert client.post(f"{BASE}held/{second.load}/undo/", {"reason": "The wrong force"}).status_code == 302
    page = text_of(client.get(f"{BASE}held/{second.load}/"))
    assert "Taken back" in page
    assert "The wrong force" in page
    assert "In force" in text_of(client.get(f"{BASE}held/0001-police-street/"))
    assert AuditEntry.objects.filter(verb="evidence.load_taken_back").count() == 1
    assert verify_chains()[1] == []


def test_loads_of_others_are_taken_back_by_the_coordinator_and_of_another_partnership_by_nobody(
    world: World, home: Path, tmp_path: Path
) -> None:
    by_hand = tmp_path / "2026-03-kent-street.csv"
    by_hand.write_bytes(write_month("2026-03"))
    load_files(open_store(home / "store", create=True), "police-street", [by_hand], now=read_now(), by="ann")
    mine = load_months(world, ("2026-01-kent-street.csv", write_month("2026-01")))
    other = make_world("birchwood")
    may = {
        (who, role, name): w.sign_in(role).get(f"/p/{who}/evidence/loads/held/{name}/undo/").status_code
        for who, w in (("ashmere", world), ("birchwood", other))
        for role in (Role.ANALYST, Role.COORDINATOR)
        for name in ("0001-police-street", mine.load)
    }
    assert may == {
        ("ashmere", Role.ANALYST, "0001-police-street"): 403, ("ashmere", Role.ANALYST, mine.load): 200,
        ("ashmere", Role.COORDINATOR, "0001-police-street"): 200, ("ashmere", Role.COORDINATOR, mine.load): 200,
        ("birchwood", Role.ANALYST, "0001-police-street"): 403, ("birchwood", Role.ANALYST, mine.load): 403,
        ("birchwood", Role.COORDINATOR, "0001-police-street"): 200, ("birchwood", Role.COORDINATOR, mine.load): 403,
    }  # fmt: skip
    page = text_of(other.sign_in(Role.ANALYST).get("/p/birchwood/evidence/loads/"))
    assert "Another partnership of this installation" in page
    assert f"{world.partnership.name}" not in page


def test_own_store_is_read_by_nobody_else(home: Path, db: None) -> None:
    world, other = make_world("ashmere", evidence="own"), make_world("birchwood")
    load = load_months(world, ("2026-01-kent-street.csv", write_month("2026-01")))
    assert (home / "stores" / str(world.partnership.pk) / "loads" / load.load).is_dir()
    assert "Nothing has been loaded yet" in text_of(other.sign_in(Role.ANALYST).get("/p/birchwood/evidence/loads/"))


def test_load_that_was_cut_off_says_so_and_left_nothing(world: World, home: Path) -> None:
    send(world.sign_in(Role.ANALYST), "police-street", ("2026-01-kent-street.csv", write_month("2026-01")))
    load = EvidenceLoad.objects.get()
    job = find_job(load)
    assert job is not None
    with writing(by=None, verb="test.begun"):
        job.state = JobState.WORKING
        job.save()
    assert resume_cut_off() == 1
    job.refresh_from_db()
    assert (job.state, job.said) == (JobState.FAILED, CUT_OFF)
    assert "cut off" in text_of(world.sign_in(Role.ANALYST).get(f"{BASE}{load.pk}/"))
    actions.retry_load(by=world.people[Role.ANALYST], load=EvidenceLoad.objects.get())
    assert work(load).state == JobState.DONE


def test_load_that_was_cut_off_after_it_reached_the_store_is_done(world: World, home: Path) -> None:
    load = load_months(world, ("2026-01-kent-street.csv", write_month("2026-01")))
    job = find_job(load)
    assert job is not None
    with writing(by=None, verb="test.begun"):
        job.state, load.load = JobState.WORKING, ""
        job.save()
        load.save()
    resume_cut_off()
    load.refresh_from_db()
    job.refresh_from_db()
    assert (load.load, job.state) == ("0001-police-street", JobState.DONE)


def test_files_that_nobody_came_back_for_are_removed(world: World, home: Path) -> None:
    load = load_months(world, ("2026-01-kent-street.csv", b"one,two\n"))
    assert load.kept_until is not None
    assert actions.remove_old_files(read_now()) == "0 removed"
    assert actions.remove_old_files(load.kept_until + (load.kept_until - load.asked_at)) == "1 removed"
    assert not (home / "uploads" / str(load.pk)).exists()


def test_what_a_killed_process_left_is_removed_and_what_waits_stays(world: World, home: Path) -> None:
    send(world.sign_in(Role.ANALYST), "police-street", ("2026-01-kent-street.csv", write_month("2026-01")))
    waiting = EvidenceLoad.objects.get()
    orphan, half = home / "uploads" / str(uuid4()), home / "uploads" / "under-way" / "x.upload"
    for path in (orphan / "0", half.parent):
        path.mkdir(parents=True, exist_ok=True)
    half.write_text("half")
    for path in (orphan, half, home / "uploads" / str(waiting.pk)):
        os.utime(path, (0, 0))
    assert actions.remove_old_files(read_now()) == "2 removed"
    assert {path.name for path in (home / "uploads").iterdir()} == {"under-way", str(waiting.pk)}


def test_more_than_a_browser_may_send_is_said_on_the_form(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    from wardmote.web.foundation import uploads

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    monkeypatch.setattr(uploads, "_larger", {re.compile("loads/new"): 2000})
    client = world.sign_in(Role.ANALYST)
    answer = send(client, "police-street", ("2026-01-kent-street.csv", write_month("2026-01", 2000)))
    assert "larger than 1 GB together" in text_of(answer)
    assert not EvidenceLoad.objects.exists()


def test_large_file_is_streamed_into_the_home_and_moved(world: World, home: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    load = load_months(world, ("2026-01-kent-street.csv", write_month("2026-01", 50)))
    assert load.load == "0001-police-street"
    assert list((home / "uploads" / "under-way").iterdir()) == []
