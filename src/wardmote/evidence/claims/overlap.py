"""May the parts that a text names overlap, leave something out, or count other things than their whole?

A person may be two things at once, a household holds several people, a list may name only the largest: where the words
allow any of these, parts are not held to a whole.
"""

import re

from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence

_OVERLAP = re.compile(
    r"\b(?:more than (?:one|once)|several|multiple|twice|both|overlap\w*|couples?|some of (?:whom|them|which)|"
    r"at least one|repeat\w*|not (?:add|sum)|may (?:add|sum|be|fall)|can be|could (?:be|choose|name)|counted in|"
    r"double[- ]count\w*|jointly?|each)\b", re.IGNORECASE)  # fmt: skip
#: "80 households" hold more than 80 people, "12 collisions" hurt more than twelve.
_HOLDS_SEVERAL = re.compile(
    r"\b(?:households?|famil(?:y|ies)|couples?|groups?|teams?|events?|sessions?|meetings?|collisions?|crash\w*|"
    r"accidents?|class(?:es)?|homes|pairs?|parties|cases|incidents?|operations?|"
    r"investigations?)\b", re.IGNORECASE)  # fmt: skip


def may_overlap(sentence: Sentence) -> bool:
    """Whether the paragraph says that a thing may be counted in several parts."""
    return _OVERLAP.search(sentence.block.text) is not None


def holds_several(number: Number) -> bool:
    """Whether each of what is counted may hold several of something else ("80 households")."""
    return _HOLDS_SEVERAL.search(number.after) is not None
