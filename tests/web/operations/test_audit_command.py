"""A tampered trail is found: whatever is done to it by SQL, `wardmote audit verify` names the chain and the entry."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from support.command_line import check_schema
from support.web.installation import Installation

ENTRY = "foundation_auditentry"
HEAD = "foundation_audithead"


def verify(installation: Installation, *words: object) -> tuple[int, dict]:  # type: ignore[type-arg]
    done = installation.run("audit", "verify", "--json", *words)
    return done.returncode, check_schema(json.loads(done.stdout), "audit-1")


@pytest.fixture
def chain(installation: Installation) -> str:
    """The longest chain: a partnership's."""
    return str(
        installation.ask(f"SELECT chain FROM {ENTRY} WHERE verb = 'returns.submitted' ORDER BY id LIMIT 1")[0][0]
    )


def test_untouched_trail_verifies(installation: Installation) -> None:
    said = installation.must("audit", "verify")
    assert "Ashmere Partnership" in said
    assert said.splitlines()[-1] == "Every entry is as it was sealed."


def test_database_refuses_to_change_an_entry(installation: Installation) -> None:
    with pytest.raises(Exception, match="only added to"):
        installation.ask(f"UPDATE {ENTRY} SET verb = 'other'")
    with pytest.raises(Exception, match="only added to"):
        installation.ask(f"DELETE FROM {ENTRY}")


@pytest.mark.parametrize(
    ("statement", "offset", "found"),
    [
        ("UPDATE {entry} SET body = replace(body, 'submitted', 'sent') WHERE {it}", 0, "not the one that was sealed"),
        ("UPDATE {entry} SET verb = 'returns.sent' WHERE {it}", 0, "searchable columns"),
        ('UPDATE {entry} SET "by" = NULL WHERE {it}', 0, "searchable columns"),
        ("DELETE FROM {entry} WHERE {it}", 0, "is missing"),
        ("DELETE FROM {entry} WHERE chain = ? AND number >= ?", -1, "its head says"),
    ],
)
def test_tampered_entry_is_named(
    installation: Installation, chain: str, statement: str, offset: int, found: str
) -> None:
    row = f"FROM {ENTRY} WHERE chain = ? AND verb = 'returns.submitted'"
    number = installation.ask(f"SELECT min(number) {row}", chain)[0][0]
    installation.lift_triggers()
    installation.ask(statement.format(entry=ENTRY, it="chain = ? AND number = ?"), chain, number)
    code, body = verify(installation)
    assert code == 1
    named = [b["found"] for b in body["broken"] if (b["chain"], b["number"]) == (chain, number + offset)]
    assert any(found in each for each in named), body["broken"]
    shown = installation.run("audit", "verify")
    assert shown.returncode == 1
    assert f"chain {chain}, entry {number + offset}" in shown.stdout


def test_tail_cut_off_with_its_head_set_back_is_found(installation: Installation, chain: str) -> None:
    """Without the key the head cannot be sealed anew."""
    installation.lift_triggers()
    seal = installation.ask(f"SELECT seal FROM {ENTRY} WHERE chain = ? AND number = 2", chain)[0][0]
    installation.ask(f"DELETE FROM {ENTRY} WHERE chain = ? AND number > 2", chain)
    installation.ask(f"UPDATE {HEAD} SET length = 2, last_seal = ? WHERE chain = ?", seal, chain)
    installation.lay_triggers()
    code, body = verify(installation)
    assert code == 1
    assert [b["number"] for b in body["broken"]] == [2]


def test_chain_rewritten_with_another_key_is_found(installation: Installation, chain: str) -> None:
    import hashlib
    import hmac

    installation.lift_triggers()
    before = ""
    for key, body in installation.ask(f"SELECT id, body FROM {ENTRY} WHERE chain = ? ORDER BY number", chain):
        text = body.replace("returns.submitted", "returns.sent")
        before = hmac.new(b"a guess", f"entry\x00{before}\x00{text}".encode(), hashlib.sha256).hexdigest()
        installation.ask(f"UPDATE {ENTRY} SET body = ?, seal = ? WHERE id = ?", text, before, key)
    installation.ask(f"UPDATE {HEAD} SET last_seal = ? WHERE chain = ?", before, chain)
    code, body = verify(installation)
    assert code == 1
    assert body["broken"][0]["number"] == 1


