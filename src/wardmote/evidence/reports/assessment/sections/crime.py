"""All recorded crime, anti-social behaviour apart from it, and a card for each offence group."""

from wardmote.evidence.reports.assessment.card import build_card, list_parts, say_once
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.pictures import draw_rolling
from wardmote.evidence.reports.document import Section

_OPEN_DATA_NOTE = (
    "Counts for the period come from the police's open data, which is made for pattern; where the official tables hold"
    " a year, that year is named. The two differ by a few per cent."
)


def build_all_crime(context: Context) -> Section:
    card = build_card(context, "all-crime", "All recorded crime", "crime_count", note=_OPEN_DATA_NOTE)
    rolling = draw_rolling(context, "all-crime", "crime_count", "All recorded crime")
    return Section(card.id, card.title, (*card.blocks, *rolling))


def build_asb(context: Context) -> Section:
    note = (
        "Anti-social behaviour is not crime and is never added to it. These are calls that the police recorded;"
        " councils and landlords keep their own. More calls are not plainly bad news: they follow campaigns and ways"
        " to report."
    )
    return build_card(context, "anti-social-behaviour", "Anti-social behaviour", "asb_count", note=note)


def build_offence_groups(context: Context) -> tuple[Section, ...]:
    """One section for each group of the offence tree that the data carries."""
    return tuple(_build_group(context, group.id, group.title) for group in context.offence_groups())


def _build_group(context: Context, node: str, title: str) -> Section:
    key, count_id = node.replace("_", "-"), f"{node}_count"
    mapping = context.evidence.tree.find_mapping("police-street", node)
    card = build_card(context, key, title, count_id, note=mapping.note if mapping else "")
    parts = context.carried_children(node)
    if len(parts) < 2:
        return card
    head, tail = card.blocks[:1], card.blocks[1:]
    return Section(card.id, card.title, say_once((*head, *list_parts(context, key, title, count_id, parts), *tail)))
