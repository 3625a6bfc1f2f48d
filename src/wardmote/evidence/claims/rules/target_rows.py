"""Do words in a table's update (on target, met, exceeded) fit the target in the row and the figure reported?

"Below 28%" in the column of targets beside "Q4 - 35.3%. On target.": the figure misses the target by 7.3 points. A
missed target that nobody calls met is no false claim.
"""

from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.rules.target_words import list_aims
from wardmote.evidence.claims.target_cells import Reported, TargetRow, find_reported, find_rows, score
from wardmote.evidence.claims.wording.achieving import Told, find_told, names_other_target
from wardmote.evidence.targets.kinds import CountPerPeriod, RelativeChange, Threshold, Trajectory
from wardmote.evidence.targets.statuses import PeriodStatus

NAME = "target_rows"


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every word of achievement in an update whose row's target and figure can be scored."""
    for row in find_rows(corpus):
        for at, sentence in enumerate(row.update):
            told = next(find_told(sentence.text), None)
            if told is None or names_other_target(sentence.text) or list_aims(sentence):
                continue
            reported = find_reported(row, at, told.start)
            status = score(row, reported) if reported else None
            if reported is not None and status is not None and not _is_overshoot(row, told, status):
                yield _judge(row, reported, told, status, at)


def _judge(row: TargetRow, reported: Reported, told: Told, status: PeriodStatus, at: int) -> Claim:
    verdict = _choose_verdict(told.kind_for(is_ceiling=_is_ceiling(row)), status)
    said = {"ok": "as the words say", "imprecise": f"“{told.text}” is not quite it"}.get(
        verdict, f"“{told.text}” says otherwise. Mend the word or the figure"
    )
    why = f"The target is “{row.target_text}”, the figure {reported.number.text.strip()}: {status.why}; {said}."
    place = reported.sentence.place(reported.number)
    finding = Finding(row.update[at], start=told.start, end=told.end, related=(place,))
    return finding.claim(
        NAME, "target", verdict, why,
        claimed=[quantity(reported.number, "value")],
        inputs=[quantity(reported.number, "value"), *_show_target(row)],
        recomputed=_show_target(row),
    )  # fmt: skip


def _is_overshoot(row: TargetRow, told: Told, status: PeriodStatus) -> bool:
    """Whether "exceeded" may be meant as it stands: more than a ceiling allows."""
    return told.kind == "beyond" and _is_ceiling(row) and status.status != "green"


def _show_target(row: TargetRow) -> list[Quantity]:
    target = row.understanding.target
    match target:
        case Threshold():
            return [Quantity(target.value, "%" if target.unit == "percent" else target.unit, "target")]
        case CountPerPeriod():
            return [Quantity(target.value, target.thing, "target")]
        case RelativeChange():
            return [Quantity(target.percent, "%", f"target: {target.direction}")]
        case _:
            return []


def _is_ceiling(row: TargetRow) -> bool:
    target = row.understanding.target
    if isinstance(target, Threshold | CountPerPeriod):
        return target.operator in ("<", "<=")
    if isinstance(target, RelativeChange):
        return target.direction == "decrease"
    return isinstance(target, Trajectory) and target.end_value < target.baseline


def _choose_verdict(told: str, status: PeriodStatus) -> Verdict:
    """Green is met, amber missed by a little, red missed; nearing and missing each fit their colours."""
    is_met, is_close = status.status == "green", status.status == "amber"
    if told == "missed":
        return "contradicts" if is_met else "ok"
    if told == "near":
        return "ok" if is_met or is_close else "contradicts"
    if is_met:
        return "ok"
    return "imprecise" if is_close and told == "met" else "contradicts"


RULE = Rule(
    name=NAME,
    family="target",
    asks="Do words such as on target or exceeded fit the target in the row and the figure reported beside it?",
    holds="| Indicator | Target | Update |\n|---|---|---|\n| Repeat victimisation rate | Below 28% | Q4 - 25.3%. On target. |\n",  # noqa: E501
    fails="| Indicator | Target | Update |\n|---|---|---|\n| Repeat victimisation rate | Below 28% | Q4 - 35.3%. On target. |\n",  # noqa: E501
    find=find,
    rank=20,
)
