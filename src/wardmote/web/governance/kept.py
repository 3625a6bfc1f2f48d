"""Records that are written once: a score, an entry of a ledger, a step that was taken."""

from typing import Any

from wardmote.web.partnerships.interface import PartnershipRecord


class RewritingError(RuntimeError):
    """A record that is kept as it was written was to be changed: a fault of ours, never of a user's."""


class KeptRecord(PartnershipRecord):
    """A record that is added and then neither changed nor removed; what was wrong is put right by another."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it. Raises RewritingError for one that is there already."""
        if not self._state.adding:
            raise RewritingError(f"{type(self).__name__} is kept as it was written; add another that puts it right")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: it stays."""
        raise RewritingError(f"{type(self).__name__} is kept; it is not removed")
