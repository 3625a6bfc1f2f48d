"""What does a page say? Its words in reading order; scripts, menus and what is hidden left out."""

from wardmote.evidence.claims.reading.building import PartsBuilder
from wardmote.evidence.claims.reading.markup import Flow, add_flow, parse_html


def read_html(builder: PartsBuilder, text: str) -> None:
    """Hand the page's parts to the builder, each with its line in the source."""
    tree = parse_html(text.removeprefix("\ufeff"))
    if tree is None:
        return
    flow = Flow()
    flow.walk(tree)
    flow.flush()
    add_flow(builder, flow)
