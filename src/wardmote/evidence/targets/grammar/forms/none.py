"""No target: nothing set, a figure awaited, work that goes on."""

from wardmote.evidence.targets.grammar.lexicon import DONE_WORDS
from wardmote.evidence.targets.grammar.row import Row
from wardmote.evidence.targets.grammar.understanding import Draft
from wardmote.evidence.targets.kinds import NoTarget

PENDING = (
    "awaiting", "awaited", "tbc", "tba", "tbd", "to be confirmed", "to be agreed", "to be set", "to be determined",
    "to be decided", "to be advised", "to be established", "to be baselined", "to follow", "pending", "not yet set",
    "not yet agreed", "baseline year", "establish baseline", "establish a baseline", "under review",
)  # fmt: skip
ONGOING = ("on-going", "ongoing", "on going", "continuous", "continuing", "as required", "as and when", "as needed")
NOT_SET = (
    "none", "n / a", "n/a", "na", "not applicable", "no target", "not set", "no target set", "not shown", "nil return",
    "monitor only", "monitoring only", "monitor", "for information", "for information only", "contextual",
    "not targeted",
)  # fmt: skip
STATES = (("pending", PENDING), ("ongoing", ONGOING), ("not_set", NOT_SET))
LONGEST_BARE = 5


def parse_none(row: Row) -> Draft | None:
    """An empty cell, or words that say that there is no target (yet)."""
    if all(token.norm in {"-", "–", "—"} for token in row.tokens):
        return Draft(NoTarget("not_set"), set(range(len(row.tokens))))
    for state, phrases in STATES:
        found = row.find_phrase(*phrases)
        if found is not None and _governs(row, found, state):
            return Draft(NoTarget(state), set(range(len(row.tokens))))
    return None


def _governs(row: Row, found: range, state: str) -> bool:
    """Whether the phrase is the whole promise, and not a word inside another one ("ongoing support for ...")."""
    if row.has_amount:
        return state == "pending" and found.start == 0 and row.first({"percent", "money", "rate"}) is None
    if state == "pending":
        return found.start <= 2
    is_act = any(token.norm in DONE_WORDS for token in row.tokens)
    room = LONGEST_BARE if state == "ongoing" and found.start == 0 and not is_act else 1
    return len(row.tokens) <= len(found) + room
