"""Checks as pages and files show them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.evidence.interface import explain_verdicts
from wardmote.web.observatory.checks.models import ClaimMark, ReportCheck
from wardmote.web.observatory.checks.queries import Claim, Since
from wardmote.web.observatory.checks.states import SETTLED, VERDICT_MARKS, VERDICT_WORDS, Standing

#: The filter that is none of the verdicts: what is to be looked at, and of it what nobody has settled.
ACCUSED, OPEN, NEW = "accused", "open", "new"
COLUMNS = (
    "Report", "Where", "Verdict", "Kind of claim", "The sentence", "What is claimed", "What was recomputed", "From",
    "Why", "What is said of it", "Note",
)  # fmt: skip
_LOOKED_AT = frozenset(VERDICT_WORDS) - {"not_checkable", "ok"}


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """One claim with what was said of it. `since` says how it stands beside the version before."""

    claim: Claim
    mark: ClaimMark | None
    said: tuple[tuple[ClaimMark, str], ...]
    since: str

    @property
    def is_settled(self) -> bool:
        return self.mark is not None and self.mark.standing in SETTLED

    @property
    def standing(self) -> str:
        return Standing(self.mark.standing).label if self.mark is not None else ""


def show_claims(
    claims: Sequence[Claim],
    *,
    marks: Mapping[str, ClaimMark],
    said: Mapping[str, Sequence[ClaimMark]],
    names: Mapping[Any, str],
    since: Since | None,
) -> list[ShownClaim]:
    """Claims with the marks of this version and the false alarms of those before it."""
    return [
        ShownClaim(
            claim, marks.get(claim["key"]),
            tuple((mark, names.get(mark.said_by, "–")) for mark in said.get(claim["key"], ())),
            say_since(claim, since),
        )
        for claim in claims
    ]  # fmt: skip


def say_since(claim: Claim, since: Since | None) -> str:
    if since is None or not claim["is_to_look_at"]:
        return ""
    if claim["key"] in since.unmended:
        return "Said to be mended, and still there"
    return "New in this version" if claim["key"] in since.new else "In the version before, too"


def choose_claims(shown: Sequence[ShownClaim], chosen: str, since: Since | None) -> list[ShownClaim]:
    """The claims of a filter: a verdict, all to look at, those that are open, those that are new."""
    if chosen in VERDICT_WORDS:
        return [one for one in shown if one.claim["verdict"] == chosen]
    accused = [one for one in shown if one.claim["is_to_look_at"]]
    if chosen == OPEN:
        return [one for one in accused if not one.is_settled]
    if chosen == NEW and since is not None:
        return [one for one in accused if one.claim["key"] in since.new]
    return accused


@dataclass(frozen=True, slots=True)
class Filter:
    """A link above the list: its value, words, number of claims, and what it means."""

    value: str
    text: str
    count: int
    meaning: str = ""


def list_filters(shown: Sequence[ShownClaim], since: Since | None) -> list[Filter]:
    """All to look at, the open ones, the new ones, then every verdict that there is, the worst first."""
    accused = [one for one in shown if one.claim["is_to_look_at"]]
    filters = [
        Filter(ACCUSED, "To look at", len(accused)),
        Filter(OPEN, "Not settled", sum(not one.is_settled for one in accused)),
    ]
    if since is not None:
        filters.append(Filter(NEW, "New in this version", len(since.new)))
    for verdict, meaning in explain_verdicts().items():
        count = sum(one.claim["verdict"] == verdict for one in shown)
        if count:
            filters.append(Filter(verdict, VERDICT_WORDS[verdict], count, meaning))
    return filters


def count_to_look_at(check: ReportCheck) -> int:
    return sum(count for verdict, count in check.counts.items() if verdict in _LOOKED_AT)


def say_counts(check: ReportCheck) -> list[tuple[str, int]]:
    """How many claims had which verdict, the worst first."""
    return [(VERDICT_WORDS[name], check.counts[name]) for name in VERDICT_WORDS if check.counts.get(name)]


def list_rows(shown: Sequence[ShownClaim]) -> Iterator[tuple[Any, ...]]:
    """The lines of the table that is downloaded."""
    for one in shown:
        claim = one.claim
        yield (
            claim["file"], claim["where"], VERDICT_WORDS[claim["verdict"]], claim["family"].replace("_", " "),
            claim["quote"], "; ".join(claim["claimed"]), "; ".join(claim["recomputed"]), "; ".join(claim["inputs"]),
            claim["why"], one.standing, one.mark.note if one.mark else "",
        )  # fmt: skip


def describe_mark(verdict: str) -> dict[str, str]:
    """The tag of a verdict: its word, its sign, its colour."""
    sign, colour = VERDICT_MARKS[verdict]
    return {"text": VERDICT_WORDS[verdict], "sign": sign, "colour": colour}


def say_family(name: str) -> str:
    return name.replace("_", " ").capitalize()
