"""The closed lists of checks: what somebody says of an accusation, and how it stands beside an earlier version."""

from django.db import models


class Standing(models.TextChoices):
    """What is said of an accusation by who looked at it."""

    MENDED = "mended", "True: mended in the document"
    TO_MEND = "to_mend", "True: still to be mended"
    FALSE_ALARM = "false_alarm", "False alarm"
    REMARK = "remark", "A remark only"


#: With these nobody needs to look at it again.
SETTLED = frozenset({Standing.MENDED, Standing.FALSE_ALARM})

VERDICT_WORDS = {
    "wrong": "Wrong",
    "contradicts": "Contradicts",
    "inconsistent": "Inconsistent",
    "unsupported": "Unsupported",
    "imprecise": "Imprecise",
    "differs_from_evidence": "Differs from the evidence",
    "not_checkable": "Not checkable",
    "ok": "Holds",
}
#: Beside the word, so that colour is not alone: shape and colour of the tag.
VERDICT_MARKS = {
    "wrong": ("✕", "red"),
    "contradicts": ("⇄", "red"),
    "inconsistent": ("≠", "orange"),
    "unsupported": ("?", "orange"),
    "imprecise": ("≈", "yellow"),
    "differs_from_evidence": ("↔", "blue"),
    "not_checkable": ("–", "grey"),
    "ok": ("✓", "green"),
}
