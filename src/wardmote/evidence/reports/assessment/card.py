"""The card of one offence: how many, how often, changed or not, through time, among peers, where."""

from collections.abc import Sequence

from wardmote.evidence.definitions.offences import OffenceNode
from wardmote.evidence.indicators.readings.comparisons import Comparison, derive_rate_change
from wardmote.evidence.indicators.readings.geography import PlaceTable, list_ward_sets
from wardmote.evidence.indicators.readings.measured import share_of
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.reports.assessment.blocks import (
    join_words,
    lack,
    make_table,
    name_source,
    names,
    numbers,
    pair_charts,
    remark,
    say,
    text_cell,
)
from wardmote.evidence.reports.assessment.changes import (
    headline_comparison,
    label_change,
    name_against,
    name_pair,
    name_touched,
    official_comparison,
    shared_comparison,
)
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.pictures import draw_months, draw_peers, draw_profile, draw_years
from wardmote.evidence.reports.assessment.residents import describe_rate, explain_rates, note_residents, note_unnamed
from wardmote.evidence.reports.direction import ARROWS, describe_change, name_period, write_per
from wardmote.evidence.reports.document import (
    Block,
    Callout,
    CalloutKind,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Section,
    Tone,
)
from wardmote.evidence.reports.numbers import write_figure, write_interval


def build_card(context: Context, key: str, title: str, count_id: str, *, note: str = "") -> Section:
    """A section on one offence or group. What is missing is said in its place."""
    blocks: list[Block] = [show_key_figures(context, count_id)]
    if note:
        blocks.append(remark("note", note))
    blocks += tell_changes(context, count_id)
    blocks += pair_charts(
        context,
        lambda shown: draw_years(shown, key, count_id, title),
        lambda shown: draw_profile(shown, key, count_id, title),
    )
    blocks += draw_months(context, key, count_id, title)
    blocks += draw_peers(context, key, count_id, title)
    blocks += list_top_wards(context, key, count_id, title)
    return Section(key, title, say_once(blocks))


