"""Returns as a workbook: out, back into drafts, and refused where it is somebody else's."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from support.web.world import World, make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import DraftCopy, Return, SheetUpload
from wardmote.web.returns.owing import list_owed
from wardmote.web.returns.past import read_pasts
from wardmote.web.returns.workbooks.reading import read_key, read_sheet
from wardmote.web.returns.workbooks.writing import write_workbook

pytestmark = pytest.mark.django_db
FIRST_BOX = 6


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def write(world: World, typed: dict[str, list[Any]]) -> bytes:
    """The police's workbook with something typed into the boxes of some rows, as a spreadsheet would save it."""
    import xlsxwriter

    owed = next(one for one in list_owed(world.partnership) if one.organisation == world.police)
    book = CalamineWorkbook.from_filelike(BytesIO(write_workbook(owed, read_pasts(owed.returns))))
    out = BytesIO()
    copy = xlsxwriter.Workbook(out)
    for name in book.sheet_names:
        sheet = copy.add_worksheet(name)
        for at, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            cells = list(row[:40])
            if name == "returns" and len(cells) > 1 and cells[1] in typed:
                cells[FIRST_BOX : FIRST_BOX + len(typed[cells[1]])] = typed[cells[1]]
            for place, cell in enumerate(cells):
                write_cell(sheet, at, place, cell)
    copy.close()
    return out.getvalue()


class Broken(str):
    """What a formula's cell shows that could not be worked out."""


def write_cell(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, Broken):
        sheet.write_formula(row, column, "=1/0", None, str(cell))
    else:
        sheet.write(row, column, cell)


def send(world: World, content: bytes, role: Role = Role.CONTRIBUTOR) -> Any:
    file = SimpleUploadedFile("returns.xlsx", content)
    return world.sign_in(role).post(reverse("returns_workbooks", args=["ashmere"]), {"file": file})


def read(world: World, ref: str = "P1-1") -> Return:
    return Return.objects.get(pk=world.returns[ref].pk)


def test_workbook_downloads_with_what_is_owed(world: World) -> None:
    address = reverse("returns_workbook", args=["ashmere", world.quarter.pk, world.police.pk])
    answer = world.sign_in(Role.CONTRIBUTOR).get(address)
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name("returns").to_python()
    assert [row[1] for row in rows[4:6]] == ["P1-1", "P1-2"]
    assert rows[4][3] == "at least 80%"
    assert "P1-3" not in str(rows)


def test_workbook_comes_back_into_drafts_after_a_look(world: World) -> None:
    answer = send(world, write(world, {"P1-1": [45, 60, "", "", "More were asked."]}))
    assert read(world).draft == {}  # nothing yet: it is only shown
    client = world.sign_in(Role.CONTRIBUTOR)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "victims who felt safer:</strong> 45" in page
    client.post(answer.headers["Location"])
    ret = read(world)
    assert ret.state == "draft"
    assert ret.draft == {"numerator": "45", "denominator": "60", "what_happened": "More were asked."}


def test_good_rows_are_taken_and_bad_ones_listed_by_cell(world: World) -> None:
    answer = send(world, write(world, {"P1-1": ["12a", 60], "P1-2": [1, 2, "because"]}))
    upload = SheetUpload.objects.get()
    assert [row["cell"] for row in upload.refused] == ["G5", "I6"]
    assert upload.rows == []
    client = world.sign_in(Role.CONTRIBUTOR)
    assert b"No row can be entered" in client.get(answer.headers["Location"]).content
    text = client.get(reverse("refused_workbook_rows", args=["ashmere", upload.pk])).content.decode()
    assert "12a | 60" in text


def test_number_beyond_all_numbers_is_refused_by_its_cell(world: World) -> None:
    packed = BytesIO()
    content = BytesIO(write(world, {"P1-1": [123454321, 60], "P1-2": [1, 2]}))
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>123454321</v>", b"<v>1e400</v>"))
    assert send(world, packed.getvalue()).status_code == 302
    upload = SheetUpload.objects.get()
    assert [(row["cell"], row["found"][:12]) for row in upload.refused] == [("G5", "“inf” is no ")]
    assert [row["ref"] for row in upload.rows] == ["P1-2"]


def test_formula_that_failed_is_refused_by_its_cell_with_its_error(world: World) -> None:
    send(world, write(world, {"P1-1": [Broken("#DIV/0!"), 60], "P1-2": [1, 2, "", "", Broken("#REF!")]}))
    upload = SheetUpload.objects.get()
    assert [(row["cell"], row["found"].partition(":")[0]) for row in upload.refused] == [
        ("G5", "the cell holds the error #DIV/0!"), ("K6", "the cell holds the error #REF!"),
    ]  # fmt: skip
    assert (upload.rows, upload.refused[0]["typed"]) == ([], "#DIV/0! | 60")


def test_text_is_taken_whole_or_refused(world: World) -> None:
    send(world, write(world, {"P1-1": [1, 2, "", "", "x" * 20_000], "P1-2": [1, 2, "", "", "x" * 20_001]}))
    upload = SheetUpload.objects.get()
    assert [len(row["fields"]["what_happened"]) for row in upload.rows] == [20_000]
    assert [(row["cell"], "has 20,001 characters" in row["found"]) for row in upload.refused] == [("K6", True)]


def test_refused_row_is_no_formula_in_the_list(world: World) -> None:
    send(world, write(world, {"P1-1": ["'=1+1", 60, "", "=cmd"]}))
    client = world.sign_in(Role.CONTRIBUTOR)
    upload = SheetUpload.objects.get()
    with writing(by=None, verb="test.changed", partnership=world.partnership):
        upload.refused = [{"cell": "A1", "ref": "=cmd()", "found": "-x", "typed": "@y"}]
        upload.save()
    lines = client.get(reverse("refused_workbook_rows", args=["ashmere", upload.pk])).content.decode().splitlines()
    assert lines[1] == "A1,'=cmd(),'-x,'@y"


