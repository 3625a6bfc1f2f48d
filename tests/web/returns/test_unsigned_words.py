"""Whatever is typed beside a value is read by who works on returns, and by nobody else before it is signed off."""

import io
import re
import zipfile

import pytest

from support.web.world import World, give_role, make_person, make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions.signing import reopen_return
from wardmote.web.returns.models import IssuedDocument, Return
from wardmote.web.returns.performance.documents import issue_documents
from wardmote.web.returns.typed import find_empty

pytestmark = pytest.mark.django_db
MARK = "Gloxinia"
TEXTS = ("reason", "what_happened", "so_what", "what_next", "answer")
_LINK = re.compile(r'href="(/p/ashmere/[^"#]*)')
_DOWNLOADS = ("plan.json", "plan.yaml", "plan.xlsx")


def send(world: World, ref: str, words: str, **fields: str) -> None:
    """Submit as the contributor, with these words in every box for text."""
    row = world.returns[ref]
    row.refresh_from_db()
    typed = {name: f"{words} {name}" for name in TEXTS} | fields
    typed |= {"draft_version": str(row.draft_number), "action": "submit"}
    world.sign_in(Role.CONTRIBUTOR).post(f"/p/ashmere/returns/{row.pk}/", typed)
    row.refresh_from_db()
    assert row.state == "submitted"


def sign(world: World, ref: str) -> None:
    row = Return.objects.get(pk=world.returns[ref].pk)
    world.sign_in(Role.LEAD).post(f"/p/ashmere/returns/{row.pk}/sign-off/", {"version": str(row.version_id)})
    row.refresh_from_db()
    assert row.state == "signed_off"


def make_typed_world() -> World:
    """P1-1 is given without a figure and was asked about; P1-2 is revised after sign-off; both are unsigned."""
    world = make_world()
    send(world, "P1-1", MARK, reason_code="no_data")
    address = f"/p/ashmere/returns/{world.returns['P1-1'].pk}/query/"
    world.sign_in(Role.LEAD).post(address, {"question": f"{MARK} question"})
    send(world, "P1-1", MARK, reason_code="not_due", what_next=f"{MARK} another")
    send(world, "P1-2", "plain", numerator="70", denominator="100")
    sign(world, "P1-2")
    reopen_return(
        ret=Return.objects.get(pk=world.returns["P1-2"].pk), reason="a team was left out",
        by=world.people[Role.COORDINATOR],
    )  # fmt: skip
    send(world, "P1-2", MARK, numerator="90", denominator="100")
    issue_documents(world.plan, quarter=None, forms=["html", "docx", "odt", "xlsx"], by=world.people[Role.ANALYST])
    other = make_person("second@ashmere.example.org", organisation=world.council)
    give_role(other, world.partnership, Role.CONTRIBUTOR, world.council)
    world.people[Role.CONTRIBUTOR], world.first = other, world.people[Role.CONTRIBUTOR]  # type: ignore[attr-defined]
    return world


def read_everything(world: World, role: Role) -> dict[str, str]:
    """Every page and download that a person of the role comes to from the home page, by its address."""
    client, found = world.sign_in(role), {}
    rows = world.indicators.values()
    waiting = ["/p/ashmere/", "/p/ashmere/performance/exceptions/?as=text"]
    waiting += [f"/p/ashmere/performance/plans/{world.plan.pk}/{name}" for name in _DOWNLOADS]
    waiting += [f"/p/ashmere/performance/indicators/{row.pk}/values.{form}" for row in rows for form in ("csv", "json")]
    waiting += [f"/p/ashmere/returns/{ret.pk}/{tail}" for ret in world.returns.values() for tail in ("", "history/")]
    while waiting:
        address = waiting.pop()
        if address not in found:
            answer = client.get(address)
            found[address] = read_text(answer)
            waiting += [link.replace("&amp;", "&") for link in _LINK.findall(found[address])]
    return found


def read_text(answer) -> str:
    """What an answer says, with what is packed inside of it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] != b"PK":
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return " ".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


@pytest.mark.parametrize("role", [Role.READER, Role.SCRUTINY, Role.CONTRIBUTOR])
def test_unsigned_words_reach_nobody_without_the_right(role):
    world = make_typed_world()
    found = read_everything(world, role)
    assert len(found) > 25
    assert [address for address, text in found.items() if MARK in text] == []


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.COORDINATOR])
def test_unsigned_words_are_in_no_issued_document(role):
    world = make_typed_world()
    documents = [f"/p/ashmere/performance/documents/{one.pk}/file" for one in IssuedDocument.objects.all()]
    client = world.sign_in(role)
    texts = [read_text(client.get(address)) for address in documents]
    assert len(texts) == 4
    assert not any(MARK in text for text in texts)


def test_who_works_on_returns_reads_the_words():
    world = make_typed_world()
    client = world.sign_in(Role.ANALYST)
    page = client.get(f"/p/ashmere/performance/indicators/{world.indicators['P1-1'].pk}/").content.decode()
    assert f"{MARK} reason" in page
    assert MARK in client.get("/p/ashmere/performance/exceptions/?as=text").content.decode()


def test_signed_words_are_for_everybody():
    world = make_typed_world()
    sign(world, "P1-1")
    page = world.sign_in(Role.READER).get(f"/p/ashmere/performance/indicators/{world.indicators['P1-1'].pk}/")
    assert f"{MARK} reason" in page.content.decode()


def test_choice_is_one_of_the_list():
    world = make_world()
    fields = {"reason_code": MARK}
    assert set(find_empty(world.indicators["P1-1"], fields)) == {"reason_code"}
    world.indicators["P1-1"].shape = "status"
    assert set(find_empty(world.indicators["P1-1"], {"status": MARK})) == {"status"}
