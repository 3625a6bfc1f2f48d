"""The trail's chains: whatever is done to them outside of the application is found."""

import json
import random

import pytest
from django.db import DatabaseError, connection, transaction

from support.web.world import make_world
from wardmote.web.foundation import audit
from wardmote.web.foundation.audit_roll import seal_roll
from wardmote.web.foundation.audit_triggers import POSTGRESQL, SQLITE, list_statements
from wardmote.web.foundation.models import AuditEntry, AuditRoll
from wardmote.web.foundation.writes import SITE_CHAIN, writing

pytestmark = pytest.mark.django_db


class Chain:
    """Anything with a key owns a chain."""

    def __init__(self, pk: str) -> None:
        self.pk = pk


A, B = Chain("a"), Chain("b")


@pytest.fixture
def entries() -> None:
    for number in range(6):
        for owner in (A, B):
            with writing(by=None, verb="test.done", partnership=owner, facts={"number": number}):
                pass


@pytest.fixture
def tamper(db):
    """Run SQL as a tidy forger would who has the database: triggers are taken away first, and laid again after."""

    def run(statement: str, *values: object) -> None:
        drop_triggers()
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        lay_triggers()

    return run


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name in POSTGRESQL:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON foundation_auditentry")


def lay_triggers() -> None:
    """As the migration did."""
    with connection.cursor() as cursor:
        for statement in list_statements(connection.vendor):
            cursor.execute(statement)


def list_faults(*anchors: audit.Anchor) -> list[tuple[str, int]]:
    return [(link.chain, link.number) for link in audit.verify_chains(anchors)[1]]


def test_untouched_chains_verify_and_say_where_they_end(entries) -> None:
    ends, broken = audit.verify_chains()
    assert broken == []
    assert [(end.chain, end.length) for end in ends] == [("a", 6), ("b", 6)]


def test_no_entries_is_no_fault() -> None:
    assert audit.verify_chains() == ([], [])


@pytest.mark.parametrize(
    "change", ["verb = 'test.other'", "by = NULL, body = replace(body, 'done', 'gone')", "number = 60"]
)
def test_changed_entry_is_found(entries, tamper, change: str) -> None:
    tamper(f"UPDATE foundation_auditentry SET {change} WHERE chain = 'a' AND number = 3")
    assert ("a", 3) in list_faults()
    assert all(chain == "a" for chain, _ in list_faults())


def test_entry_whose_columns_alone_were_changed_is_found(entries, tamper) -> None:
    tamper("UPDATE foundation_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE chain = 'b' AND number = 2")
    assert list_faults() == [("b", 2)]


@pytest.mark.parametrize("number", [1, 4])
def test_removed_entry_is_found(entries, tamper, number: int) -> None:
    tamper("DELETE FROM foundation_auditentry WHERE chain = 'a' AND number = %s", number)
    assert ("a", number) in list_faults()


def test_cut_tail_is_found(entries, tamper) -> None:
    tamper("DELETE FROM foundation_auditentry WHERE chain = 'a' AND number > 4")
    assert list_faults() == [("a", 4)]


def test_cut_tail_with_a_head_made_to_fit_is_found(entries, tamper) -> None:
    last = AuditEntry.objects.get(chain="a", number=4).seal
    tamper("DELETE FROM foundation_auditentry WHERE chain = 'a' AND number > 4")
    tamper("UPDATE foundation_audithead SET length = 4, last_seal = %s WHERE chain = 'a'", last)
    assert list_faults() == [("a", 4)]


def test_chain_removed_whole_is_found_by_its_head_and_without_it_by_the_roll(entries, tamper) -> None:
    tamper("DELETE FROM foundation_auditentry WHERE chain = 'a'")
    assert list_faults() == [("a", 0)]
    tamper("DELETE FROM foundation_audithead WHERE chain = 'a'")
    assert [(link.chain, link.found) for link in audit.verify_chains()[1]] == [("a", "the whole chain is gone")]


