"""Reports checked on the web: sent, reckoned anew, marked, compared with the next version, removed."""

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.world import World
from wardmote.evidence.claims.check import Checked, check_documents
from wardmote.evidence.claims.reading import read_document
from wardmote.evidence.claims.told import tell_burglaries
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import do_job
from wardmote.web.foundation.models import AuditEntry, Job
from wardmote.web.observatory.checks import actions
from wardmote.web.observatory.checks.files import find_folder
from wardmote.web.observatory.checks.models import CheckResult, ClaimMark, ReportCheck
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db

FIRST = (
    "# Crime in Zellmouth\n\nBurglary fell by 12% from 500 to 400 offences. Arson rose from 40 to 50, an increase of "
    "25%. Robbery fell from 60 to 75 offences.\n"
)
SECOND = (
    "# Crime in Zellmouth\n\nThis year burglary fell by 20% from 500 to 400 offences. Arson rose from 40 to 50, an "
    "increase of 25%. Robbery fell from 60 to 75 offences. Theft rose by 10% from 200 to 300.\n"
)


def send(world: World, role: Role = Role.ANALYST, *, text: str = FIRST, name: str = "report.md", **given: Any) -> Any:
    upload = SimpleUploadedFile(name, text.encode())
    return world.sign_in(role).post("/p/ashmere/evidence/checks/new/", {"files": [upload], **given})


def do_jobs() -> None:
    for job in Job.objects.filter(state="waiting"):
        do_job.func(job_id=str(job.pk))


