"""Which chains there must be: a sealed roll of all that were ever begun, and what the apps' own rows ask for.

A chain that is taken away whole, with its end, leaves nothing that does not fit. The roll misses it. It changes only
when a chain begins, so writers of different chains do not queue for it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wardmote.web.foundation.audit_triggers import list_idle_triggers
from wardmote.web.foundation.models import AuditRoll
from wardmote.web.foundation.seals import is_seal, seal_parts

_ONLY = 1

#: Called with the name of a connection; lists the chains that what is kept there must have.
ChainProvider = Callable[[str], Iterable[str]]
_providers: list[ChainProvider] = []


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
    roll, faults = _read_roll(using, is_wanted=bool(found))
    enrolled = set(roll or ())
    expected = {chain for provider in _providers for chain in provider(using)}
    gone = [BrokenLink(chain, 0, "the whole chain is gone") for chain in sorted((enrolled | expected) - found)]
    extra = found - enrolled if roll is not None else set()
    return gone + faults + [BrokenLink(chain, 0, "the chain is not on the roll") for chain in sorted(extra)]


def _read_roll(using: str, *, is_wanted: bool) -> tuple[list[str] | None, list[BrokenLink]]:
    """The chains that the roll names, and what is wrong with it. None where it is gone or cannot be read."""
    try:
        roll = AuditRoll.objects.using(using).filter(pk=_ONLY).first()
        chains = roll.chains if roll is not None else []
    except ValueError:
        chains = None
    if not isinstance(chains, list) or not all(isinstance(chain, str) for chain in chains):
        return None, [BrokenLink("", 0, "the roll of the chains cannot be read")]
    if roll is None:
        return None, [BrokenLink("", 0, "the roll of the chains is gone")] if is_wanted else []
    is_whole = is_seal(roll.seal, seal_roll(chains))
    return chains, [] if is_whole else [BrokenLink("", 0, "the roll of the chains is not the one that was sealed")]


def verify_triggers(*, using: str) -> list[BrokenLink]:
    """Which of the triggers that refuse changes to entries are taken away, switched off or hollow."""
    return [
        BrokenLink("", 0, f"the trigger {name} that refuses changes to entries is not in force")
        for name in list_idle_triggers(using)
    ]
