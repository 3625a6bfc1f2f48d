"""A figure of the store as the value of a return: counts kept, provisional said, and a reason where there is none."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from wardmote.evidence.interface import ask_figures
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.targets.plan import Basis, Value, ValueState
from wardmote.web.observatory.bindings import Binding, Stretch, check_binding, choose_period
from wardmote.web.observatory.reading import read_store

_BASES: Mapping[Stretch, Basis] = {"quarter": "quarter", "rolling12": "rolling12", "year_to_date": "cumulative"}
_STATES: Mapping[str, ValueState] = {"provisional": "provisional", "projected": "projected"}


def find_evidence_value(binding: Mapping[str, Any], period: str, store: Path | None = None) -> Value | Missing:
    """What does the store say of a bound indicator in a quarter, or why does it say nothing?

    `period` is the quarter as returns name it ("2026/27Q2"); without `store` the installation's own is asked. Raises
    UsageError for a binding or a period that means nothing. A store that is not there, or lacks a month, is a reason
    and no error.
    """
    bound = check_binding(binding)
    quarter = Period.parse(period)
    try:
        evidence = read_store(Path(store or settings.STORE))
    except UnreadableInputError as error:
        return Missing("source_missing", f"There is no evidence here yet: {error.fault.found}.")
    table = ask_figures(
        evidence, bound.indicator, bound.area, str(choose_period(bound.stretch, quarter)), ",".join(bound.only or ())
    )
    figure = next((f for f in table.figures if tuple(sorted(f.dimensions)) == bound.dimensions), None)
    if figure is None:
        return Missing("not_published", f"The store has no such part of {bound.indicator}.")
    if figure.value is None:
        return figure.missing or Missing("not_published", "The store has no value and does not say why.")
    return _make_value(figure, bound, period)


def _make_value(figure: Figure, bound: Binding, period: str) -> Value:
    common: dict[str, Any] = {
        "period": period, "start": _find_first_day(figure.period.first), "end": _find_last_day(figure.period.last),
        "basis": _BASES[bound.stretch], "state": _STATES.get(figure.state, "actual"), "source": figure.id,
        "note": "; ".join(figure.notes),
    }  # fmt: skip
    return Value(**common, **_choose_shape(figure, bound.scale))


def _choose_shape(figure: Figure, scale: float) -> dict[str, Any]:
    """Per cent of a whole keeps both counts, a rate its count, all else is a count."""
    number = None if figure.value is None else figure.value * scale
    if figure.denominator is None:
        return {"shape": "count", "number": number}
    if figure.unit.startswith("per cent") and figure.numerator is not None:
        return {"shape": "x_of_y", "part": figure.numerator, "whole": figure.denominator.value}
    return {"shape": "rate", "number": number, "count": figure.numerator}


def _find_first_day(month: Month) -> date:
    return date(month.year, month.number, 1)


def _find_last_day(month: Month) -> date:
    return _find_first_day(month + 1) - timedelta(days=1)
