"""The analyst's desk: what a commentary is held against, worked out once and asked again at every pause of typing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from threading import RLock

from wardmote.evidence.disclosure import Audience
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.model.errors import Fault, TextNotBorneOutError, UsageError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import make_context
from wardmote.evidence.reports.assessment.commentary import read_text
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.outline import list_sections
from wardmote.evidence.reports.document import Block
from wardmote.evidence.reports.partnership import Partnership

#: The twins that are made of every assessment. The first is the one that everything is checked against.
AUDIENCES: tuple[Audience, ...] = ("partnership", "public")
_PLACE = re.compile(r":(\d+)(?::(\d+))?$")


@dataclass(frozen=True, slots=True)
class SectionFault:
    """One thing that a section must not say: where, what the data says, and what to write instead.

    `line` and `column` count from 1; 0 where it is not known. `only_public`: only the copy for the public forbids it.
    """

    line: int
    column: int
    found: str
    expected: str
    to_do: str
    only_public: bool = False


class Desk:
    """One area and year of one state of the evidence, for both twins. Threads may share it: one asks at a time."""

    def __init__(self, evidence: Evidence, area: str, period: Period, partnership: Partnership) -> None:
        self.lock = RLock()
        self.contexts: dict[Audience, Context] = {
            audience: make_context(evidence, area, period, partnership, audience=audience) for audience in AUDIENCES
        }

    @property
    def context(self) -> Context:
        return self.contexts["partnership"]


def check_section(desk: Desk, section: str, text: str) -> tuple[SectionFault, ...]:
    """Which words of a section does the data not bear, in either twin? In the order of the text, each once.

    Raises UsageError for a section that there is not.
    """
    _check_name(section)
    with desk.lock:
        own, public = (_find_faults(desk.contexts[a], section, text) for a in AUDIENCES)
    more = [f for f in public if not _is_told(f, own)]
    faults = [*(_read_fault(f, only_public=False) for f in own), *(_read_fault(f, only_public=True) for f in more)]
    return tuple(sorted(faults, key=lambda f: (f.line, f.column)))


def _is_told(fault: Fault, others: list[Fault]) -> bool:
    """Is the same thing, or the same word of the same line, at fault for the partnership too?"""
    word, is_word, _ = fault.found.partition("' is not borne out")
    start = word + is_word if is_word else fault.found
    return any(o.where == fault.where and o.found.startswith(start) for o in others)


def check_commentary(desk: Desk, texts: Mapping[str, str]) -> dict[str, tuple[SectionFault, ...]]:
    """Every fault of every section; a section without one has an empty list."""
    return {section: check_section(desk, section, text) for section, text in texts.items()}


def read_section(desk: Desk, section: str, text: str) -> tuple[Block, ...]:
    """The section's words as the document holds them. Raises TextNotBorneOutError as the build does."""
    _check_name(section)
    with desk.lock:
        return read_text(text, f"{section}.md", desk.context)


def _check_name(section: str) -> None:
    known = [key for key, _ in list_sections()]
    if section not in known:
        raise UsageError(f"there is no section '{section}'", expected="one of " + ", ".join(known))


def _find_faults(context: Context, section: str, text: str) -> list[Fault]:
    try:
        read_text(text, f"{section}.md", context)
    except TextNotBorneOutError as error:
        return list(error.faults)
    return []


def _read_fault(fault: Fault, *, only_public: bool) -> SectionFault:
    place = _PLACE.search(fault.where)
    line, column = (int(place[1]), int(place[2] or 0)) if place else (0, 0)
    return SectionFault(line, column, fault.found, fault.expected, fault.to_do, only_public)
