"""What a check answers: claims, each with its place, its inputs, its recomputation and a verdict."""

from dataclasses import dataclass
from typing import Literal, get_args

from wardmote.evidence.claims.text import Place

Family = Literal[
    "percentage_of_counts",  # x of y and its percentage
    "change",  # percentage and difference of two counts
    "rate",  # a count, its denominator and the rate; the population a rate implies
    "period",  # rolling, part and overlapping years; labels of years; durations and dates that cannot be
    "sum",  # parts and their total, shares that should make 100, totals and subsets
    "ratio",  # times, per, one in so many, more than half
    "rank",  # ranks, "top five account for"
    "direction",  # words of direction against a series or two figures
    "significance",  # significance words tested with the counts printed
    "target",  # a target and what was reported against it
    "repetition",  # repeated numbers and copied text
    "agreement",  # one quantity with two values or two directions, in one document or several
    "abbreviation",  # undefined or inconsistent abbreviations
    "evidence",  # area, period and offence against loaded evidence
    "count",  # a plain number of which nothing printed lets us say more
    "percentage",  # a plain percentage without its counts
]
FAMILIES: tuple[Family, ...] = get_args(Family)

Verdict = Literal[
    "ok", "imprecise", "wrong", "inconsistent", "contradicts", "unsupported", "differs_from_evidence",
    "not_checkable"
]  # fmt: skip
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
#: Worst first. The first five accuse somebody of something.
ORDER: tuple[Verdict, ...] = (
    "wrong", "contradicts", "inconsistent", "unsupported", "imprecise", "differs_from_evidence", "not_checkable", "ok",
)  # fmt: skip
ACCUSATIONS: frozenset[Verdict] = frozenset(ORDER[:5])
#: What somebody should look at: accusations, and figures that the loaded evidence counts otherwise. That is no fault
#: yet: the report may count something else.
LOOKED_AT: frozenset[Verdict] = ACCUSATIONS | {"differs_from_evidence"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and its part in the reckoning ("current", "prior", "population", "share")."""

    value: float
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One judged claim.

    `claimed` is what the text says, `recomputed` what its own figures (or the evidence) give, `inputs` the figures
    used. `why` is a sentence for a busy officer: what was said, what was found, what to do. `related` are the other
    places the judgement rests on. `rule` is the file under `claims/rules` that judged.
    """

    place: Place
    quote: str
    family: Family
    verdict: Verdict
    why: str
    rule: str
    claimed: tuple[Quantity, ...] = ()
    inputs: tuple[Quantity, ...] = ()
    recomputed: tuple[Quantity, ...] = ()
    related: tuple[Place, ...] = ()

    @property
    def accuses(self) -> bool:
        return self.verdict in ACCUSATIONS

    @property
    def is_to_look_at(self) -> bool:
        return self.verdict in LOOKED_AT
