"""Which store of evidence a partnership reads."""

from pathlib import Path

from django.conf import settings

from wardmote.web.partnerships.interface import EvidenceKept, Partnership

#: The store of the sample, which is built by itself.
SAMPLE = "sample"


def find_store(partnership: Partnership) -> Path:
    """The installation's store, the partnership's own, or the sample's: what is invented stays apart."""
    if partnership.is_sample:
        return Path(settings.SAMPLE_STORES) / "evidence"
    if partnership.evidence == EvidenceKept.OWN:
        return Path(settings.STORES) / str(partnership.pk)
    return Path(settings.STORE)


def name_store(partnership: Partnership) -> str:
    """Which of the stores that is, in a word that records keep: a load belongs to the store that it went to."""
    return SAMPLE if partnership.is_sample else str(partnership.evidence)


def is_being_prepared(partnership: Partnership) -> bool:
    """Whether the sample's store is not there yet: it comes by itself, and nobody loads into its place meanwhile."""
    return partnership.is_sample and not (find_store(partnership) / "store.json").exists()


def shares_store(partnership: Partnership) -> bool:
    """Whether another partnership of this installation reads the same store."""
    if name_store(partnership) != EvidenceKept.SHARED:
        return False
    others = Partnership.objects.filter(evidence=EvidenceKept.SHARED, is_sample=False, ended_on=None)
    return others.exclude(pk=partnership.pk).exists()
