"""What the state of a risk allows, and what is wrong with a register that nobody has looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.risks.models import Mitigation, RegisteredRisk, RiskScore
from wardmote.web.governance.risks.states import Band, MitigationState, RiskState, find_band

#: A risk that was scored once is left alone for a quarter before it is said that nobody looked at it again.
SETTLING = timedelta(days=92)
#: So many scorings in a row with the same outcome are worth a question.
UNCHANGED_TIMES = 3
OPEN_STATES = (MitigationState.PLANNED, MitigationState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Flag:
    """What somebody should look at; `kind` is its name in files, `words` are for people."""

    kind: str
    words: str


def check_is_open(risk: RegisteredRisk) -> None:
    """Raise RefusedError for a risk that was closed."""
    if risk.state != RiskState.OPEN:
        raise RefusedError("The risk is closed. Open it again first")


def is_review_overdue(risk: RegisteredRisk, today: date) -> bool:
    """Whether the day on which it was to be looked at again has passed."""
    return risk.state == RiskState.OPEN and risk.review_on is not None and risk.review_on < today


def is_mitigation_overdue(mitigation: Mitigation, today: date) -> bool:
    return mitigation.state in OPEN_STATES and mitigation.due_on is not None and mitigation.due_on < today


def list_reviews(scores: Sequence[RiskScore]) -> list[RiskScore]:
    """The last scoring of each day, in order: what is scored twice on one day was looked at once."""
    return list({score.scored_on: score for score in scores}.values())


def is_never_rescored(risk: RegisteredRisk, scores: Sequence[RiskScore], today: date) -> bool:
    """Whether it was scored on one day only, and a quarter or its review day has gone by since."""
    if len(list_reviews(scores)) != 1:
        return False
    return scores[0].scored_on + SETTLING <= today or is_review_overdue(risk, today)


def count_unchanged(scores: Sequence[RiskScore]) -> int:
    """How many scorings, up to the last, gave the same likelihood and impact after what is done; nought for none."""
    if not scores:
        return 0
    last = (scores[-1].residual_likelihood, scores[-1].residual_impact)
    count = 0
    for score in reversed(scores):
        if (score.residual_likelihood, score.residual_impact) != last:
            break
        count += 1
    return count


def find_flags(risk: RegisteredRisk, today: date) -> list[Flag]:
    """What should be looked at in an open risk; its scores and mitigations are read from what was fetched with it."""
    if risk.state != RiskState.OPEN:
        return []
    scores, mitigations = list(risk.scores.all()), list(risk.mitigations.all())
    return [*_flag_reviews(risk, scores, today), *_flag_scores(risk, scores), *_flag_doing(risk, mitigations, today)]


def _flag_reviews(risk: RegisteredRisk, scores: Sequence[RiskScore], today: date) -> list[Flag]:
    found = []
    if not scores:
        found.append(Flag("not_scored", "Not scored yet"))
    if is_never_rescored(risk, scores, today):
        found.append(Flag("never_rescored", "Never re-scored since it was written"))
    if risk.review_on is None:
        found.append(Flag("no_review", "No day to look at it again"))
    elif is_review_overdue(risk, today):
        found.append(Flag("review_overdue", f"Review overdue since {say_date(risk.review_on)}"))
    return found


def _flag_scores(risk: RegisteredRisk, scores: Sequence[RiskScore]) -> list[Flag]:
    if not scores:
        return []
    found, last, times = [], scores[-1], count_unchanged(list_reviews(scores))
    if times >= UNCHANGED_TIMES:
        found.append(Flag("unchanged", f"The same score at the last {times} reviews"))
    if last.residual > last.inherent:
        found.append(Flag("worse_after", "Scored higher after what is done than before"))
    if risk.target_score is not None and last.residual > risk.target_score:
        found.append(Flag("above_target", f"Above its target of {risk.target_score}"))
    return found


def _flag_doing(risk: RegisteredRisk, mitigations: Sequence[Mitigation], today: date) -> list[Flag]:
    found = []
    if not (risk.owner_body_id or risk.owner_person_id or risk.owner_title):
        found.append(Flag("no_owner", "Nobody owns it"))
    if not [one for one in mitigations if one.state != MitigationState.DROPPED]:
        found.append(Flag("no_mitigation", "Nothing is done about it"))
    late = [one for one in mitigations if is_mitigation_overdue(one, today)]
    if late:
        found.append(Flag("mitigation_overdue", f"{say_count(len(late), 'mitigation')} overdue"))
    return found


def find_register_flags(risks: Sequence[RegisteredRisk]) -> list[Flag]:
    """What is odd about the register as a whole: every risk low, and nobody ever changed a score."""
    scored = [list(risk.scores.all()) for risk in risks if risk.state == RiskState.OPEN]
    lasts = [scores[-1] for scores in scored if scores]
    found = []
    if len(lasts) > 1 and all(find_band(last.residual) == Band.LOW for last in lasts):
        found.append(Flag("all_low", "Every scored risk is low. A register in which nothing is above low warns nobody"))
    if len(lasts) > 1 and all(len(list_reviews(scores)) <= 1 for scores in scored):
        found.append(Flag("none_rescored", "No risk was ever scored a second time"))
    return found
