"""Who made a load, as the store knows it: its own record names the partnership and the key of our record, no person.

Whoever looks at a store that several partnerships share sees what the command line loaded and what their own people
loaded; of the others it only says that they did.
"""

import re
from uuid import UUID

from wardmote.web.observatory.loads.models import EvidenceLoad

_MARK = re.compile(r"^(?P<name>.*), on the web \[(?P<key>[0-9a-f-]{36})\]$", re.DOTALL)


def write_mark(load: EvidenceLoad) -> str:
    """What the store is told of who loads."""
    return f"{load.partnership.name}, on the web [{load.pk}]"


def read_mark(by: str) -> UUID | None:
    """The key of the record by which a load was asked for; None for one of the command line."""
    found = _MARK.match(by)
    return UUID(found["key"]) if found else None


def write_undo_mark(name: str, person: UUID) -> str:
    """What the store is told of who takes a load back."""
    return f"{name}, on the web [{person}]"
