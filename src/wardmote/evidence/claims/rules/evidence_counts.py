"""Does a printed count, rate or change of an offence agree with the evidence that is loaded?

"In 2024 there were 919 burglaries in Northmarsh" is held against the loaded figure of the same district and months. The
clause may say nothing else: one more word ("with force") and it may be about something else. Street-level files fall a
few per cent short of official totals, so they accuse only when the difference is large. What is further apart than
anything but another definition explains is said to differ from the evidence, which accuses nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.changes import find_direction, read_changes
from wardmote.evidence.claims.contract import Corpus, Evidence, Finding, Known, Rule, quantity
from wardmote.evidence.claims.loaded import strip_generic
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.statements import Statement, list_statements
from wardmote.evidence.claims.told import tell_burglaries
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import find_keywords

NAME = "evidence_counts"
#: Up to the first share apart the figures agree, beyond the second they do not; between them nothing is said.
_OFFICIAL, _STREET = (0.02, 0.02), (0.05, 0.15)
#: A few events more or less are an edition, not a fault.
_COUNT_SLACK = 5.0
#: Beyond this factor the words are taken to mean something else, unless a digit too many or too few explains it.
_FAR = 2.0
#: Beyond this share apart (points, for a change) rounding, revisions, small numbers and street-level gaps are no
#: explanation: where it is not accused, it is said to differ.
_DIFFERS, _DIFFERS_POINTS = 0.15, 15.0
_ALL_CRIME = frozenset({"crime"})
#: Bare words that are an offence only beside "crime" or "offence": "vehicle incidents" may be anything.
_ADJECTIVES = find_keywords("drug vehicle violent sexual")
_CRIME = re.compile(r"\b(?:crimes?|offences?|offending)\b", re.IGNORECASE)
_VAGUE = find_keywords("outcomes")
#: "500 crimes" may be those of the chapter's subject; "recorded crimes" are all of them.
_WHOLE = re.compile(r"\b(?:recorded|all|total|overall)\b", re.IGNORECASE)
#: Percentage changes may differ by as many points before they are accused.
_POINTS_OFFICIAL, _POINTS_STREET = (1.0, 3.0), (5.0, 15.0)
_FORCE = re.compile(r"(?:\b[A-Z][\w’'-]+\s(?:and\s)?)+(?:Police|Constabulary)\b")
_PER_HEAD = find_keywords("residents population people resident person head")


@dataclass(frozen=True)
class Asked:
    """A clause about one area, with the keywords of what it measures and its one number."""

    statement: Statement
    area: str
    measure: frozenset[str]
    number: Number

    @property
    def months(self) -> tuple[int, int]:
        period = self.statement.period
        return (period.first or 0, period.last or 0)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every count, rate or change whose area, months and offence are loaded."""
    if corpus.evidence is None:
        return
    for statement in list_statements(corpus):
        asked = _read(corpus.evidence, statement)
        if asked is not None:
            claim = _judge(corpus.evidence, asked)
            if claim is not None:
                yield claim


def _read(evidence: Evidence, statement: Statement) -> Asked | None:
    """The clause's one number, area and measure; None where any other name, number or place stands in it."""
    numbers = statement.numbers
    if len(numbers) != 1 or numbers[0].bound or numbers[0].is_spelled or statement.sentence.table is not None:
        return None
    if any(moved.number is numbers[0] for moved in read_changes(statement.sentence).differences):
        return None
    text = statement.sentence.text[statement.start : statement.end]
    areas = evidence.find_areas(text)
    names = {name for name in statement.names if "Police" not in name}
    if len(areas) != 1 or any(name.removesuffix("’s").removesuffix("'s") != areas[0] for name in names):
        return None
    forces = [match.group() for match in _FORCE.finditer(text)]
    said = frozenset().union(*(find_keywords(name) for name in (*statement.names, areas[0], *forces)))
    measure = strip_generic(statement.keywords - said - _PER_HEAD)
    return Asked(statement, areas[0], measure, numbers[0]) if measure else None


def _judge(evidence: Evidence, asked: Asked) -> Claim | None:
    number = asked.number
    if number.kind == "count":
        known = evidence.find_figure(asked.measure, asked.area, months=asked.months, kind="count")
        return _compare(asked, known, known.value) if known else None
    if number.kind == "rate":
        known = evidence.find_figure(asked.measure, asked.area, months=asked.months, kind="rate")
        return _compare(asked, known, known.value * (number.per or 1000.0) / 1000) if known else None
    return _judge_change(evidence, asked) if number.kind == "percent" else None