def test_title_that_looks_like_a_formula_stays_text(world: World) -> None:
    with writing(by=None, verb="test.changed"):
        world.indicators["P1-1"].title = '=HYPERLINK("http://example.org")'
        world.indicators["P1-1"].save()
    owed = next(one for one in list_owed(world.partnership) if one.organisation == world.police)
    with zipfile.ZipFile(BytesIO(write_workbook(owed, read_pasts(owed.returns)))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<c r=" in sheet


def test_workbook_keeps_what_was_typed_before(world: World) -> None:
    with writing(by=None, verb="test.typed", partnership=world.partnership):
        ret = world.returns["P1-1"]
        ret.draft, ret.draft_saved_by = {"numerator": "1", "so_what": "Kept."}, world.people[Role.CONTRIBUTOR].pk
        ret.save()
    answer = send(world, write(world, {"P1-1": [45, 60]}))
    world.sign_in(Role.CONTRIBUTOR).post(answer.headers["Location"])
    assert read(world).draft == {"numerator": "45", "denominator": "60", "so_what": "Kept."}
    assert DraftCopy.objects.get().fields == {"numerator": "1", "so_what": "Kept."}


def test_workbook_is_entered_once(world: World) -> None:
    answer = send(world, write(world, {"P1-1": [45, 60]}))
    client = world.sign_in(Role.CONTRIBUTOR)
    for _ in range(2):
        client.post(answer.headers["Location"])
    assert read(world).draft_number == 1


def test_workbook_of_another_partnership_is_refused(world: World) -> None:
    other = make_world("brookfield")
    page = send(world, write(other, {"P1-1": [45, 60]})).content.decode()
    assert "of another agency, partnership or quarter" in page
    assert SheetUpload.objects.count() == 0


def test_workbook_of_another_agency_is_refused(world: World) -> None:
    owed = next(one for one in list_owed(world.partnership) if one.organisation == world.council)
    page = send(world, write_workbook(owed, read_pasts(owed.returns))).content.decode()
    assert "of another agency, partnership or quarter" in page


def test_upload_of_another_agency_is_404(world: World) -> None:
    from support.web.world import give_role, make_person

    answer = send(world, write(world, {"P1-1": [45, 60]}))
    other = make_person("fire@ashmere.example.org", organisation=world.council)
    give_role(other, world.partnership, Role.CONTRIBUTOR, world.council)
    world.people[Role.READER] = other
    assert world.sign_in(Role.READER).get(answer.headers["Location"]).status_code == 404


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a workbook", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused_in_words(world: World, content: bytes) -> None:
    answer = send(world, content)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_another_workbook_is_refused(world: World) -> None:
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("returns").write(0, 0, "x")
    book.close()
    assert "no workbook of returns" in send(world, out.getvalue()).content.decode()


def test_row_that_stands_twice_is_refused(world: World) -> None:
    content = write(world, {"P1-1": [45, 60], "P1-2": [1, 2]})
    returns = {ret.pk: ret for ret in Return.objects.select_related("indicator", "quarter")}
    once = read_sheet(content, returns)
    assert [row["ref"] for row in once.rows] == ["P1-1", "P1-2"]
    assert read_key(content) == (world.partnership.pk, world.quarter.pk, world.police.pk)
    del returns[world.returns["P1-2"].pk]
    assert [row["cell"] for row in read_sheet(content, returns).refused] == ["A6"]


def test_steps_and_words_come_back_too(world: World) -> None:
    with writing(by=None, verb="test.changed"):
        one, two = world.indicators["P1-1"], world.indicators["P1-2"]
        one.shape, one.part_names = "checklist", ["Drafted", "Agreed", "Printed"]
        two.shape = "status"
        one.save()
        two.save()
    send(world, write(world, {"P1-1": ["yes", "", "Done"], "P1-2": ["under way"]}))
    rows = {row["ref"]: row["fields"] for row in SheetUpload.objects.get().rows}
    assert rows == {"P1-1": {"checks": ["0", "2"]}, "P1-2": {"status": "Under way"}}


def test_draft_with_half_a_surrogate_pair_opens_and_says_so(world: World) -> None:
    """SQLite holds one where it was saved before such signs were refused."""
    if connection.vendor != "sqlite":
        pytest.skip("the other database never took one")
    ret = world.returns["P1-1"]
    draft = json.dumps({"what_happened": "a \ud800 sign", "so_what": "fine"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE returns_return SET draft = %s WHERE id = %s", [draft, ret.pk.hex])
    assert read(world).draft == {"what_happened": "a \ufffd sign", "so_what": "fine"}
    client = world.sign_in(Role.CONTRIBUTOR)
    page = client.get(reverse("show_return", args=["ashmere", ret.pk]))
    assert page.status_code == 200
    assert "could not be read and stands as" in page.content.decode()
    assert client.get(reverse("returns", args=["ashmere"])).status_code == 200
    book = client.get(reverse("returns_workbook", args=["ashmere", world.quarter.pk, world.police.pk]))
    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_name("returns").to_python()
    assert "stands as \ufffd" in str(rows[1])
    assert "a \ufffd sign" in str(rows)


def test_whole_surrogate_pairs_stay_in_a_draft(world: World) -> None:
    ret = read(world)
    with writing(by=None, verb="test.draft_saved", partnership=world.partnership):
        ret.draft = {"what_happened": "a \U0001f600 sign"}
        ret.save()
    assert read(world).draft == ret.draft