def check_text(world: World, role: Role = Role.ANALYST, **given: Any) -> ReportCheck:
    """Send a report and let the worker do its work."""
    answer = send(world, role, **given)
    assert answer.status_code == 302, answer.content.decode()
    do_jobs()
    return ReportCheck.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def read_page(world: World, check: ReportCheck, more: str = "", role: Role = Role.ANALYST) -> str:
    answer = world.sign_in(role).get(f"/p/ashmere/evidence/checks/{check.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def find_claim(check: ReportCheck, words: str) -> Any:
    claims = CheckResult.objects.get(check_of=check).drawn["claims"]
    return next(claim for claim in claims if claim["accuses"] and words in claim["quote"] + claim["why"])


def test_wrong_percentage_is_shown_with_what_was_recomputed(world: World) -> None:
    check = check_text(world)
    page = read_page(world, check)
    assert "12%" in page
    assert "20%" in page
    assert "Arson rose" not in page.split("What was found")[1].split("Take it")[0]
    assert check.counts["wrong"] + check.counts.get("contradicts", 0) == 2
    assert "Arson rose" in read_page(world, check, "?show=ok")


def test_text_shows_each_mark_and_leads_to_its_reason(world: World) -> None:
    check = check_text(world)
    claim, text = find_claim(check, "12%"), read_page(world, check, "text/")
    assert f'<mark id="mark-{claim["number"]}">' in text
    assert f"#claim-{claim['number']}" in text
    assert "Arson rose from 40 to 50" in text


def test_figure_unlike_the_evidence_is_to_look_at_and_not_accused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_with_evidence(paths: list[Path], *, store: object) -> Checked:
        return check_documents([read_document(path) for path in paths], evidence=tell_burglaries(919))

    monkeypatch.setattr(actions, "check_files", check_with_evidence)
    check = check_text(world, text="In 2024 there were 3,400 burglaries in Northmarsh.\n")
    page = read_page(world, check)
    for words in ("To look at (1)", "Differs from the evidence", "Nothing is accused", "The official table gives 919"):
        assert words in page
    assert 'id="mark-1"' in read_page(world, check, "text/")
    assert "To look at" not in read_page(world, check, "claims.csv")
    assert "Differs from the evidence" in read_page(world, check, "claims.csv")
    assert "differs from evidence" in read_page(world, check, "report.html")


def test_text_of_a_hostile_report_stays_text(world: World) -> None:
    check = check_text(world, text="<p>Up <b>12%</b> from 500 to 400<script>alert(1)</script>"
                       "&lt;img src=x onerror=alert(2)&gt;</p>", name="report.html")  # fmt: skip
    for more in ("", "text/", "text/?all"):
        page = read_page(world, check, more)
        assert "alert(1)" not in page
        assert "<img" not in page
    answer = world.sign_in(Role.ANALYST).get(f"/p/ashmere/evidence/checks/{check.pk}/report.html")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_files_are_gone_as_soon_as_they_are_read(world: World, home: Path) -> None:
    check = check_text(world)
    assert not find_folder(check.pk).exists()
    assert not list((home / "uploads" / "checks").glob("*"))
    assert check.documents[0]["name"] == "report.md"
    assert len(check.documents[0]["sha256"]) == 64


def test_reports_that_a_killed_process_left_are_removed_and_what_waits_stays(world: World, home: Path) -> None:
    send(world)
    folder, orphan = home / "uploads" / "checks", uuid4()
    waiting = ReportCheck.objects.get()
    (folder / str(orphan) / "0").mkdir(parents=True)
    (folder / str(uuid4())).mkdir()  # still on its way in
    for name in (orphan, waiting.pk):
        os.utime(folder / str(name), (0, 0))
    assert actions.remove_old_reports(read_now()) == "1 removed"
    assert (folder / str(waiting.pk)).exists()
    assert not (folder / str(orphan)).exists()
    do_jobs()
    assert ReportCheck.objects.get().checked_at is not None


def make_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", b"0" * (201 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.exe", b"MZ\x00", "of another kind"),
        ("report.pdf", b"%PDF-1.4 cut", "not what its name says"),
        ("report.txt", b"It fell\x00by", "not what its name says"),
        ("report.txt", b"  ", "empty"),
        ("report.docx", b"PK\x03\x04 no archive", "not what its name says"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused(world: World, name: str, content: bytes, said: str) -> None:
    upload = SimpleUploadedFile(name, content)
    page = world.sign_in(Role.LEAD).post("/p/ashmere/evidence/checks/new/", {"files": [upload]})
    assert said in page.content.decode()
    assert not ReportCheck.objects.exists()


def test_document_that_unpacks_without_end_is_refused(world: World) -> None:
    upload = SimpleUploadedFile("report.docx", make_bomb())
    page = world.sign_in(Role.LEAD).post("/p/ashmere/evidence/checks/new/", {"files": [upload]})
    assert "not what its name says" in page.content.decode()
    assert not ReportCheck.objects.exists()


def test_two_reports_are_held_against_one_another(world: World) -> None:
    uploads = [
        SimpleUploadedFile("one.txt", b"In 2024/25 there were 512 burglaries in Zellmouth."),
        SimpleUploadedFile("two.txt", b"In 2024/25 there were 612 burglaries in Zellmouth."),
    ]
    world.sign_in(Role.ANALYST).post("/p/ashmere/evidence/checks/new/", {"files": uploads})
    do_jobs()
    check = ReportCheck.objects.get()
    assert len(check.documents) == 2
    assert check.title == "one.txt, two.txt"
    assert {one["file"] for one in CheckResult.objects.get().drawn["files"]} == {"one.txt", "two.txt"}


def test_damaged_report_says_so_and_names_no_folder(world: World, home: Path) -> None:
    answer = send(world, text="%PDF-1.4\n1 0 obj\n%%EOF\n", name="damaged.pdf")
    do_jobs()
    page = world.sign_in(Role.ANALYST).get(answer["Location"]).content.decode()
    assert "It could not be checked" in page
    assert str(home) not in page


def test_check_is_seen_by_its_owner_the_analyst_and_who_it_is_shared_with(world: World) -> None:
    check = check_text(world, Role.SCRUTINY)
    address = f"/p/ashmere/evidence/checks/{check.pk}/"

    def answer(role: Role) -> int:
        return world.sign_in(role).get(address).status_code

    seen = {role: answer(role) for role in (Role.SCRUTINY, Role.ANALYST, Role.COORDINATOR, Role.LEAD, Role.READER)}
    assert seen == {Role.SCRUTINY: 200, Role.ANALYST: 200, Role.COORDINATOR: 200, Role.LEAD: 404, Role.READER: 404}
    assert world.sign_in(Role.ANALYST).post(f"{address}share/", {"shared": "yes"}).status_code == 403
    world.sign_in(Role.SCRUTINY).post(f"{address}share/", {"shared": "yes"})
    assert answer(Role.READER) == 200
    assert world.sign_in(Role.READER).get("/p/ashmere/evidence/checks/new/").status_code == 403


def mark(world: World, check: ReportCheck, words: str, standing: str, note: str = "") -> Any:
    address = f"/p/ashmere/evidence/checks/{check.pk}/claims/{find_claim(check, words)['number']}/"
    return world.sign_in(Role.ANALYST).post(address, {"standing": standing, "note": note})


def test_false_alarm_needs_a_why(world: World) -> None:
    check = check_text(world)
    assert "Say why it is a false alarm" in mark(world, check, "12%", "false_alarm").content.decode()
    assert mark(world, check, "12%", "false_alarm", "The base is the year before.").status_code == 302
    assert "The base is the year before." in read_page(world, check)
    assert "The base is" not in "".join(AuditEntry.objects.values_list("body", flat=True))


def test_later_version_shows_what_is_new_what_was_mended_and_what_was_not(world: World) -> None:
    first = check_text(world)
    mark(world, first, "12%", "mended")
    mark(world, first, "Robbery", "mended", "The words were changed.")
    second = check_text(world, text=SECOND, follows=str(first.pk))
    page = read_page(world, second)
    assert "1 new, 1 still there, 1 gone" in page
    assert "1 claim said to be mended, and still there" in page
    assert "Theft rose" in read_page(world, second, "?show=new")


def test_false_alarm_is_carried_on_to_the_later_version(world: World) -> None:
    first = check_text(world)
    mark(world, first, "Robbery", "false_alarm", "A slip of the machine.")
    second = check_text(world, text=SECOND, follows=str(first.pk))
    assert "A slip of the machine." in read_page(world, second)
    assert "A slip" not in read_page(world, second, "?show=open")


def test_removed_text_leaves_digest_and_counts(world: World) -> None:
    check = check_text(world)
    mark(world, check, "12%", "to_mend", "Ask the author.")
    address = f"/p/ashmere/evidence/checks/{check.pk}/"
    assert "are deleted" in world.sign_in(Role.ANALYST).get(f"{address}remove/").content.decode()
    world.sign_in(Role.ANALYST).post(f"{address}remove/")
    assert not CheckResult.objects.exists()
    assert not ClaimMark.objects.exists()
    page = read_page(world, check)
    assert "The text was removed" in page
    assert check.documents[0]["sha256"][:16] in page
    assert "Wrong" in page
    assert world.sign_in(Role.ANALYST).get(f"{address}text/").status_code == 404
    assert "Burglary" not in "".join(AuditEntry.objects.values_list("body", flat=True))


def test_claims_are_downloaded_as_table_and_as_the_command_line_prints_them(world: World) -> None:
    check = check_text(world)
    client, address = world.sign_in(Role.ANALYST), f"/p/ashmere/evidence/checks/{check.pk}/claims."
    table = client.get(f"{address}csv").content.decode("utf-8-sig")
    assert table.startswith("Report,Where,Verdict")
    assert "Burglary fell by 12%" in table
    body = json.loads(client.get(f"{address}json").content)
    assert body["schema"] == "check-1"
    assert body["files"][0]["file"] == "report.md"
    assert client.get(f"{address}exe").status_code == 404


def test_owner_is_told_what_is_open_until_it_is_settled(world: World) -> None:
    check = check_text(world)
    home = world.sign_in(Role.ANALYST).get("/p/ashmere/").content.decode()
    assert "2 claims to look at in a report that you had checked" in home
    for words in ("12%", "Robbery"):
        mark(world, check, words, "mended")
    assert "that you had checked" not in world.sign_in(Role.ANALYST).get("/p/ashmere/").content.decode()
