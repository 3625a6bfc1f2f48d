"""A small plan with one of everything that a performance report must show, drawn by hand."""

from collections.abc import Sequence
from datetime import date

from wardmote.evidence.targets.kinds import NoTarget, TargetVersion, Threshold
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import (
    Colour,
    Forecast,
    IndicatorStatus,
    PeriodStatus,
    ReasonCode,
    RowWarning,
    Signal,
)

QUARTERS = {
    "2023-24 Q3": (date(2023, 10, 1), date(2023, 12, 31)),
    "2023-24 Q4": (date(2024, 1, 1), date(2024, 3, 31)),
    "2024-25 Q1": (date(2024, 4, 1), date(2024, 6, 30)),
    "2024-25 Q2": (date(2024, 7, 1), date(2024, 9, 30)),
}
Q3, Q4, Q1, Q2 = QUARTERS
AT_LEAST_80 = Threshold(">=", 80, "percent")


def value(period: str, number: float | None, **more: object) -> Value:
    start, end = QUARTERS[period]
    state = "missing" if number is None else "actual"
    given = {"shape": "percent", "state": state, **more}
    return Value(period, start, end, number=number, **given)  # type: ignore[arg-type]


def indicator(id: str, title: str, values: Sequence[Value] = (), **more: object) -> Indicator:  # noqa: A002
    target = more.pop("target", AT_LEAST_80)
    versions = more.pop("targets", (TargetVersion(target),))  # type: ignore[arg-type]
    given = {"polarity": "higher", "unit": "percent", "priority_no": 1, "priority_title": "Safer streets", **more}
    return Indicator(id, title, targets=versions, values=tuple(values), **given)  # type: ignore[arg-type]


def status(
    period: str, colour: Colour, number: float | None = None, target: float | None = 80, *,
    reason: ReasonCode | None = None, why: str = "", **more: object,
) -> PeriodStatus:  # fmt: skip
    shown = "" if number is None else f"{number:g}%"
    asked = "" if target is None else f"at least {target:g}%"
    said = why or f"{shown} against {asked}"
    return PeriodStatus(
        period, colour, said, reason, value=number, target=target, shown_value=shown, shown_target=asked,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def judged(id: str, *periods: PeriodStatus, warnings: Sequence[RowWarning] = ()) -> IndicatorStatus:  # noqa: A002
    return IndicatorStatus(id, periods, tuple(warnings))


def build_plan() -> tuple[Plan, list[IndicatorStatus]]:
    """One plan of two priorities: red, newly red, amber, green, three greys, a changed target, an odd figure."""
    rows = [
        indicator("1.1", "Victims satisfied", [value(Q1, 70), value(Q2, 60)], owner="Council"),
        indicator("1.2", "Cases closed", [value(Q1, 82), value(Q2, 72, part=18, whole=25)], owner="Police"),
        indicator("1.3", "Calls answered", [value(Q1, 79), value(Q2, 78)]),
        indicator("1.4", "Tips cleared", [value(Q3, 81), value(Q4, 84), value(Q1, 86), value(Q2, 90)],
                  targets=(TargetVersion(Threshold(">=", 90, "percent"), valid_to=date(2024, 3, 31)),
                           TargetVersion(AT_LEAST_80, valid_from=date(2024, 4, 1)))),
        indicator("2.1", "Visits made", [value(Q1, None), value(Q2, None)], priority_no=2, priority_title="Homes"),
        indicator("2.2", "Survey held", [value(Q1, 88)], priority_no=2, priority_title="Homes",
                  discontinued_on=date(2024, 7, 1)),
        indicator("2.3", "Referrals", [value(Q2, 12)], target=NoTarget("pending"), polarity="contested",
                  priority_no=2, priority_title="Homes"),
    ]  # fmt: skip
    answers = [
        judged("1.1", status(Q1, "red", 70), status(Q2, "red", 60, signal=Signal("within_noise", "Chance alone."))),
        judged("1.2", status(Q1, "green", 82), status(Q2, "red", 72, is_small=True)),
        judged("1.3", status(Q1, "amber", 79), status(Q2, "amber", 78)),
        judged("1.4", status(Q1, "green", 86), status(Q2, "green", 90, forecast=Forecast(0.9, "Likely.")),
               warnings=[RowWarning("printed_percent_differs", "Printed as 90%, but 8 of 10 is 80%.", Q2)]),
        judged("2.1", status(Q1, "grey", reason="no_data", why="no figure was reported"),
               status(Q2, "grey", reason="no_data", why="no figure was reported")),
        judged("2.2", status(Q1, "green", 88), status(Q2, "grey", reason="discontinued", why="no longer collected")),
        judged("2.3", status(Q2, "grey", 12, None, reason="no_target", why="no target is set")),
    ]  # fmt: skip
    return Plan("Testford Community Safety Partnership", tuple(rows)), answers


def build_two_plans() -> tuple[Plan, list[IndicatorStatus]]:
    """The older plan stands first in the file; one measure goes on with an easier target, one is dropped."""
    fly = {"series_key": "fly"}
    rows = (
        indicator(
            "A1", "Tips cleared", [value(Q4, 91)], plan="plan_2023_24", target=Threshold(">=", 90, "percent"), **fly
        ),
        indicator("A2", "Patrols held", [value(Q4, 50)], plan="plan_2023_24"),
        indicator("B1", "Tips cleared next day", [value(Q1, 70), value(Q2, 71)], plan="plan_2024_25", series_key="fly"),
    )
    answers = [
        judged("A1", status(Q4, "red", 71, 90)),
        judged("A2", status(Q4, "red", 50)),
        judged("B1", status(Q1, "red", 70), status(Q2, "red", 71)),
    ]
    return Plan("plans", rows), answers
