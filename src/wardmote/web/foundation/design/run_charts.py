"""The chart of one indicator: axis, labels, target steps and breaks, with the same values as a table under it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup, escape

from wardmote.web.foundation.design.charts import Scale, Values, draw_runs, draw_target, list_known
from wardmote.web.foundation.design.words import NO_VALUE, say_number


class Frame(NamedTuple):
    """The size of a drawing, where the lines stand on it, and how many periods can be written at its foot."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    most_labels: int
    name: str  # of its style


WIDE = Frame(760, 340, 64, 744, 30, 288, 9, "wm-chart__svg wm-chart__svg--wide")
#: For a phone: the last periods only, in a drawing that needs no scrolling.
NARROW = Frame(320, 260, 52, 312, 28, 212, 2, "wm-chart__svg wm-chart__svg--narrow")
MOST_ON_NARROW = 8


class Drawn(NamedTuple):
    """What is drawn: the periods with their points and targets, where they break off, and where a count begins anew."""

    periods: Sequence[str]
    points: Values
    targets: Values
    breaks: Mapping[int, str]
    restarts: Sequence[int] = ()
    first_break: int = 1  # the number of the first of `breaks`, where breaks before it are not drawn
    doubts: Mapping[int, str] = MappingProxyType({})  # values that may be incomplete, each with why

    def keep_last(self, count: int) -> "Drawn":
        """The last so many periods, their breaks by the same numbers."""
        cut = max(len(self.periods) - count, 0)
        breaks = {at - cut: text for at, text in self.breaks.items() if at > cut}
        restarts = tuple(at - cut for at in self.restarts if at > cut)
        number = 1 + len(self.breaks) - len(breaks)
        doubts = {at - cut: text for at, text in self.doubts.items() if at >= cut}
        return Drawn(self.periods[cut:], self.points[cut:], self.targets[cut:], breaks, restarts, number, doubts)


