"""Which sentences of a document rest on a figure that changed, and which words of direction no longer hold.

Works on what the check of the document found: a claim rests on a figure where one of its numbers is that figure as it
was printed. Numbers that any sentence could hold by chance are left alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isclose
from typing import Any

#: Below this a whole number says too little to know the figure again by it.
_LEAST_TELLING = 20
_MOST = 40
_DIRECTIONS = frozenset({"change", "direction"})

Claim = Mapping[str, Any]


def find_touched(
    claims: Iterable[Claim], changes: Sequence[Mapping[str, Any]], *, contradicted: Iterable[Claim] = ()
) -> list[dict[str, Any]]:
    """The sentences, each once with why: those that turn first, then those that rest on a changed figure.

    `claims` are a check's, as `describe_check` gives them; `changes` have "figure", "was", "now" and "pairs".
    `contradicted` are claims that the evidence of today goes against.
    """
    found = [*_list_contradicted(contradicted), *sorted(_find_resting(claims, changes), key=lambda one: not one[0])]
    kept: dict[str, str] = {}
    for _, quote, why in found:
        kept.setdefault(quote, why)
    return [{"quote": quote, "why": why, "kept": True} for quote, why in list(kept.items())[:_MOST]]


def _list_contradicted(claims: Iterable[Claim]) -> Iterator[tuple[bool, str, str]]:
    for claim in claims:
        yield True, claim["quote"], claim["why"]


def _find_resting(
    claims: Iterable[Claim], changes: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[bool, str, str]]:  # fmt: skip
    for claim in claims:
        for change in changes:
            pair = _find_pair(claim, change)
            if pair is not None:
                turned = say_turned(claim, pair)
                yield bool(turned), claim["quote"], turned or _say_rests(change)
                break


def _find_pair(claim: Claim, change: Mapping[str, Any]) -> tuple[float, float] | None:
    values = [one["value"] for one in (*claim["inputs"], *claim["claimed"])]
    for was, now in change["pairs"]:
        if is_telling(was) and any(isclose(was, value, rel_tol=1e-9, abs_tol=0.005) for value in values):
            return was, now
    return None


def is_telling(value: float) -> bool:
    """Whether a number is rare enough to know a figure by: no small count, no year."""
    is_year = value == int(value) and 1990 <= value <= 2050
    return not is_year and (abs(value) >= _LEAST_TELLING or value != int(value))


def say_turned(claim: Claim, pair: tuple[float, float]) -> str:
    """Why the direction that a sentence tells of no longer holds with the new figure; empty where it does."""
    roles = {one["role"]: one["value"] for one in claim["inputs"]}
    if claim["family"] not in _DIRECTIONS or not {"current", "prior"} <= set(roles):
        return ""
    was, now = pair
    before = roles["current"] - roles["prior"]
    renewed = {role: now if isclose(value, was, abs_tol=0.005) else value for role, value in roles.items()}
    after = renewed["current"] - renewed["prior"]
    if before * after > 0 or before == after:
        return ""
    return (
        f"The direction no longer holds: with the figure as it is now it goes from {renewed['prior']:,g} to "
        f"{renewed['current']:,g}."
    )


def _say_rests(change: Mapping[str, Any]) -> str:
    return f"It rests on “{change['figure']}”, which was {change['was']} and is {change['now']} now."