def say_once(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A remark that the change and the trend share stands once, where it is first needed."""
    return tuple(b for i, b in enumerate(blocks) if not (isinstance(b, Callout) and b in blocks[:i]))


# -- at a glance --------------------------------------------------------------------------------------------
def show_key_figures(context: Context, count_id: str) -> KeyFigures:
    """Count, rate, change and rank, each with the words that it has earned."""
    definition = context.definition(count_id)
    count, rate = context.figure(count_id), context.figure(definition.rate_id)
    where = f"{context.area.title}, {name_period(context.period)}"
    items = [
        context.ledger.key("Count", count, f"{definition.unit} in {where}"),
        context.ledger.key("Rate", rate, describe_rate(context, rate)),
        _show_change(context, count_id),
        _show_rank(context, count_id),
    ]
    return KeyFigures(tuple(items))


def _show_change(context: Context, count_id: str) -> KeyFigure:
    comparison = headline_comparison(context, count_id)
    change, words = derive_rate_change(comparison), describe_change(comparison)
    detail = f"{ARROWS[comparison.direction]} {words.word}"
    return context.ledger.key(
        label_change(context, comparison),
        change,
        "; ".join(filter(None, [detail, name_against(context, comparison), name_touched(context, comparison)])),
        tone=_tone(context, count_id, comparison),
    )


def _tone(context: Context, count_id: str, comparison: Comparison) -> Tone:
    polarity = context.definition(count_id).polarity
    if polarity != "lower_is_better" or comparison.direction in (None, "similar"):
        return "neutral"
    if comparison.cautions:  # a break in a part of the total is neither good news nor bad
        return "caution"
    return "good" if comparison.direction == "fell" else "bad"


def _show_rank(context: Context, count_id: str) -> KeyFigure:
    position = context.position(count_id)
    if isinstance(position, Missing):
        return KeyFigure("Place among peers", "[x]", position.why)
    limits = write_interval(position.rank)
    detail = f"likely {limits}; 1 is the highest rate; {position.group.title}, {name_period(position.period)}"
    return context.ledger.key("Place among peers", position.rank, detail)


# -- in words -----------------------------------------------------------------------------------------------
def tell_changes(context: Context, count_id: str) -> list[Block]:
    """The change of the period, and that of the official tables, each in a sentence of its own."""
    own = context.comparison(count_id)
    shared = shared_comparison(context, count_id)
    official = shared or official_comparison(context, count_id)
    blocks: list[Block] = [_tell(context, own, "on the open data")]
    if official is not None:
        whose = f" for {context.official_area.title} together" if shared else ""
        blocks.append(_tell(context, official, f"in the official tables{whose}"))
    blocks += [remark("caution", c) for c in dict.fromkeys((*own.cautions, *(official.cautions if official else ())))]
    return blocks


def _tell(context: Context, comparison: Comparison, where: str) -> Block:
    words, period = describe_change(comparison), name_period(comparison.current.period)
    if comparison.change is None:
        is_break = comparison.refused is not None and comparison.refused.code == "break_in_series"
        kind: CalloutKind = "break" if is_break else "missing"
        return remark(kind, f"{where[:1].upper()}{where[1:]}, {period} {words.sentence.removeprefix('It ')}")
    context.ledger.record(derive_rate_change(comparison))
    touched = name_touched(context, comparison)
    part = f" {touched[:1].upper()}{touched[1:]}." if touched else ""
    return say(f"In {period}, {where}: ", context.ledger.ref(comparison.current), f". {words.sentence}{part}")


# -- where --------------------------------------------------------------------------------------------------
def list_top_wards(context: Context, key: str, count_id: str, title: str) -> list[Block]:
    """The five wards with most, with rates, intervals, shares and how often they were among the five."""
    try:
        sets = list_ward_sets(context.evidence, context.area.code)
    except UsageError as error:
        return [lack("Wards", str(error))]
    if not sets:
        return [lack("Wards", "no look-up links the small areas to wards")]
    chosen = context.ward_set(sets)
    table = context.places(count_id, chosen)
    if isinstance(table, Missing):
        return [lack("Wards", table.why)]
    return [render_top(context, f"{key}-wards", f"{title}: the five wards with most", table)]


def render_top(context: Context, table_id: str, caption: str, table: PlaceTable) -> Block:
    columns: list[Column] = [
        names("Ward", 0.34),
        numbers("Count"),
        numbers("Share"),
        numbers("Rate per 1,000"),
        numbers("95% interval"),
        numbers("Quarters among the five"),
    ]
    rows = [
        (
            text_cell(row.name),
            context.ledger.cell(row.count),
            context.ledger.cell(row.share),
            context.ledger.cell(row.rate),
            text_cell(write_interval(row.rate)),
            text_cell("" if row.quarters_in_top is None else f"{row.quarters_in_top} of {row.quarters_known}"),
        )
        for row in table.top
    ]
    lost = f" {table.unplaced:,.0f} rows could not be placed in a ward." if table.unplaced else ""
    said = [
        f"Wards of {table.area_set.year}.{lost}",
        note_residents([r.rate for r in table.top], "ward"),
        explain_rates(context, table, table.top),
        note_unnamed([(r.code, r.name) for r in table.top], "wards"),
        *table.notes,
    ]
    note = " ".join(filter(None, said))
    return make_table(table_id, caption, columns, rows, note=note, source=name_source(table.top[0].count))


# -- what a group is made of --------------------------------------------------------------------------------
def list_parts(context: Context, key: str, title: str, count_id: str, parts: tuple[OffenceNode, ...]) -> list[Block]:
    """Each part's count, share, rate and change with its word."""
    whole = context.figure(count_id)
    changes = [headline_comparison(context, f"{part.id}_count") for part in parts]
    pairs = dict.fromkeys(name_pair(c) for c in [c for c in changes if c.change] or changes)
    is_dated = len({c.current.period for c in changes}) > 1
    rows = [_part_row(context, part, count_id, is_dated=is_dated) for part in parts]
    columns = (names("Offence", 0.3), numbers("Count"), numbers("Share"), numbers("Rate per 1,000"), Column("Change"))
    note = (
        f"Change: {join_words(list(pairs))}. Each is tested on its own; 'similar' means that the difference can come"
        f" about by chance. {note_residents([context.figure(f'{part.id}_rate') for part in parts])}"
    ).strip()
    table = make_table(
        f"{key}-parts", f"{title}: what it is made of", columns, rows, note=note, source=name_source(whole)
    )
    return [table, *(remark("caution", c) for c in dict.fromkeys(c for change in changes for c in change.cautions))]


def _part_row(context: Context, part: OffenceNode, whole_id: str, *, is_dated: bool) -> tuple[Cell, ...]:
    """One part. Where the parts' changes are of different years each says its own."""
    count_id = f"{part.id}_count"
    count, whole = context.figure(count_id), context.figure(whole_id)
    comparison = headline_comparison(context, count_id)
    change, word = derive_rate_change(comparison), describe_change(comparison).word
    text = f"{ARROWS[comparison.direction]} {word}"
    text += f", {write_figure(change)}{write_per(comparison)}" if change.is_known else ""
    text += f", {name_period(comparison.current.period)}" if is_dated else ""
    touched = name_touched(context, comparison)
    text += f" ({touched})" if touched else ""
    return (
        text_cell(part.title),
        context.ledger.cell(count),
        context.ledger.cell(share_of(count, whole)),
        context.ledger.cell(context.figure(context.definition(count_id).rate_id)),
        context.ledger.cell(change, text),
    )