def test_chain_removed_whole_is_found_by_an_anchor_where_the_roll_was_put_back(entries, tamper) -> None:
    anchor = audit.verify_chains()[0][1]
    tamper("DELETE FROM foundation_auditentry WHERE chain = 'b'")
    tamper("DELETE FROM foundation_audithead WHERE chain = 'b'")
    roll = AuditRoll.objects.get()
    roll.chains, roll.seal = ["a"], seal_roll(["a"])  # as it was on the day before chain b began
    roll.save()
    assert list_faults() == []
    assert list_faults(anchor) == [("b", 6)]


@pytest.mark.parametrize("chains", ['["b"]', '["a", "b", "c"]', "[]"])
def test_roll_made_to_fit_without_the_key_is_found(entries, tamper, chains: str) -> None:
    tamper("UPDATE foundation_auditroll SET chains = %s", chains)
    assert "the roll of the chains is not the one that was sealed" in [b.found for b in audit.verify_chains()[1]]


def test_roll_taken_away_is_found_now_and_after_another_chain_began(entries, tamper) -> None:
    tamper("DELETE FROM foundation_auditroll")
    assert [b.found for b in audit.verify_chains()[1]] == ["the roll of the chains is gone"]
    with writing(by=None, verb="test.done", partnership=Chain("c")):
        pass
    assert list_faults() == [("a", 0), ("b", 0)]


@pytest.mark.parametrize("is_begun_anew", [False, True])
def test_emptied_trail_is_found_by_the_people_and_partnerships_that_are_there(tamper, is_begun_anew: bool) -> None:
    world = make_world("ashmere")
    for table in ("auditentry", "audithead", "auditroll"):
        tamper(f"DELETE FROM foundation_{table}")
    expected = {str(world.partnership.pk), SITE_CHAIN}
    if is_begun_anew:
        with writing(by=None, verb="test.done"):
            pass
        expected.remove(SITE_CHAIN)
    assert {(b.chain, b.found) for b in audit.verify_chains()[1]} == {
        (chain, "the whole chain is gone") for chain in expected
    }


def test_partnerships_chain_removed_whole_is_found_without_the_roll(tamper) -> None:
    key = str(make_world("ashmere").partnership.pk)
    for table in ("auditentry", "audithead"):
        tamper(f"DELETE FROM foundation_{table} WHERE chain = %s", key)
    AuditRoll.objects.update(chains=[SITE_CHAIN], seal=seal_roll([SITE_CHAIN]))
    assert list_faults() == [(key, 0)]


def test_missing_triggers_are_named(entries) -> None:
    drop_triggers()
    found = [(link.chain, link.found) for link in audit.verify_chains()[1]]
    assert len(found) == 2
    assert all(chain == "" and "refuses changes to entries is not in force" in text for chain, text in found)
    lay_triggers()
    assert list_faults() == []


HOLLOW = {
    "sqlite": {
        "does nothing": "CREATE TRIGGER {name} BEFORE {what} ON foundation_auditentry BEGIN SELECT 1; END",
        "never fires": "CREATE TRIGGER {name} BEFORE {what} ON foundation_auditentry WHEN 0"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END",
        "comes too late": "CREATE TRIGGER {name} AFTER {what} ON foundation_auditentry WHEN OLD.number > 9999"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END",
    },
    "postgresql": {
        "does nothing": "ALTER TABLE foundation_auditentry DISABLE TRIGGER {name}",
        "never fires": "DROP TRIGGER {name} ON foundation_auditentry; CREATE TRIGGER {name} {how} WHEN (false)"
        " EXECUTE FUNCTION refuse_audit_change()",
        "comes too late": "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN IF false THEN RAISE EXCEPTION 'the audit trail is only added to'; END IF; RETURN NEW; END $$",
    },
}


@pytest.mark.parametrize("how", ["does nothing", "never fires", "comes too late"])
def test_trigger_that_refuses_nothing_is_not_in_force(entries, how: str) -> None:
    statement = HOLLOW[connection.vendor][how]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            drop_triggers()
            for name in SQLITE:
                cursor.execute(statement.format(name=name, what=name.rpartition("_")[2]))
        else:
            for name, (laid, _) in POSTGRESQL.items():
                cursor.execute(statement.format(name=name, how=laid))
    found = [link.found for link in audit.verify_chains()[1]]
    assert len(found) == 2
    assert all("is not in force" in each for each in found)