def _compare(asked: Asked, known: Known, value: float) -> Claim:
    """Hold a count or rate against the loaded one."""
    number = asked.number
    near, far = _OFFICIAL if known.is_official else _STREET
    slack = _COUNT_SLACK if number.kind == "count" else 0.0
    apart = max(0.0, abs(number.value - value) - max(number.step / 2, slack))
    share = apart / value if value else float(apart > 0)
    verdict: Verdict = "ok" if share <= near else "not_checkable"
    if share > far and known.is_firm and value and _is_slip(number.value / value):
        verdict = "inconsistent"
    elif share > _DIFFERS and _means_it(asked):
        verdict = "differs_from_evidence"
    decimals = 1 if number.kind == "rate" else 0
    differs = f"{(number.value / value - 1) * 100:+.1f}%" if value else "not a share of nought"
    says = f"{known.source} gives {value:,.{decimals}f} {known.unit} ({known.title.lower()}, {asked.area}"
    says += f", {asked.statement.period.text}); {number.value:,.{decimals}f} is {differs}"
    return _claim(asked, verdict, f"{says}.{_advise(verdict, known)}", Quantity(value, known.unit, "loaded"))


def _is_slip(ratio: float) -> bool:
    """Whether the two may be meant for each other: near, or apart by a digit too many or too few."""
    return 1 / _FAR <= ratio <= _FAR or any(abs(ratio / tens - 1) < 0.005 for tens in (10, 0.1))


def _means_it(asked: Asked) -> bool:
    """Whether the words leave no doubt of the measure, however far the figure lies from it."""
    text = asked.statement.sentence.text
    if asked.measure == _ALL_CRIME:
        return _WHOLE.search(text) is not None
    if asked.measure <= _ADJECTIVES:
        return _CRIME.search(text) is not None
    return not asked.measure <= _VAGUE


def _advise(verdict: Verdict, known: Known) -> str:
    if verdict == "ok":
        return "" if known.is_official else " Street-level files fall a few per cent short, so the two agree."
    if verdict == "inconsistent":
        return " Check the figure, and name its source and edition."
    if verdict == "differs_from_evidence":
        return (
            f" The evidence counts {known.title.lower()} as that source publishes it; the report may count something"
            " else. Say what is counted, and name its source and edition."
        )
    return " That is too much to agree and too little to tell: it may be counted in another way. Name the source."


def _judge_change(evidence: Evidence, asked: Asked) -> Claim | None:
    """A year's percentage change against the loaded year and the one before it."""
    direction = find_direction(asked.statement.sentence, asked.number)
    first, last = asked.months
    if direction is None or not direction.told or last - first != 11 or asked.statement.names_base:
        return None
    now = evidence.find_figure(asked.measure, asked.area, months=(first, last), kind="count")
    before = evidence.find_figure(asked.measure, asked.area, months=(first - 12, last - 12), kind="count")
    if now is None or before is None or not before.value or now.source != before.source:
        return None
    change = (now.value / before.value - 1) * 100
    printed = abs(asked.number.value) * (-1 if direction.way == "down" else 1)
    near, far = _POINTS_OFFICIAL if now.is_official else _POINTS_STREET
    apart = abs(printed - change) - asked.number.step / 2
    verdict: Verdict = "ok" if apart <= near else "not_checkable"
    if apart > far and now.is_firm:
        verdict = "inconsistent"
    elif apart > _DIFFERS_POINTS:
        verdict = "differs_from_evidence"
    why = (
        f"{now.source} gives {before.value:,.0f} and then {now.value:,.0f} {now.unit} ({now.title.lower()}, "
        f"{asked.area}, {asked.statement.period.text} and the year before), {change:+.1f}%; {printed:+g}% is printed."
    )
    return _claim(asked, verdict, why + _advise(verdict, now), Quantity(change, "%", "loaded change"))


def _claim(asked: Asked, verdict: Verdict, why: str, loaded: Quantity) -> Claim:
    return Finding(asked.statement.sentence, asked.number).claim(
        NAME, "evidence", verdict, why,
        claimed=[quantity(asked.number, "printed")], inputs=[loaded], recomputed=[loaded],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="evidence",
    asks="Does a printed count, rate or change of an offence agree with the loaded evidence?",
    holds="In 2024 there were 919 burglaries in Northmarsh.",
    fails="In 2024 there were 991 burglaries in Northmarsh.",
    find=find,
    rank=60,
    needs="--store with recorded crime of the area and period",
    given=tell_burglaries(919),
)
