"""What does a page say? Its words in reading order; scripts, menus and what is hidden left out."""

from wardmote.evidence.claims.reading.building import PartsBuilder
from wardmote.evidence.claims.reading.markup import Flow, Segment, parse_html


def read_html(builder: PartsBuilder, text: str) -> None:
    """Hand the page's parts to the builder, each with its line in the source."""
    tree = parse_html(text.removeprefix("\ufeff"))
    if tree is None:
        return
    flow = Flow()
    flow.walk(tree)
    flow.flush()
    for part in flow.found:
        if isinstance(part, Segment):
            builder.add_block(part.kind, part.raw, level=part.level)
        else:
            builder.add_table(part)
