"""Which store of evidence a partnership reads."""

from pathlib import Path

from django.conf import settings

from wardmote.web.partnerships.interface import EvidenceKept, Partnership


def find_store(partnership: Partnership) -> Path:
    """The installation's store, the partnership's own, or the sample's: what is invented stays apart."""
    if partnership.is_sample:
        return Path(settings.SAMPLE_STORES) / "evidence"
    if partnership.evidence == EvidenceKept.OWN:
        return Path(settings.STORES) / str(partnership.pk)
    return Path(settings.STORE)