def choose_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round numbers that enclose all values: steps of 1, 2, 2.5 or 5 times a power of ten."""
    if math.isclose(low, high, rel_tol=1e-6, abs_tol=1e-6):  # a flat line stands in the middle of its axis
        low, high = (low - abs(low) / 10, high + abs(high) / 10) if abs(low) > 1e-6 else (low, high + 1)
    rough = (high - low) / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def draw_axis(frame: Frame, scale: Scale, ticks: Sequence[float]) -> str:
    """Faint lines across, each with its number."""
    decimals = max(len(f"{tick:.10f}".rstrip("0").partition(".")[2]) for tick in ticks)
    return "".join(
        f'<path class="wm-grid" d="M{frame.left} {scale.y(tick):.1f}H{frame.right}"/>'
        f'<text x="{frame.left - 8}" y="{scale.y(tick) + 5:.1f}" text-anchor="end">{say_number(tick, decimals)}</text>'
        for tick in ticks
    )


def draw_periods(frame: Frame, scale: Scale, periods: Sequence[str]) -> str:
    """The periods along the foot, as many as can be read, always with the last."""
    every = max(1, math.ceil(len(periods) / frame.most_labels))
    shown = [index for index in range(len(periods)) if (len(periods) - 1 - index) % every == 0]
    return "".join(
        f'<text x="{scale.x(index):.1f}" y="{frame.bottom + 26}" text-anchor="{name_anchor(index, len(periods))}">'
        f"{escape(periods[index])}</text>"
        for index in shown
    )


def name_anchor(index: int, count: int) -> str:
    """The last label ends at its point, or it would run out of the drawing."""
    return "end" if index == count - 1 and count > 1 else "middle"


def draw_breaks(frame: Frame, scale: Scale, breaks: Mapping[int, str], *, first: int = 1) -> str:
    """An upright dotted line before each first value that may not be compared with those before it."""
    parts = []
    for number, index in enumerate(sorted(breaks), start=first):
        x = scale.x(max(index - 0.5, 0))
        parts.append(f'<path class="wm-break" d="M{x:.1f} {frame.top - 10}V{frame.bottom}"/>')
        parts.append(f'<text class="wm-break-label" x="{x + 4:.1f}" y="{frame.top - 12}">Break {number}</text>')
    return "".join(parts)


def draw_dots(scale: Scale, points: Values) -> str:
    """A dot for each value, the last one larger."""
    known = [(index, value) for index, value in enumerate(points) if value is not None]
    dots = [f'<circle cx="{scale.x(i):.1f}" cy="{scale.y(v):.1f}" r="3"/>' for i, v in known[:-1]]
    last = [f'<circle class="wm-last" cx="{scale.x(i):.1f}" cy="{scale.y(v):.1f}" r="6"/>' for i, v in known[-1:]]
    return "".join(dots + last)


def draw_doubts(scale: Scale, points: Values, doubts: Iterable[int]) -> str:
    """A ring around each value that may be incomplete."""
    known = [(at, points[at]) for at in sorted(doubts)]
    return "".join(
        f'<circle cx="{scale.x(at):.1f}" cy="{scale.y(value):.1f}" r="9" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-dasharray="3 2"/>'
        for at, value in known
        if value is not None
    )


def draw_rows(drawn: Drawn, columns: Sequence[Values]) -> Markup:
    """The rows of the table: the period, and its number of each column."""
    row = Markup('<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}{}</th>{}</tr>')
    cell = Markup('<td class="govuk-table__cell govuk-table__cell--numeric">{}</td>')
    note, doubt = Markup('<span class="wm-note">Break: {}</span>'), Markup('<span class="wm-note">{}</span>')
    return Markup("").join(
        row.format(
            period,
            (note.format(drawn.breaks[index]) if index in drawn.breaks else Markup(""))
            + (doubt.format(drawn.doubts[index]) if index in drawn.doubts else Markup("")),
            Markup("").join(
                cell.format(say_number(column[index]) if index < len(column) else NO_VALUE) for column in columns
            ),
        )
        for index, period in enumerate(drawn.periods)
    )


def draw_table(title: str, drawn: Drawn, *, unit: str, alone: Values = ()) -> Markup:
    """All values of the chart, for everybody who would rather read them.

    `alone`: each period's own figure, where the chart shows what was counted so far.
    """
    head = Markup('<th scope="col" class="govuk-table__header govuk-table__header--numeric">{}</th>')
    named = [(f"{_name_value(alone)}{f', {unit}' if unit else ''}", drawn.points)]
    named += [("The period alone", alone)] if alone else []
    named += [("Target for the total" if alone else "Target", drawn.targets)] if drawn.targets else []
    return Markup(
        '<details class="govuk-details wm-chart__table"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">Values as a table</span></summary>'
        '<div class="govuk-details__text wm-scroll" tabindex="0" role="region" aria-label="{title}: values">'
        '<table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--s">{title}</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">'
        'Period</th>{heads}</tr></thead><tbody class="govuk-table__body">{rows}</tbody></table></div></details>'
    ).format(
        title=title,
        heads=Markup("").join(head.format(name) for name, _ in named),
        rows=draw_rows(drawn, [column for _, column in named]),
    )


def _name_value(alone: Values) -> str:
    return "Total so far in the year" if alone else "Value"


def draw_run_chart(
    title: str,
    periods: Sequence[str],
    points: Values,
    target_points: Values = (),
    *,
    unit: str = "",
    breaks: Mapping[int, str] | None = None,
    summary: str | None = None,
    alone: Values = (),
    restarts: Sequence[int] = (),
    doubts: Mapping[int, str] | None = None,
) -> Markup:
    """The chart of one indicator with its values as a table.

    `breaks` maps the index of the first value after a break to what happened; `summary` is the sentence a reader hears
    in place of the drawing. Where `points` are totals so far, `alone` holds each period's own figure and `restarts` the
    index of each first value of a new count. `doubts` says of values why they may be incomplete. A phone is shown the
    last periods, which need no scrolling.
    """
    drawn = Drawn(periods, points, target_points, breaks or {}, restarts, doubts=doubts or {})
    if not list_known(points):
        return Markup('<p class="govuk-body wm-spark--empty">No values yet.</p>')
    words = summary or describe_chart(title, periods, points, target_points, unit=unit, is_total=bool(alone))
    return Markup(
        '<figure class="wm-chart"><figcaption class="wm-chart__caption">{title}{unit}</figcaption>{key}'
        '<div class="wm-scroll wm-chart__wide" tabindex="0" role="region" aria-label="{title}: chart">{wide}</div>'
        "{narrow}{notes}{table}</figure>"
    ).format(
        title=title,
        unit=Markup('<span class="wm-chart__unit">, {}</span>').format(unit) if unit else "",
        key=draw_key(has_target=bool(list_known(target_points)), is_total=bool(alone)),
        wide=draw_lines(WIDE, drawn, words),
        narrow=draw_narrow(drawn, words),
        notes=draw_notes(periods, drawn.breaks, drawn.doubts),
        table=draw_table(title, drawn, unit=unit, alone=alone),
    )


def draw_lines(frame: Frame, drawn: Drawn, words: str) -> Markup:
    """The drawing itself, in one of its sizes."""
    known = list_known(drawn.points, drawn.targets)
    ticks = choose_ticks(min(known), max(known))
    scale = Scale(
        ticks[0], ticks[-1], frame.left + 12, frame.right - 10, frame.top, frame.bottom, len(drawn.periods)
    )  # fmt: skip
    drawing = Markup(  # noqa: S704 - numbers of our own; every word is escaped where it is written
        draw_axis(frame, scale, ticks)
        + draw_periods(frame, scale, drawn.periods)
        + draw_breaks(frame, scale, drawn.breaks, first=drawn.first_break)
        + draw_target(scale, drawn.targets, drawn.restarts)
        + draw_runs(scale, drawn.points, (*drawn.breaks, *drawn.restarts), 3)
        + draw_dots(scale, drawn.points)
        + draw_doubts(scale, drawn.points, drawn.doubts)
    )
    svg = Markup('<svg class="{name}" role="img" aria-label="{words}" viewBox="0 0 {width} {height}">{drawing}</svg>')
    return svg.format(name=frame.name, words=words, width=frame.width, height=frame.height, drawing=drawing)


def draw_narrow(drawn: Drawn, words: str) -> Markup:
    """The drawing for a phone; where its last periods hold no value, there is none but the table."""
    last = drawn.keep_last(MOST_ON_NARROW)
    if not list_known(last.points):
        return Markup("")
    cut = len(last.periods) < len(drawn.periods)
    said = f'<p class="wm-note">The last {len(last.periods)} periods; all of them follow as a table.</p>' if cut else ""
    return Markup('<div class="wm-chart__narrow">{}{}</div>').format(
        draw_lines(NARROW, last, words),
        Markup(said),  # noqa: S704 - a number of our own
    )


def describe_chart(
    title: str, periods: Sequence[str], points: Values, targets: Values, *, unit: str, is_total: bool = False
) -> str:
    """The chart in one sentence: from when and what to when and what."""
    known = [(periods[index], value) for index, value in enumerate(points) if value is not None]
    (first, start), (last, end) = known[0], known[-1]
    aims = list_known(targets)
    aim = f" The latest target is {say_number(aims[-1])}." if aims else ""
    unit = f" {unit}" if unit else ""
    ends = f"{say_number(start)}{unit} in {first}, {say_number(end)}{unit} in {last}"
    what = "total so far in the year, " if is_total else ""
    return f"{title}: {what}{ends}.{aim} All values follow as a table."


def draw_key(*, has_target: bool, is_total: bool = False) -> Markup:
    """What the lines mean, where there are two, or where one does not show the values themselves."""
    if not has_target and not is_total:
        return Markup("")
    value = "Total so far in the year" if is_total else "Value"
    target = Markup(
        ' <span><svg viewBox="0 0 30 10" width="30" height="10"><path class="wm-target" d="M1 5H29"/></svg> {}</span>'
    ).format("Target for the total" if is_total else "Target")
    return Markup(
        '<p class="wm-key" aria-hidden="true"><span><svg viewBox="0 0 30 10" width="30" height="10">'
        '<path class="wm-line" d="M1 5H22"/><circle class="wm-last" cx="24" cy="5" r="4"/></svg> {}</span>{}</p>'
    ).format(value, target if has_target else "")


def draw_notes(periods: Sequence[str], breaks: Mapping[int, str], doubts: Mapping[int, str]) -> Markup:
    """What each break is, in words, and each ring around a value."""
    notes = Markup("").join(
        Markup("<li>Break {} before {}: {}</li>").format(number, periods[index], breaks[index])
        for number, index in enumerate(sorted(breaks), start=1)
    )
    notes += Markup("").join(Markup("<li>Ringed: {}</li>").format(doubts[index]) for index in sorted(doubts))
    return Markup('<ul class="govuk-list wm-chart__notes">{}</ul>').format(notes) if notes else Markup("")
