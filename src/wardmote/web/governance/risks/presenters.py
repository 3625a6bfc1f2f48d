"""The risk register in words, as a matrix and as a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardmote.web.governance.risks.models import Mitigation, RegisteredRisk, RiskScore
from wardmote.web.governance.risks.policies import Flag, find_flags, is_mitigation_overdue
from wardmote.web.governance.risks.states import IMPACTS, LIKELIHOODS, Band, MitigationState, RiskState, find_band

BAND_COLOURS = {Band.LOW: "green", Band.MEDIUM: "yellow", Band.HIGH: "orange", Band.SEVERE: "red"}
STATE_COLOURS = {
    MitigationState.PLANNED: "grey", MitigationState.UNDER_WAY: "blue", MitigationState.DONE: "green",
    MitigationState.DROPPED: "grey",
}  # fmt: skip
COLUMNS = (
    "number", "state", "risk", "cause", "consequence", "owner_body", "owner_person", "owner_title", "priority",
    "inherent_likelihood", "inherent_impact", "inherent_score", "residual_likelihood", "residual_impact",
    "residual_score", "residual_band", "target_score", "scored_on", "scorings_count", "review_on", "written_on",
    "mitigations", "flags", "closed_on", "closed_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as it is shown: 3 × 4 = 12, high."""

    likelihood: int
    impact: int

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def band(self) -> Band:
        return find_band(self.score)

    @property
    def colour(self) -> str:
        return BAND_COLOURS[self.band]

    @property
    def words(self) -> str:
        return f"{self.likelihood} × {self.impact} = {self.score}"


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk with what is shown of it."""

    risk: RegisteredRisk
    inherent: Scored | None
    residual: Scored | None
    flags: Sequence[Flag]

    @property
    def name(self) -> str:
        return f"R{self.risk.number}"


def describe_risk(risk: RegisteredRisk, today: date) -> RiskRow:
    last = find_last(risk)
    inherent, residual = read_pair(last) if last else (None, None)
    return RiskRow(risk, inherent, residual, find_flags(risk, today))


def find_last(risk: RegisteredRisk) -> RiskScore | None:
    """The last scoring; none for a risk that nobody has scored."""
    scores = list(risk.scores.all())
    return scores[-1] if scores else None


def read_pair(score: RiskScore) -> tuple[Scored, Scored]:
    """Before and after what is done."""
    return (
        Scored(score.inherent_likelihood, score.inherent_impact),
        Scored(score.residual_likelihood, score.residual_impact),
    )


def sort_rows(rows: Iterable[RiskRow]) -> list[RiskRow]:
    """What is scored highest after what is done comes first; what nobody has scored comes before all."""
    return sorted(rows, key=lambda row: (-(row.residual.score if row.residual else 26), row.risk.number))


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the matrix: its score, its letter, and the risks that stand in it."""

    scored: Scored
    rows: Sequence[RiskRow]


def build_matrix(rows: Sequence[RiskRow], *, which: str) -> list[tuple[str, list[Cell]]]:
    """Five lines from the likeliest down, each of five cells; `which` is inherent or residual."""
    placed = [(getattr(row, which), row) for row in rows if getattr(row, which) is not None]
    return [
        (words, [_fill_cell(Scored(likelihood, impact), placed) for impact, _ in IMPACTS])
        for likelihood, words in reversed(LIKELIHOODS)
    ]


def _fill_cell(scored: Scored, placed: Sequence[tuple[Scored, RiskRow]]) -> Cell:
    return Cell(scored, [row for where, row in placed if where == scored])


def say_owner(risk: RegisteredRisk) -> str:
    """Person, post and body, as far as they are known."""
    parts = [risk.owner_person.name if risk.owner_person else "", risk.owner_title, str(risk.owner_body or "")]
    return ", ".join(part for part in parts if part) or "–"


def say_priority(risk: RegisteredRisk) -> str:
    """The priority, and the plan where it is one that is no longer in force."""
    if risk.priority is None:
        return "–"
    plan = risk.priority.plan
    past = f" (of {plan.title}, version {plan.version})" if plan.state != "adopted" else ""
    return f"{risk.priority.number}. {risk.priority.title}{past}"


def describe_mitigation(mitigation: Mitigation, today: date) -> dict[str, Any]:
    state = MitigationState(mitigation.state)
    who = [mitigation.person.name if mitigation.person else "", str(mitigation.body or "")]
    return {
        "mitigation": mitigation, "who": ", ".join(part for part in who if part) or "–", "state": state.label,
        "colour": STATE_COLOURS[state], "is_overdue": is_mitigation_overdue(mitigation, today),
    }  # fmt: skip


def list_lines(risks: Iterable[RegisteredRisk], today: date) -> Iterator[list[Any]]:
    """The register for a file: one risk a line."""
    for risk in risks:
        row, last = describe_risk(risk, today), find_last(risk)
        scored = _list_scores(row)
        mitigations = "\n".join(_say_mitigation(one) for one in risk.mitigations.all())
        yield [
            row.name, RiskState(risk.state).label, risk.text, risk.cause, risk.consequence, str(risk.owner_body or ""),
            risk.owner_person.name if risk.owner_person else "", risk.owner_title, say_priority(risk).strip("–"),
            *scored, risk.target_score, last.scored_on if last else None, len(risk.scores.all()), risk.review_on,
            risk.written_on, mitigations, "; ".join(flag.words for flag in row.flags), risk.closed_on,
            risk.closed_reason,
        ]  # fmt: skip


def _list_scores(row: RiskRow) -> list[Any]:
    if row.inherent is None or row.residual is None:
        return [None] * 6 + [""]
    pairs = (row.inherent, row.residual)
    return [part for one in pairs for part in (one.likelihood, one.impact, one.score)] + [row.residual.band.label]


def _say_mitigation(mitigation: Mitigation) -> str:
    due = f", due {mitigation.due_on:%-d %B %Y}" if mitigation.due_on else ""
    return f"{mitigation.text} ({MitigationState(mitigation.state).label.lower()}{due})"
