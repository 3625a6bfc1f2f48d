"""The records of `loads`: what somebody asked to be loaded, and who looked at what is odd in the evidence."""

from typing import ClassVar

from django.db import models

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.observatory.loads.states import Origin
from wardmote.web.partnerships.interface import PartnershipRecord

__all__ = ["EvidenceLoad", "FlagLook"]


class EvidenceLoad(PartnershipRecord):
    """A load that somebody asked for on the web. What came of it lies in the store, under the id in `load`.

    The person is named here and not in the store, whose files are never changed. `files` are the names and sizes in
    order; the bytes lie in the home's `uploads` until the load has ended, after a failure for a day more.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "source", "settings", "store", "origin", "asked_at", "asked_by", "load",
             "kept_until"), Privacy.NONE),
        "files": Privacy.FREE_TEXT,
        "faults": Privacy.FREE_TEXT,
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"faults"})

    source = models.CharField(max_length=60)
    settings = models.JSONField(default=dict, blank=True)
    store = models.CharField(max_length=10)  # which store it went to, as `name_store` names it
    origin = models.CharField(max_length=10, choices=Origin.choices)
    files = models.JSONField(default=list)  # [{"name", "size_bytes"}]
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    load = models.CharField(max_length=80, blank=True)  # "0007-police-street", once it is in the store
    faults = models.JSONField(default=list, blank=True)  # why nothing could be loaded, one by one
    kept_until = models.DateTimeField(null=True, blank=True)  # the files of a load that failed

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        indexes: ClassVar = [models.Index(fields=["partnership", "-asked_at"], name="evidence_load_recent")]


class FlagLook(PartnershipRecord):
    """Somebody has looked at what was odd in the evidence, and says what it is.

    `key` is the flag's, `saw` the numbers it was about: when a later load changes them the flag is open again.
    """

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "key", "saw", "store", "looked_at", "looked_by"), Privacy.NONE),
        "note": Privacy.FREE_TEXT,
    }  # fmt: skip

    key = models.CharField(max_length=200)
    saw = models.CharField(max_length=200)
    store = models.CharField(max_length=10)
    note = models.TextField()
    looked_at = models.DateTimeField()
    looked_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["looked_at"]
        indexes: ClassVar = [models.Index(fields=["partnership", "key"], name="flag_look_key")]
