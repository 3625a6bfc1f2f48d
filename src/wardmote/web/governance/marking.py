"""What stands at the head of every page of a paper."""

from wardmote.web.partnerships.interface import Partnership

SAMPLE = "Sample: every figure is invented"


def mark_paper(partnership: Partnership, marking: str = "") -> str:
    """A paper's own marking ("Confidential") and, of the sample, that nothing of it is true."""
    sample = SAMPLE if partnership.is_sample else ""
    return " \N{EN DASH} ".join(part for part in (marking, sample) if part)
