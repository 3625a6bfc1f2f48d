"""Every code of a status in plain words, in one place: for reports, the web, and whoever reads an export."""

from collections.abc import Mapping

from wardmote.evidence.targets.statuses import ReasonCode, SignalCode, WhyCode

#: Why there is no colour, in the few words of a table.
REASONS: Mapping[ReasonCode, str] = {
    "no_target": "no target set",
    "no_baseline": "no base to measure the change from",
    "no_data": "no figure reported",
    "not_due": "not due yet",
    "no_comparator": "the figure to compare with is not given",
    "discontinued": "measure stopped",
    "definition": "another definition, or a figure in doubt",
    "denominator": "two totals give two colours",
    "unit_mismatch": "figure and target in different units",
    "ongoing": "described as ongoing, nothing to count",
}
#: By which reasoning a colour was found, where it was more than the value against the target.
WHYS: Mapping[WhyCode, str] = {
    "": "the value against the target",
    "milestone_status": "what the account says is done, and what was due",
    "qualitative": "what was reported in words",
    "trajectory": "the value against where the path should be by now",
    "unit_mismatch": "the value and the target are in different units",
    "pro_rata": "the value against the share of the year that is gone",
    "already_past": "the year's target is met, or missed for good, before the year ends",
    "worst_part": "the worst of several parts",
    "change_printed": "the change that was printed beside the value",
    "override": "set by a person, with a reason",
}
SIGNALS: Mapping[SignalCode, str] = {
    "more_than_noise": "more than noise",
    "within_noise": "within noise",
    "too_few": "too few to say",
    "one_value": "one value only",
    "not_tested": "not tested",
}


def explain_status_codes() -> dict[str, dict[str, str]]:
    """What do the codes of a status mean? By their sort: reason_code, why_code, signal.

    >>> explain_status_codes()["reason_code"]["not_due"]
    'not due yet'
    """
    return {"reason_code": dict(REASONS), "why_code": dict(WHYS), "signal": dict(SIGNALS)}  # type: ignore[arg-type]
