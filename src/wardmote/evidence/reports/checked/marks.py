"""Where the claims stand in the text: every block cut into plain and marked stretches."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wardmote.evidence.claims.model import ORDER, Claim
from wardmote.evidence.claims.text import Block, Place, TextDocument


@dataclass(frozen=True, slots=True)
class NumberedClaim:
    """A claim with the number under which the page knows it; accusations come first, worst first."""

    number: int
    claim: Claim

    @property
    def anchor(self) -> str:
        return f"claim-{self.number}"

    @property
    def mark(self) -> str:
        return f"mark-{self.number}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a block's text, with the claim that it is marked for, if any."""

    text: str
    claim: NumberedClaim | None = None


def number_claims(claims: Iterable[Claim]) -> tuple[NumberedClaim, ...]:
    """Give every claim its number: worst verdict first, then in the order of the text."""
    ordered = sorted(claims, key=lambda claim: ORDER.index(claim.verdict))
    return tuple(NumberedClaim(number, claim) for number, claim in enumerate(ordered, start=1))


def cut_blocks(document: TextDocument, claims: Sequence[NumberedClaim]) -> dict[int, tuple[Stretch, ...]]:
    """The stretches of every block, by the block's identity. Where marks overlap, the worse claim keeps its place."""
    by_block: dict[tuple[object, ...], list[NumberedClaim]] = defaultdict(list)
    for numbered in claims:
        by_block[_key(numbered.claim.place)].append(numbered)
    return {id(block): _cut(block, _find_claims(block, by_block)) for block in document.blocks()}


def _key(place: Place) -> tuple[object, ...]:
    return (place.line, place.page, place.paragraph, place.table, place.row, place.column)


def _find_claims(block: Block, by_block: dict[tuple[object, ...], list[NumberedClaim]]) -> list[NumberedClaim]:
    """The claims of a block: a block of several lines has the claims of each of its lines."""
    lines = [block.place.line] + [line for _, line in block.line_starts]
    found: list[NumberedClaim] = []
    for line in dict.fromkeys(lines):
        place = block.place
        found += by_block.get((line, place.page, place.paragraph, place.table, place.row, place.column), [])
    return [numbered for numbered in found if numbered.claim.place.end <= len(block.text)]


def _cut(block: Block, claims: list[NumberedClaim]) -> tuple[Stretch, ...]:
    kept: list[NumberedClaim] = []
    for numbered in sorted(claims, key=lambda one: one.number):
        place = numbered.claim.place
        if place.start < place.end and not any(_overlap(place, other.claim.place) for other in kept):
            kept.append(numbered)
    stretches: list[Stretch] = []
    at = 0
    for numbered in sorted(kept, key=lambda one: one.claim.place.start):
        place = numbered.claim.place
        stretches += [Stretch(block.text[at : place.start]), Stretch(block.text[place.start : place.end], numbered)]
        at = place.end
    return tuple(stretch for stretch in (*stretches, Stretch(block.text[at:])) if stretch.text)


def _overlap(one: Place, two: Place) -> bool:
    return one.start < two.end and two.start < one.end