@pytest.mark.parametrize("is_roll_gone", [False, True])
def test_whole_chain_taken_away_with_its_head_is_found(
    installation: Installation, chain: str, tmp_path: Path, is_roll_gone: bool
) -> None:
    kept = tmp_path / "anchors.txt"
    kept.write_text(installation.must("audit", "anchor"))
    installation.lift_triggers()
    installation.ask(f"DELETE FROM {ENTRY} WHERE chain = ?", chain)
    installation.ask(f"DELETE FROM {HEAD} WHERE chain = ?", chain)
    if is_roll_gone:
        installation.ask("DELETE FROM foundation_auditroll")
    installation.lay_triggers()
    for words in ((), ("--anchor", kept)):
        code, body = verify(installation, *words)
        assert code == 1
        assert (chain, "the whole chain is gone") in [(b["chain"], b["found"]) for b in body["broken"]]
    assert f"chain {chain}: the whole chain is gone" in installation.run("audit", "verify").stdout


def test_emptied_trail_is_found_and_no_backup_is_made_of_it(installation: Installation, tmp_path: Path) -> None:
    installation.lift_triggers()
    for table in (ENTRY, HEAD, "foundation_auditroll"):
        installation.ask(f"DELETE FROM {table}")
    installation.lay_triggers()
    code, body = verify(installation)
    assert code == 1
    assert "site" in [b["chain"] for b in body["broken"]]
    done = installation.run("backup", tmp_path / "b")
    assert done.returncode == 3
    assert "the whole chain is gone" in done.stderr


def test_lifted_triggers_are_named(installation: Installation) -> None:
    installation.lift_triggers()
    shown = installation.run("audit", "verify")
    assert shown.returncode == 1
    assert "the database: the trigger audit_entry_no_" in shown.stdout
    installation.lay_triggers()
    installation.must("audit", "verify")


WRITE_ON = """
import sys
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Partnership
with writing(by=None, verb="test." + sys.argv[1], partnership=Partnership.objects.get(slug="ashmere")):
    pass
"""


def test_database_rolled_back_is_found_by_the_anchor(installation: Installation, tmp_path: Path) -> None:
    """Put back to yesterday, then worked on: every seal fits, but the end that was written down is not there."""
    key = installation.ask("SELECT id FROM partnerships_partnership WHERE slug = 'ashmere'")[0][0]
    chain = str(key if isinstance(key, UUID) else UUID(key))
    yesterday = installation.ask(f"SELECT length, last_seal, seal FROM {HEAD} WHERE chain = ?", chain)[0]
    installation.do(WRITE_ON, "today")
    kept = tmp_path / "anchors.txt"
    kept.write_text(installation.must("audit", "anchor"))
    installation.lift_triggers()
    installation.ask(f"DELETE FROM {ENTRY} WHERE chain = ? AND number > ?", chain, yesterday[0])
    installation.ask(f"UPDATE {HEAD} SET length = ?, last_seal = ?, seal = ? WHERE chain = ?", *yesterday, chain)
    installation.lay_triggers()
    assert verify(installation)[0] == 0
    code, body = verify(installation, "--anchor", kept)
    assert code == 1
    assert "written down is gone" in body["broken"][0]["found"]
    installation.do(WRITE_ON, "instead")
    code, body = verify(installation, "--anchor", kept)
    assert code == 1
    assert "not the one that was written down" in body["broken"][0]["found"]


def test_anchors_of_earlier_days_stay_good_while_the_chain_grows(installation: Installation, tmp_path: Path) -> None:
    kept = tmp_path / "anchors.txt"
    with kept.open("a") as file:
        file.write(installation.must("audit", "anchor"))
        installation.do(WRITE_ON, "later")
        file.write(installation.must("audit", "anchor"))
    code, body = verify(installation, "--anchor", kept)
    assert (code, body["broken"]) == (0, [])


def test_anchor_that_is_none_is_refused_line_by_line(installation: Installation, tmp_path: Path) -> None:
    kept = tmp_path / "anchors.txt"
    kept.write_text("hello\n")
    done = installation.run("audit", "verify", "--anchor", kept)
    assert done.returncode == 3
    assert "line 1" in done.stderr


def test_export_of_a_trail_is_one_partnerships_own(installation: Installation) -> None:
    lines = installation.must("audit", "export", "--partnership", "ashmere").splitlines()
    bodies = [json.loads(json.loads(line)["body"]) for line in lines]
    assert [body["number"] for body in bodies] == list(range(1, len(lines) + 1))
    assert len({body["chain"] for body in bodies}) == 1


def test_home_where_nothing_was_started_is_told(empty: Installation) -> None:
    if empty.database_url:
        pytest.skip("a PostgreSQL database is there before anything is in it")
    done = empty.run("audit", "verify")
    assert done.returncode == 3
    assert "there is no installation here" in done.stderr
    assert "Traceback" not in done.stderr
