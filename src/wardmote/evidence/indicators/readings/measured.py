"""Figures worked out from other figures: a share, a change, a rank. They keep their place, period and loads."""

from dataclasses import replace

from wardmote.evidence.model.figures import Figure, Interval, Missing

#: What the measures are called in figure ids and in words.
MEASURES = {
    "change_pct": "change on an earlier period",
    "share_pct": "share of the total",
    "rank": "place among peers, 1 for the highest",
    "trend_pct": "change a year over the years that may be joined",
    "half_of_crime_pct": "share of places that hold half of crime",
    "generalised_gini": "concentration, 0 evenly spread to 1 all in one place",
    "unlocated_pct": "share of the force's rows with no small area",
}


def derive(
    figure: Figure,
    measure: str,
    value: float | None,
    *,
    unit: str,
    against: str = "",
    interval: Interval | None = None,
    missing: Missing | None = None,
    numerator: float | None = None,
    notes: tuple[str, ...] = (),
) -> Figure:
    """A figure worked out from `figure`. `against` names what it is compared with: a period, a group, an indicator."""
    dimensions = (*figure.dimensions, ("measure", measure), *((("against", against),) if against else ()))
    absent = missing or (Missing("not_enough", "it cannot be worked out from these figures") if value is None else None)
    return replace(
        figure,
        dimensions=dimensions,
        value=None if absent else value,
        unit=unit,
        numerator=numerator,
        denominator=None,
        interval=None if absent else interval,
        state="missing" if absent else "actual",
        missing=absent,
        rows=None,
        notes=notes,
    )


def share_of(part: Figure, total: Figure) -> Figure:
    """What share of the total is this part, in per cent? Missing when either is, or when the total is 0.

    A share of another indicator (robbery of all crime) names it, since nothing else in the id would tell.
    """
    against = "" if part.indicator == total.indicator else total.indicator
    missing = part.missing or total.missing
    if missing is None and not total.value:
        missing = Missing("not_enough", "there is nothing to share: the total is 0")
    value = None if missing else 100 * (part.value or 0) / (total.value or 1)
    notes = (f"of {total.id}",)
    return derive(
        part, "share_pct", value, unit="%", against=against, missing=missing, numerator=part.value, notes=notes
    )
