"""At a glance: what a chief executive reads if nothing else."""

from wardmote.evidence.indicators.readings.comparisons import derive_rate_change
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.reports.assessment.blocks import list_points, remark, say
from wardmote.evidence.reports.assessment.changes import (
    headline_comparison,
    label_change,
    name_against,
    name_touched,
    official_comparison,
)
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.residents import describe_rate
from wardmote.evidence.reports.assessment.sections.changed import list_offences
from wardmote.evidence.reports.direction import ARROWS, describe_change, name_period, write_per
from wardmote.evidence.reports.document import (
    Block,
    Inline,
    InlineLike,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Text,
)
from wardmote.evidence.reports.numbers import write_interval


def build_glance(context: Context) -> Section:
    blocks: list[Block] = [_say_total(context), _show_headlines(context), list_points(_say_points(context))]
    if _lacks_year(context):
        blocks.append(
            remark(
                "missing",
                f"The open data does not hold every month of {name_period(context.period)}, so counts of that year are"
                " not given. " + _say_newest(context),
            )
        )
    return Section("at-a-glance", "At a glance", tuple(blocks))


def _say_total(context: Context) -> Paragraph:
    """The count to quote and the count behind the patterns, side by side."""
    when, own, official = name_period(context.period), context.figure("crime_count"), context.official_crime
    if official is None and own.missing:
        return say(f"No source that is loaded holds all recorded crime in {context.area.title} for {when}.")
    if official is None:
        tail = f"No official table for {when} is loaded, so this count comes from the police's open data."
        return say(f"{context.area.title} had ", context.ledger.ref(own), f" recorded offences in {when}. {tail}")
    lead = say("The official tables count ", context.ledger.ref(official), f" offences in {when}: quote this figure. ")
    if own.missing:
        return Paragraph((*lead.children, Text("The open data does not hold the whole period.")))
    patterns = "The open data, from which the patterns in this report come, holds "
    return Paragraph((*lead.children, Text(patterns), context.ledger.ref(own), Text(".")))


def _lacks_year(context: Context) -> bool:
    return context.figure("crime_count").missing is not None


def _say_newest(context: Context) -> str:
    newest = context.newest_year
    return f"The newest twelve months on end are {newest.title}." if newest else "No twelve months on end are held."


def _show_headlines(context: Context) -> KeyFigures:
    crime_id = _headline_id(context)
    crime, rate = context.figure(crime_id), context.figure(context.definition(crime_id).rate_id)
    asb, where = context.figure("asb_count"), "open data" if crime_id == "crime_count" else "official tables"
    items = [
        context.ledger.key("Recorded crime", crime, f"offences in {name_period(context.period)}, {where}"),
        context.ledger.key(
            "Rate",
            rate,
            describe_rate(context, rate),
        ),
        _show_change(context),
        context.ledger.key("Anti-social behaviour", asb, "incidents, apart from crime, open data"),
    ]
    return KeyFigures(tuple(items))


def _headline_id(context: Context) -> str:
    return "official_crime_count" if context.official_crime else "crime_count"


def _show_change(context: Context) -> KeyFigure:
    crime_id = _headline_id(context)
    comparison = context.comparison(crime_id)
    if comparison.change is None:
        comparison = headline_comparison(context, "crime_count")
    said = [f"{ARROWS[comparison.direction]} {describe_change(comparison).word}: recorded crime"]
    said.append(name_against(context, comparison))
    touched = name_touched(context, comparison)
    said += [f"{touched} under All recorded crime"] if touched else []
    return context.ledger.key(label_change(context, comparison), derive_rate_change(comparison), "; ".join(said))


def _say_points(context: Context) -> list[InlineLike]:
    points: list[InlineLike] = []
    position = context.position("crime_count")
    if not isinstance(position, Missing):
        points.append(
            [
                "Recorded crime per resident ranks ",
                context.ledger.ref(position.rank),
                (
                    f" {position.group.title} for {name_period(position.period)} (likely"
                    f" {write_interval(position.rank)}; 1 is the highest)."
                ),
            ]
        )
    points += _say_movers(context)
    points += _say_largest(context)
    points += _say_asb(context)
    return points


def _say_largest(context: Context) -> list[InlineLike]:
    """The offence with most records."""
    counted = [(t, f) for t, i in list_offences(context)[1:-1] if (f := context.figure(i)).is_known]
    crime = context.figure("crime_count")
    if not counted or not crime.value:
        return []
    title, figure = max(counted, key=lambda pair: pair[1].value or 0)
    share = 100 * (figure.value or 0) / crime.value
    return [
        [
            f"{title} is the largest category: ",
            context.ledger.ref(figure),
            f" offences, {share:.1f}% of recorded crime.",
        ]
    ]


def _say_movers(context: Context) -> list[InlineLike]:
    """What rose and what fell by more than noise, on the years that may be compared."""
    points: list[InlineLike] = []
    offences = list_offences(context)[1:-1]
    pairs = [(t, context.comparison(i)) for t, i in offences]
    known = [(t, c) for t, c in pairs if c.change is not None]
    where = f"On the open data for {name_period(context.period)}"
    if not known:
        official = [(t, c) for t, i in offences if (c := official_comparison(context, i)) is not None]
        known = [(t, c) for t, c in official if c.change is not None]
        if known:
            where = f"In the official tables for {name_period(known[0][1].current.period)}"
    if not known:
        return ["No offence can be compared with a year before: the section on what changed says why."]
    for word in ("rose", "fell"):
        movers = [(t, c) for t, c in known if c.direction == word]
        if movers:
            movers.sort(key=lambda pair: -abs(derive_rate_change(pair[1]).value or 0))
            parts: list[str | Inline] = []
            for number, (title, c) in enumerate(movers):
                touched = name_touched(context, c)
                tail = f"; {touched} in its section)" if touched else ")"
                parts += [", " if number else "", f"{title.lower()} (", context.ledger.ref(derive_rate_change(c)), tail]
            per = write_per(movers[0][1])
            points.append([f"{where} these {word}{per} by more than noise: ", *parts, "."])
        else:
            points.append(f"{where} no offence {word} by more than noise.")
    return points


def _say_asb(context: Context) -> list[InlineLike]:
    """Anti-social behaviour on its own, since it is no crime."""
    comparison = context.comparison("asb_count")
    if comparison.change is None:
        return []
    context.ledger.record(derive_rate_change(comparison))
    return [f"Anti-social behaviour, counted apart: {_lower(describe_change(comparison).sentence)}"]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
