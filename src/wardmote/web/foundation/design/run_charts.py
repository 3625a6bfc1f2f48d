"""The chart of one indicator: axis, labels, target steps and breaks, with the same values as a table under it."""

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from wardmote.web.foundation.design.charts import Scale, Values, draw_runs, draw_target, list_known
from wardmote.web.foundation.design.words import NO_VALUE, say_number

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 64, 744, 30, 288
MOST_LABELS = 9


def choose_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers that enclose all values: steps of 1, 2, 2.5 or 5 times a power of ten."""
    if math.isclose(low, high, rel_tol=1e-6, abs_tol=1e-6):  # a flat line stands in the middle of its axis
        low, high = (low - abs(low) / 10, high + abs(high) / 10) if abs(low) > 1e-6 else (low, high + 1)
    rough = (high - low) / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def draw_axis(scale: Scale, ticks: Sequence[float]) -> str:
    """Faint lines across, each with its number."""
    decimals = max(len(f"{tick:.10f}".rstrip("0").partition(".")[2]) for tick in ticks)
    return "".join(
        f'<path class="wm-grid" d="M{LEFT} {scale.y(tick):.1f}H{RIGHT}"/>'
        f'<text x="{LEFT - 8}" y="{scale.y(tick) + 5:.1f}" text-anchor="end">{say_number(tick, decimals)}</text>'
        for tick in ticks
    )


def draw_periods(scale: Scale, periods: Sequence[str]) -> str:
    """The periods along the foot, as many as can be read, always with the last."""
    every = max(1, math.ceil(len(periods) / MOST_LABELS))
    shown = [index for index in range(len(periods)) if (len(periods) - 1 - index) % every == 0]
    return "".join(
        f'<text x="{scale.x(index):.1f}" y="{BOTTOM + 26}" text-anchor="{name_anchor(index, len(periods))}">'
        f"{escape(periods[index])}</text>"
        for index in shown
    )


def name_anchor(index: int, count: int) -> str:
    """The last label ends at its point, or it would run out of the drawing."""
    return "end" if index == count - 1 and count > 1 else "middle"


def draw_breaks(scale: Scale, breaks: Mapping[int, str]) -> str:
    """An upright dotted line before each first value that may not be compared with those before it."""
    parts = []
    for number, index in enumerate(sorted(breaks), start=1):
        x = scale.x(max(index - 0.5, 0))
        parts.append(f'<path class="wm-break" d="M{x:.1f} {TOP - 10}V{BOTTOM}"/>')
        parts.append(f'<text class="wm-break-label" x="{x + 4:.1f}" y="{TOP - 12}">Break {number}</text>')
    return "".join(parts)


def draw_dots(scale: Scale, points: Values) -> str:
    """A dot for each value, the last one larger."""
    known = [(index, value) for index, value in enumerate(points) if value is not None]
    dots = [f'<circle cx="{scale.x(i):.1f}" cy="{scale.y(v):.1f}" r="3"/>' for i, v in known[:-1]]
    last = [f'<circle class="wm-last" cx="{scale.x(i):.1f}" cy="{scale.y(v):.1f}" r="6"/>' for i, v in known[-1:]]
    return "".join(dots + last)


def draw_rows(periods: Sequence[str], points: Values, targets: Values, breaks: Mapping[int, str]) -> Markup:
    """The rows of the table: period, value, target."""
    row = Markup(
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}{}</th>'
        '<td class="govuk-table__cell govuk-table__cell--numeric">{}</td>{}</tr>'
    )
    aim = Markup('<td class="govuk-table__cell govuk-table__cell--numeric">{}</td>')
    return Markup("").join(
        row.format(
            period,
            Markup('<span class="wm-note">Break: {}</span>').format(breaks[index]) if index in breaks else "",
            say_number(points[index]),
            aim.format(say_number(targets[index]) if index < len(targets) else NO_VALUE) if targets else "",
        )
        for index, period in enumerate(periods)
    )


def draw_table(
    title: str, periods: Sequence[str], points: Values, targets: Values, *, unit: str, breaks: Mapping[int, str]
) -> Markup:
    """All values of the chart, for everybody who would rather read them."""
    head = Markup('<th scope="col" class="govuk-table__header govuk-table__header--numeric">{}</th>')
    return Markup(
        '<details class="govuk-details wm-chart__table"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">Values as a table</span></summary>'
        '<div class="govuk-details__text wm-scroll" tabindex="0" role="region" aria-label="{title}: values">'
        '<table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--s">{title}</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">'
        'Period</th>{value}{target}</tr></thead><tbody class="govuk-table__body">{rows}</tbody></table></div></details>'
    ).format(
        title=title,
        value=head.format(f"Value, {unit}" if unit else "Value"),
        target=head.format("Target") if targets else "",
        rows=draw_rows(periods, points, targets, breaks),
    )


def draw_run_chart(
    title: str,
    periods: Sequence[str],
    points: Values,
    target_points: Values = (),
    *,
    unit: str = "",
    breaks: Mapping[int, str] | None = None,
    summary: str | None = None,
) -> Markup:
    """The chart of one indicator with its values as a table.

    `breaks` maps the index of the first value after a break to what happened; `summary` is the sentence a reader hears
    in place of the drawing.
    """
    breaks = breaks or {}
    known = list_known(points, target_points)
    if not list_known(points):
        return Markup('<p class="govuk-body wm-spark--empty">No values yet.</p>')
    ticks = choose_ticks(min(known), max(known))
    scale = Scale(ticks[0], ticks[-1], LEFT + 12, RIGHT - 10, TOP, BOTTOM, len(periods))
    drawing = Markup(  # noqa: S704 - numbers of our own; every word is escaped where it is written
        draw_axis(scale, ticks)
        + draw_periods(scale, periods)
        + draw_breaks(scale, breaks)
        + draw_target(scale, target_points)
        + draw_runs(scale, points, breaks, 3)
        + draw_dots(scale, points)
    )
    return Markup(
        '<figure class="wm-chart"><figcaption class="wm-chart__caption">{title}{unit}</figcaption>{key}'
        '<div class="wm-scroll" tabindex="0" role="region" aria-label="{title}: chart">'
        '<svg class="wm-chart__svg" role="img" aria-label="{words}" viewBox="0 0 {width} {height}">{drawing}'
        "</svg></div>"
        "{notes}{table}</figure>"
    ).format(
        title=title,
        unit=Markup('<span class="wm-chart__unit">, {}</span>').format(unit) if unit else "",
        key=draw_key(has_target=bool(list_known(target_points))),
        words=summary or describe_chart(title, periods, points, target_points, unit=unit),
        width=WIDTH,
        height=HEIGHT,
        drawing=drawing,
        notes=draw_notes(periods, breaks),
        table=draw_table(title, periods, points, target_points, unit=unit, breaks=breaks),
    )


def describe_chart(title: str, periods: Sequence[str], points: Values, targets: Values, *, unit: str) -> str:
    """The chart in one sentence: from when and what to when and what."""
    known = [(periods[index], value) for index, value in enumerate(points) if value is not None]
    (first, start), (last, end) = known[0], known[-1]
    aims = list_known(targets)
    aim = f" The latest target is {say_number(aims[-1])}." if aims else ""
    unit = f" {unit}" if unit else ""
    ends = f"{say_number(start)}{unit} in {first}, {say_number(end)}{unit} in {last}"
    return f"{title}: {ends}.{aim} All values follow as a table."


def draw_key(*, has_target: bool) -> Markup:
    """What the lines mean, where there are two."""
    if not has_target:
        return Markup("")
    return Markup(
        '<p class="wm-key" aria-hidden="true"><svg viewBox="0 0 30 10" width="30" height="10"><path class="wm-line"'
        ' d="M1 5H22"/><circle class="wm-last" cx="24" cy="5" r="4"/></svg> Value <svg viewBox="0 0 30 10" width="30"'
        ' height="10"><path class="wm-target" d="M1 5H29"/></svg> Target</p>'
    )


def draw_notes(periods: Sequence[str], breaks: Mapping[int, str]) -> Markup:
    """What each break is, in words."""
    notes = Markup("").join(
        Markup("<li>Break {} before {}: {}</li>").format(number, periods[index], breaks[index])
        for number, index in enumerate(sorted(breaks), start=1)
    )
    return Markup('<ul class="govuk-list wm-chart__notes">{}</ul>').format(notes) if notes else Markup("")
