"""What changed, and whether it is more than noise: every offence on one page."""

from wardmote.evidence.indicators.readings.comparisons import Comparison, derive_rate_change
from wardmote.evidence.reports.assessment.blocks import (
    join_words,
    lack,
    list_points,
    make_chart,
    make_table,
    name_source,
    names,
    numbers,
    remark,
    say,
    text_cell,
)
from wardmote.evidence.reports.assessment.card import say_once
from wardmote.evidence.reports.assessment.changes import name_touched, official_comparison, shared_comparison
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.charts.bars import ChangeRow, change_dots
from wardmote.evidence.reports.direction import ARROWS, describe_change, name_period
from wardmote.evidence.reports.document import Block, Column, Section
from wardmote.evidence.reports.numbers import write_count, write_interval


def build_changed(context: Context) -> Section:
    """The open data's own comparison, and that of the official tables, each on its own years."""
    own = [(title, context.comparison(count_id)) for title, count_id in list_offences(context)]
    official = _compare_official(context)
    blocks: list[Block] = [say(_say_test(own, official))]
    blocks += _show(context, "changed-open", f"On the open data, {name_period(context.period)}", own)
    if official:
        period = official[0][1].current.period
        is_shared = context.official_area != context.area
        whose = f" for {context.official_area.title} together" if is_shared else ""
        blocks += _show(context, "changed-official", f"In the official tables{whose}, {name_period(period)}", official)
    else:
        blocks.append(lack("Official tables", "two years on end are not loaded"))
    return Section("what-changed", "What changed, and is it more than noise?", say_once(blocks))


def _say_test(own: list[tuple[str, Comparison]], official: list[tuple[str, Comparison]]) -> str:
    """How the changes were tested, and whose months told how much the counts vary."""
    words = (
        "A change is called a rise or a fall only where its 95% range leaves out no change. Of about fifteen offences"
        " tested, one will pass that bar by chance alone in about every second year."
    )
    if any(c.spread_of for _, c in own):
        words += " On the open data the range allows for the months' own variation."
    months = list(dict.fromkeys(c.spread_of for _, c in official if c.spread_of))
    if months:
        words += (
            " The official tables give years only: how much the months vary is taken from the newest twelve months of"
            f" the open data ({join_words(months)}), which stand in for theirs."
        )
    elif any(c.change for _, c in official):
        words += " The official tables give years only: their changes are tested against chance alone."
    return words


def _compare_official(context: Context) -> list[tuple[str, Comparison]]:
    """Each offence's newest official pair: the area's own, or that of the partnership it shares."""
    pairs = [(t, shared_comparison(context, i) or official_comparison(context, i)) for t, i in list_offences(context)]
    return [(t, c) for t, c in pairs if c is not None]


def list_offences(context: Context) -> list[tuple[str, str]]:
    """All crime, each offence that the open data carries, and anti-social behaviour: title and count's id."""
    tree = context.evidence.tree
    found = [("All recorded crime", "crime_count")]
    for group in context.offence_groups():
        parts = context.carried_children(group.id) or (group,)
        found += [(part.title, f"{part.id}_count") for part in parts]
    found.append((tree.nodes["anti_social_behaviour"].title, "asb_count"))
    return found


def _show(context: Context, key: str, title: str, pairs: list[tuple[str, Comparison]]) -> list[Block]:
    known = [(name, c) for name, c in pairs if c.change is not None]
    refused = [(name, c) for name, c in pairs if c.change is None]
    blocks: list[Block] = []
    if known:
        blocks.append(_draw(context, key, title, known))
        blocks.append(_list_words(context, known))
        blocks += [remark("caution", c) for c in dict.fromkeys(c for _, pair in known for c in pair.cautions)]
    reasons: dict[str, list[str]] = {}
    for name, c in refused:
        reasons.setdefault(describe_change(c).sentence, []).append(name)
    blocks += [_tell_refused(title, who, why, is_all=len(who) == len(pairs)) for why, who in reasons.items()]
    return blocks


def _tell_refused(title: str, who: list[str], why: str, *, is_all: bool) -> Block:
    named = "any offence" if is_all else join_words([name.lower() for name in who])
    subject = "This count" if len(who) == 1 else "These counts"
    return remark("missing", f"{title}, no change is given for {named}. {subject} {why.removeprefix('It ')}")


def _draw(context: Context, key: str, title: str, pairs: list[tuple[str, Comparison]]) -> Block:
    rows, drawn_rows = [], []
    for name, comparison in pairs:
        change = derive_rate_change(comparison)
        limits = change.interval
        word = comparison.direction or "similar"
        drawn_rows.append(
            ChangeRow(
                name, change.value, limits.low if limits else None, _bounded(limits.high) if limits else None, word
            )
        )
        counts = f"{write_count(comparison.previous.value or 0)} to {write_count(comparison.current.value or 0)}"
        rows.append(
            (
                text_cell(name),
                text_cell(counts),
                context.ledger.cell(change),
                text_cell(write_interval(change)),
                text_cell(f"{ARROWS[comparison.direction]} {word}"),
            )
        )
    per = " per resident" if all(c.is_per_resident for _, c in pairs) else ""
    unit = f"Change{per}, per cent, with 95% interval"
    drawn = change_dots(drawn_rows, unit=unit, title=title, theme=context.theme, size=context.size)
    columns = (
        names("Offence", 0.32),
        numbers("Counts"),
        numbers(f"Change{per}"),
        numbers("95% interval"),
        Column("Word"),
    )
    first = pairs[0][1]
    data = make_table(f"{key}-data", f"{title} against {name_period(first.previous.period)}", columns, rows)
    return make_chart(
        drawn, data, title=f"{title} against {name_period(first.previous.period)}", source=name_source(first.current)
    )


def _bounded(value: float) -> float | None:
    return None if value == float("inf") else value


def _list_words(context: Context, pairs: list[tuple[str, Comparison]]) -> Block:
    """Who rose, fell and stayed, each with a word on a break that touches a part of it."""
    said = {"rose": "Rose", "fell": "Fell", "similar": "Similar, as the difference can be chance"}
    items = []
    for word, lead in said.items():
        who = [_name_touched_offence(context, name, c) for name, c in pairs if c.direction == word]
        items.append(f"{lead}: {join_words(who) if who else 'none'}.")
    return list_points(items)


def _name_touched_offence(context: Context, name: str, comparison: Comparison) -> str:
    touched = name_touched(context, comparison)
    return f"{name.lower()} ({touched})" if touched else name.lower()
