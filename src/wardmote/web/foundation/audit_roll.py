"""Which chains there must be: a sealed roll of all that were ever begun, and what the apps' own rows ask for.

A chain that is taken away whole, with its end, leaves nothing that does not fit. The roll misses it. It changes only
when a chain begins, so writers of different chains do not queue for it.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connections

from wardmote.web.foundation.models import AuditEntry, AuditRoll
from wardmote.web.foundation.seals import seal_parts

_ONLY = 1

#: Called with the name of a connection; lists the chains that what is kept there must have.
ChainProvider = Callable[[str], Iterable[str]]
_providers: list[ChainProvider] = []

_SQLITE_TRIGGERS = ("audit_entry_no_update", "audit_entry_no_delete")
_POSTGRESQL_TRIGGERS = ("audit_entry_no_change",)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """One thing that is wrong with a chain: where, and what was found. Entry 0 is the chain as a whole."""

    chain: str  # "" where it is wrong with all of them
    number: int
    found: str

    @property
    def where(self) -> str:
        if not self.chain:
            return "the database"
        return f"chain {self.chain}, entry {self.number}" if self.number else f"chain {self.chain}"


def expect_chains(provider: ChainProvider) -> ChainProvider:
    """Register a function that says which chains must be there, given a connection's name."""
    _providers.append(provider)
    return provider


def enrol_chain(chain: str) -> None:
    """Put a chain that begins on the roll, inside the write that begins it."""
    AuditRoll.objects.get_or_create(pk=_ONLY)
    roll = AuditRoll.objects.select_for_update().get(pk=_ONLY)
    roll.chains = sorted({*roll.chains, chain})
    roll.seal = seal_roll(roll.chains)
    roll.save(force_update=True)


def seal_roll(chains: Iterable[str]) -> str:
    """The seal of a roll that holds these chains."""
    return seal_parts("roll", *sorted(chains))


def verify_roll(there: Iterable[str], *, using: str) -> list[BrokenLink]:
    """What is wrong with the set of chains, given those of which something is there."""
    found = set(there)
    roll = AuditRoll.objects.using(using).filter(pk=_ONLY).first()
    enrolled = set(roll.chains) if roll is not None else set()
    expected = {chain for provider in _providers for chain in provider(using)}
    gone = [BrokenLink(chain, 0, "the whole chain is gone") for chain in sorted((enrolled | expected) - found)]
    if roll is None:
        return gone + ([BrokenLink("", 0, "the roll of the chains is gone")] if found else [])
    if not hmac.compare_digest(roll.seal, seal_roll(roll.chains)):
        gone.append(BrokenLink("", 0, "the roll of the chains is not the one that was sealed"))
    return gone + [BrokenLink(chain, 0, "the chain is not on the roll") for chain in sorted(found - enrolled)]


def verify_triggers(*, using: str) -> list[BrokenLink]:
    """Which of the triggers that refuse changes to entries are taken away or switched off."""
    connection = connections[using]
    is_sqlite = connection.vendor == "sqlite"
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute(
                "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE t.tgrelid = %s::regclass AND t.tgenabled IN ('O', 'A')",
                [table],
            )
        held = {name for name, body in cursor.fetchall() if "RAISE" in body and "only added to" in body}
    wanted = _SQLITE_TRIGGERS if is_sqlite else _POSTGRESQL_TRIGGERS
    return [
        BrokenLink("", 0, f"the trigger {name} that refuses changes to entries is not in force")
        for name in wanted
        if name not in held
    ]