def test_emptying_the_table_at_once_is_refused(entries) -> None:
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM foundation_auditentry" if connection.vendor == "sqlite" else "TRUNCATE foundation_auditentry"
        )


@pytest.mark.parametrize(
    ("column", "value"),
    [("at", "rubbish"), ("by", "nobody"), ("seal", b"\xff\x00"), ("body", b"\xff"), ("number", "x")],
)
def test_value_that_fits_no_column_is_named_and_hides_nothing(entries, tamper, column: str, value: object) -> None:
    """SQLite keeps whatever it is given; PostgreSQL refuses most of it by itself."""
    if connection.vendor != "sqlite":
        pytest.skip("the columns of PostgreSQL take no such value")
    tamper(f"UPDATE foundation_auditentry SET {column} = %s WHERE chain = 'a' AND number = 3", value)
    tamper("UPDATE foundation_auditentry SET verb = 'test.other' WHERE chain = 'b' AND number = 5")
    faults = list_faults()
    assert ("b", 5) in faults
    assert any(chain == "a" for chain, _ in faults)


@pytest.mark.parametrize("chains", ["5", "{}", "[1]", "rubbish"])
def test_roll_that_holds_no_list_is_named(entries, chains: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite" and chains == "rubbish":
            pytest.skip("the column of PostgreSQL takes no such value")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE foundation_auditroll SET chains = %s", [chains])
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert "the roll of the chains cannot be read" in [link.found for link in audit.verify_chains()[1]]


def test_chain_sealed_anew_with_another_key_is_found(entries, tamper, settings) -> None:
    right = settings.AUDIT_KEY
    settings.AUDIT_KEY = b"the forger has not the key"
    seal = ""
    for entry in AuditEntry.objects.filter(chain="a").order_by("number"):
        body = entry.body.replace("done", "gone")
        seal = audit.seal_entry(seal, body)
        tamper("UPDATE foundation_auditentry SET body = %s, seal = %s WHERE id = %s", body, seal, entry.pk)
    settings.AUDIT_KEY = right
    assert ("a", 1) in list_faults()


def test_database_put_back_to_an_earlier_day_is_found_by_an_anchor(entries) -> None:
    with transaction.atomic():
        earlier = transaction.savepoint_create()
        with writing(by=None, verb="test.late", partnership=A):
            pass
        anchor = audit.verify_chains()[0][0]
        transaction.savepoint_rollback(earlier)
    assert anchor.length == 7
    assert list_faults() == []
    assert list_faults(anchor) == [("a", 7)]


@pytest.mark.parametrize("statement", [
    "UPDATE foundation_auditentry SET verb = 'test.other'",
    "DELETE FROM foundation_auditentry",
])  # fmt: skip
def test_database_itself_refuses(entries, statement: str) -> None:
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert audit.verify_chains()[1] == []


def test_code_refuses_too(entries) -> None:
    entry = AuditEntry.objects.first()
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(verb="x"),
    ):
        with pytest.raises(TypeError, match="only added to"):
            attempt()


@pytest.mark.parametrize("seed", range(8))
def test_any_one_byte_changed_anywhere_is_found(entries, tamper, seed: int) -> None:
    chance = random.Random(seed)
    entry = chance.choice(list(AuditEntry.objects.all()))
    at = chance.randrange(len(entry.body))
    body = entry.body[:at] + chr((ord(entry.body[at]) + 1) % 128) + entry.body[at + 1 :]
    tamper("UPDATE foundation_auditentry SET body = %s WHERE id = %s", body, entry.pk)
    assert (entry.chain, entry.number) in list_faults()


def test_body_is_canonical_json(entries) -> None:
    for entry in AuditEntry.objects.all():
        found = json.loads(entry.body)
        assert entry.body == json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
