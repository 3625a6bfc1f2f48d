"""The parts of an assessment in which a commentary may stand, known before anything is worked out."""

from functools import cache

from wardmote.evidence.definitions.offences import get_offence_tree

_BEFORE = (
    ("at-a-glance", "At a glance"),
    ("all-crime", "All recorded crime"),
    ("anti-social-behaviour", "Anti-social behaviour"),
)
_AFTER = (
    ("places", "Places"),
    ("outcomes", "Outcomes of crimes"),
    ("roads", "Roads"),
    ("fly-tipping", "Fly-tipping"),
    ("partner-data", "Partners' data"),
    ("what-changed", "What changed, and is it more than noise?"),
    ("trust", "How far can the figures be trusted?"),
)


@cache
def list_sections() -> tuple[tuple[str, str], ...]:
    """Which sections may an analyst write in? Id and title of each, in the order of the report.

    >>> list_sections()[0], ("burglary", "Burglary") in list_sections()
    (('at-a-glance', 'At a glance'), True)
    """
    groups = tuple((group.id.replace("_", "-"), group.title) for group in get_offence_tree().groups())
    return (*_BEFORE, *groups, *_AFTER)
