"""The glossary, emerging themes, and what other boards hold."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.world import NOW, TODAY, World, make_world
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.interface import add_term, add_theme, find_undefined_acronyms, keep_board, review_theme
from wardmote.web.governance.library.models import Board, Correction, SharedDocument, Theme
from wardmote.web.governance.library.states import BoardKind, ThemeState
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.models import IssuedDocument

pytestmark = pytest.mark.django_db
HOME = "/p/ashmere/governance/"


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def read(world: World, address: str, role: Role = Role.COORDINATOR) -> str:
    answer = world.sign_in(role).get(f"{HOME}{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def spell(day: date, name: str) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


# -- glossary -----------------------------------------------------------------------------------------------
def test_second_meaning_of_a_word_is_refused_with_the_first(world: World) -> None:
    add_term(by=None, partnership=world.partnership, term="Gold group", meaning="Those who decide.", aliases=["GG"])
    for term, aliases in (("gold  GROUP", ""), ("Green gate", "G.G.")):
        page = world.sign_in(Role.ANALYST).post(
            f"{HOME}glossary/new/", {"term": term, "meaning": "Another thing.", "aliases": aliases}
        )
        assert page.status_code == 422
        assert "as Gold group: Those who decide." in page.content.decode()


@pytest.mark.parametrize("term", ["\uff27old \uff47roup", "GOLD\u3000group", "Gold\uff0e group"])
def test_word_in_other_widths_of_letters_is_the_same_word(world: World, term: str) -> None:
    add_term(by=None, partnership=world.partnership, term="Gold group", meaning="Those who decide.")
    with pytest.raises(RefusedError, match="Those who decide"):
        add_term(by=None, partnership=world.partnership, term=term, meaning="Another thing.")


def test_word_of_the_product_keeps_its_meaning(world: World) -> None:
    with pytest.raises(RefusedError, match="in every partnership"):
        add_term(by=None, partnership=world.partnership, term="Indicator", meaning="A light on a car.")


def test_search_finds_a_word_by_its_other_name_and_not_another_partnerships(world: World) -> None:
    add_term(by=None, partnership=world.partnership, term="Gold group", meaning="Those who decide.", aliases=["GG"])
    other = make_world("zennor")
    add_term(by=None, partnership=other.partnership, term="Secret word", meaning="GG as well.", aliases=[])
    page = read(world, "glossary/?q=gg", Role.READER)
    assert "Gold group" in page
    assert "Secret word" not in page


def test_acronym_is_known_by_the_glossary_or_written_out_or_missed(world: World) -> None:
    add_term(by=None, partnership=world.partnership, term="Zone panel", meaning="A meeting.", aliases=["ZP"])
    text = (
        "The ZP met the QRX twice. A panel of the domestic homicide review (DHR) heard QRX. Two ZPs and the NHS came."
    )
    found = find_undefined_acronyms(text, world.partnership)
    assert [(one.word, one.times) for one in found] == [("QRX", 2)]
    page = world.sign_in(Role.READER).post(f"{HOME}glossary/acronyms/", {"text": text}).content.decode()
    assert "QRX" in page.split("First used in")[1]


def test_word_is_changed_and_taken_out(world: World) -> None:
    term = add_term(by=None, partnership=world.partnership, term="Gold", meaning="Those who decide.", aliases=["GG"])
    address, client = f"{HOME}glossary/{term.pk}/", world.sign_in(Role.COORDINATOR)
    assert (
        client.post(f"{address}change/", {"term": "Gold", "meaning": "A metal.", "aliases": "GG\nAu"}).status_code
        == 302
    )
    assert "A metal." in read(world, "glossary/?q=Au")
    assert world.sign_in(Role.LEAD).get(f"{address}change/").status_code == 403
    client.post(f"{address}remove/")
    assert "A metal." not in read(world, "glossary/")


# -- themes -------------------------------------------------------------------------------------------------
def make_theme(world: World, *, days_ago: int, **fields: Any) -> Theme:
    given = {"title": "Scooters", "seen": "Many.", "first_seen_on": TODAY - timedelta(days=days_ago), **fields}
    return add_theme(by=None, partnership=world.partnership, fields=given)


@pytest.mark.parametrize(("days_ago", "is_flagged"), [(365, False), (366, True)])
def test_theme_is_flagged_when_nobody_looked_for_a_year(
    world: World, days_ago: int, *, is_flagged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_theme(world, days_ago=days_ago)
    for module in ("views.themes", "to_do"):
        monkeypatch.setattr(f"wardmote.web.governance.library.{module}.read_today", lambda: TODAY)
    assert ("Nobody has looked at it for a year" in read(world, "themes/")) == is_flagged
    home = world.sign_in(Role.COORDINATOR).get("/p/ashmere/").content.decode()
    assert ("that nobody has looked at for a year" in home) == is_flagged


def test_review_takes_the_flag_away_and_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardmote.web.governance.library.views.themes.read_today", lambda: TODAY)
    theme = make_theme(world, days_ago=700)
    review_theme(
        by=None, theme=theme, reviewed_on=TODAY - timedelta(days=300), state=ThemeState.DISCUSSED, note="Stays."
    )
    page = read(world, f"themes/{theme.pk}/")
    assert "Stays." in page
    assert "nobody has looked at this" not in page


def test_promoted_theme_names_its_priority_and_day(world: World) -> None:
    theme, day = make_theme(world, days_ago=90), TODAY - timedelta(days=10)
    with pytest.raises(RefusedError, match="Choose the priority"):
        review_theme(by=None, theme=theme, reviewed_on=day, state=ThemeState.PROMOTED, note="It grew.")
    review_theme(
        by=None, theme=theme, reviewed_on=day, state=ThemeState.PROMOTED, note="It grew.", priority=world.priority
    )
    theme.refresh_from_db()
    assert (theme.settled_on, theme.plan) == (day, world.plan)
    assert world.priority.title in read(world, f"themes/{theme.pk}/")


def test_contributor_sees_what_their_body_saw_and_what_became_a_priority(world: World) -> None:
    make_theme(world, days_ago=9, title="Seen by police", body=world.police)
    make_theme(world, days_ago=9, title="Seen by council", body=world.council)
    page = read(world, "themes/", Role.CONTRIBUTOR)
    assert "Seen by police" in page
    assert "Seen by council" not in page
    assert world.sign_in(Role.READER).get(f"{HOME}themes/").status_code == 403


def test_two_who_change_one_theme_are_told_of_each_other(world: World) -> None:
    theme = make_theme(world, days_ago=9)
    address, client = f"{HOME}themes/{theme.pk}/change/", world.sign_in(Role.ANALYST)
    page = read(world, f"themes/{theme.pk}/change/")
    seen = page.split('name="seen" value="')[1].split('"')[0]
    told = {"title": "Scooters", **spell(theme.first_seen_on, "first_seen_on"), "seen": seen}
    assert client.post(address, told | {"what_was_seen": "Many more."}).status_code == 302
    answer = client.post(address, told | {"what_was_seen": "Fewer."})
    assert answer.status_code == 422
    assert "Many more." in answer.content.decode()
    theme.refresh_from_db()
    assert theme.seen == "Many more."


def test_page_to_add_a_theme_begins_with_its_boxes_and_no_stray_text(world: World) -> None:
    page = read(world, "themes/new/")
    assert 'name="seen"' not in page
    assert page.count('name="what_was_seen"') == 1


# -- boards -------------------------------------------------------------------------------------------------
def make_board(world: World) -> Board:
    fields = {"name": "Adults board", "kind": BoardKind.SAFEGUARDING_ADULTS, "contact": "", "ended_on": None}
    return keep_board(by=None, partnership=world.partnership, fields=fields)


def issue(world: World, day: int) -> IssuedDocument:
    with writing(by=None, verb="test.issued", partnership=world.partnership):
        document: IssuedDocument = IssuedDocument.objects.create(
            partnership=world.partnership, plan=world.plan, period=f"2026/27Q{day}", title="Performance report",
            form="pdf", sha256="0" * 64, made_at=NOW - timedelta(days=90 - day),
        )  # fmt: skip
    return document


def receive(world: World, board: Board, document: IssuedDocument, **more: Any) -> Any:
    sent = {"document": f"returns:{document.pk}", **spell(TODAY, "sent_on"), **more}
    return world.sign_in(Role.COORDINATOR).post(f"{HOME}shared-documents/boards/{board.pk}/received/", sent)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardmote.web.governance.library.forms.read_today", lambda: TODAY)


def test_board_with_an_older_version_is_flagged_until_it_has_the_newest(world: World) -> None:
    board, first = make_board(world), issue(world, 1)
    assert receive(world, board, first).status_code == 302
    assert "Older than the newest" not in read(world, "shared-documents/")
    second = issue(world, 2)
    page = read(world, "shared-documents/")
    assert "Older than the newest" in page
    assert "1 board holds an older version" in page
    receive(world, board, second)
    assert "Older than the newest" not in read(world, "shared-documents/")


def test_correction_of_what_a_board_holds_stands_beside_it(world: World) -> None:
    board, document = make_board(world), issue(world, 1)
    receive(world, board, document)
    with writing(by=None, verb="test.corrected", partnership=world.partnership):
        Correction.objects.create(
            partnership=world.partnership, source="returns", about=document.pk, document_title="Performance report",
            version="Q1", state="published", title="We counted twice", text="So it is.", composed_at=NOW,
            published_at=NOW,
        )  # fmt: skip
    assert "We counted twice" in read(world, "shared-documents/")


def test_document_made_elsewhere_is_kept_with_its_digest(world: World) -> None:
    board = make_board(world)
    given = {"file": SimpleUploadedFile("needs.txt", b"Needs assessment"), "title": "Needs assessment", "version": "1",
             "document": "", **spell(TODAY, "version_on"), **spell(TODAY, "sent_on")}  # fmt: skip
    world.sign_in(Role.COORDINATOR).post(f"{HOME}shared-documents/boards/{board.pk}/received/", given)
    shared = SharedDocument.objects.get()
    assert len(shared.sha256) == 64
    answer = world.sign_in(Role.LEAD).get(f"{HOME}shared-documents/{shared.pk}/file")
    assert b"".join(answer.streaming_content) == b"Needs assessment"
    assert world.sign_in(Role.READER).get(f"{HOME}shared-documents/{shared.pk}/file").status_code == 403


def test_same_version_is_not_received_twice_and_never_acknowledged_before_it_was_sent(world: World) -> None:
    board, document = make_board(world), issue(world, 1)
    receive(world, board, document)
    assert "has this version already" in receive(world, board, document).content.decode()
    shared, client = SharedDocument.objects.get(), world.sign_in(Role.COORDINATOR)
    address = f"{HOME}shared-documents/{shared.pk}/acknowledged/"
    early = client.post(address, spell(TODAY - timedelta(days=1), "acknowledged_on"))
    assert "before it was sent" in early.content.decode()
    assert client.post(address, spell(TODAY, "acknowledged_on")).status_code == 302
