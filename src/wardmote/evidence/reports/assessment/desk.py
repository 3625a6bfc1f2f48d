"""The analyst's desk: what a commentary is held against, worked out once and asked again at every pause of typing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from threading import RLock

from wardmote.evidence.claims.model import Claim
from wardmote.evidence.disclosure import Audience
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.model.errors import Fault, TextNotBorneOutError, UsageError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.bounds import LONGEST_SECTION, LONGEST_SENTENCE, MOST_FAULTS, MOST_REFERENCES
from wardmote.evidence.reports.assessment.build import make_context
from wardmote.evidence.reports.assessment.claimed import find_claims
from wardmote.evidence.reports.assessment.commentary import SentenceFault, read_text
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.outline import list_sections
from wardmote.evidence.reports.document import Block
from wardmote.evidence.reports.markdown import iterate_sentences, list_said
from wardmote.evidence.reports.own_text import check_blocks
from wardmote.evidence.reports.partnership import Partnership

#: The twins that are made of every assessment. The first is the one that everything is checked against.
AUDIENCES: tuple[Audience, ...] = ("partnership", "public")
_LONGEST_QUOTE = 300
_REFERENCE = re.compile(r"\{\{[^{}\n]*\}\}")
#: Who writes at the desk has no command line: what is advised there, in words for the page.
_FOR_THE_DESK = {"Run 'wardmote figures --list' to see all": "Look for it under “Insert a figure”"}
_ASK_FOR_DATA = "Check the name, or ask whoever loads the data for it"
_PLACE = re.compile(r":(\d+)(?::(\d+))?$")


@dataclass(frozen=True, slots=True)
class SectionFault:
    """One thing that a section must not say: where, what the data says, and what to write instead.

    `quote` is the sentence or the reference that is meant. `line` and `column` count from 1; 0 where it is not known.
    `only_public`: only the copy for the public forbids it.
    """

    line: int
    column: int
    found: str
    expected: str
    to_do: str
    only_public: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True)
class HeldWords:
    """What of a section was held against the data: how many figures it names, how many words of direction or rank.

    `said` are its figures from outside the evidence, which nobody can recompute here, as they are printed.
    """

    figures_count: int
    directions_count: int
    said: tuple[str, ...]


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

    A text that is too long is not read: the one fault says so. At most MOST_FAULTS are told, and how many more there
    are. Raises UsageError for a section that there is not.
    """
    _check_name(section)
    excess = _find_excess(text)
    if excess is not None:
        return (excess,)
    with desk.lock:
        own, public = (_find_faults(desk.contexts[a], section, text) for a in AUDIENCES)
    told = {_name_fault(f) for f in own}
    more = [f for f in public if _name_fault(f) not in told]
    lines = text.replace("\r\n", "\n").split("\n")
    faults = [_read_fault(f, lines, only_public=False) for f in own]
    faults += [_read_fault(f, lines, only_public=True) for f in more]
    return _shorten(sorted(dict.fromkeys(faults), key=lambda f: (f.line, f.column)))


def count_held(text: str) -> HeldWords:
    """What of a section's words does the check speak of? All else is the writer's to answer for.

    >>> count_held("Theft fell to {{ theft_count:X:2025/26 }}. It is a quiet place.")
    HeldWords(figures_count=1, directions_count=1, said=())
    """
    sentences = [one for one in iterate_sentences(text) if len(one.words) <= LONGEST_SENTENCE]
    directions = sum(len(list(find_claims(s.words, has_figure=bool(s.references)))) for s in sentences)
    said = tuple(one.words for one in list_said(text))
    return HeldWords(sum(len(s.references) for s in sentences), directions, said)


def _find_excess(text: str) -> SectionFault | None:
    """The one fault of a text that is too long to be read, or names too many figures."""
    length = len(text) - text.count("\r\n")
    if length > LONGEST_SECTION:
        found, bound = f"{length:,} characters", f"at most {LONGEST_SECTION:,} characters in a section"
        return SectionFault(0, 0, found, bound, f"Shorten it to {bound}")
    count = text.count("{{")
    if count > MOST_REFERENCES:
        found, bound = f"{count:,} references to figures", f"at most {MOST_REFERENCES} references in a section"
        return SectionFault(0, 0, found, bound, f"Keep to {bound}; tables of figures are put in by the report itself")
    return None


def _shorten(faults: list[SectionFault]) -> tuple[SectionFault, ...]:
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return tuple(faults)
    rest = SectionFault(0, 0, f"and {more:,} more", "", "Mend these first; the others are told then")
    return (*faults[:MOST_FAULTS], rest)


def _name_fault(fault: Fault) -> tuple[str, str, str]:
    """What makes two faults one: the same thing, or the same word of the same sentence, whatever the figures say."""
    word, is_word, _ = fault.found.partition("' is not borne out")
    return (fault.where, _read_quote(fault), word + is_word if is_word else fault.found)


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
        blocks = read_text(text, f"{section}.md", context)
    except TextNotBorneOutError as error:
        return list(error.faults)
    return [_name_accusation(claim, section, text) for claim in check_blocks(blocks).accusations()]


def _name_accusation(claim: Claim, section: str, text: str) -> Fault:
    """What the check of the whole report's own claims would say of these words, told while they are written."""
    wanted = _name_words(claim.quote)
    lines = [s.line for s in iterate_sentences(text) if wanted & _name_words(s.words)]
    return SentenceFault(
        f"the check of the report's own claims: {claim.why}",
        where=f"{section}.md:{lines[0] if len(set(lines)) == 1 else 0}",
        expected="numbers and words that agree with each other",
        to_do="Write it so that the numbers it sets side by side agree; a rate beside a count says 'per resident'",
        quote=claim.quote,
    )


def _name_words(text: str) -> set[str]:
    """The long words of a text, by which a printed sentence is found in what was written."""
    return set(re.findall(r"[^\W\d_]{7,}", text.lower()))


def _read_fault(fault: Fault, lines: list[str], *, only_public: bool) -> SectionFault:
    place = _PLACE.search(fault.where)
    line, column = (int(place[1]), int(place[2] or 0)) if place else (0, 0)
    to_do = _FOR_THE_DESK.get(fault.to_do, fault.to_do)
    if "'wardmote " in to_do:
        to_do = _ASK_FOR_DATA
    quote = _read_quote(fault) or _quote_line(lines, line, column)
    return SectionFault(line, column, fault.found, fault.expected, to_do, only_public, quote)


def _read_quote(fault: Fault) -> str:
    return fault.quote if isinstance(fault, SentenceFault) else ""


def _quote_line(lines: list[str], line: int, column: int) -> str:
    """The reference that stands at a place; else the line, shortened."""
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    found = _REFERENCE.match(written, column - 1) if column else None
    return found.group() if found else written.strip()[:_LONGEST_QUOTE]
