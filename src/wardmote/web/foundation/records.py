"""The base of every record: a random key, a privacy label on every field, and no write that is not audited."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.foundation.writes import UnauditedWriteError, describe_value, get_current_write, name_record


class RecordQuerySet(models.QuerySet[Any]):
    """Reads as Django's does. Writing many at once is closed: it would pass the audit by."""

    def update(self, **kwargs: Any) -> int:
        raise UnauditedWriteError(f"{name_record(self.model)}: save each record, so that the trail has it")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise UnauditedWriteError(f"{name_record(self.model)}: delete each record, so that the trail has it")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Add many records of one write: each is noted."""
        made = super().bulk_create(objs, *args, **kwargs)
        for record in made:
            get_current_write(record).note("added", record, record.describe_fields())
            record.remember_fields()
        return made

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        raise UnauditedWriteError(f"{name_record(self.model)}: save each record, so that the trail has it")


class Record(models.Model):
    """One row that somebody may change, inside `writing(...)` alone.

    `PRIVACY` gives every field's label. `KEEP_OUT` names fields too bulky for the trail, noted as changed only.
    """

    PRIVACY: ClassVar[Mapping[str, Privacy]] = {}
    KEEP_OUT: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        record = super().from_db(*args, **kwargs)
        record.remember_fields()
        return record

    def remember_fields(self) -> None:
        """Keep what the fields hold now, against which a later change is described."""
        deferred = self.get_deferred_fields()
        self._remembered = {
            field.attname: copy.deepcopy(getattr(self, field.attname)) if field.get_internal_type() == "JSONField"
            else getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.attname not in deferred
        }  # fmt: skip

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save inside the write under way, which notes what changed. Raises UnauditedWriteError outside of one."""
        write = get_current_write(self)
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            write.note("added", self, self.describe_fields())
        else:
            write.note("changed", self, self.describe_changes(kwargs.get("update_fields")))
        self.remember_fields()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove inside the write under way, which notes what was lost."""
        get_current_write(self).note("removed", self, self.describe_fields())
        return super().delete(*args, **kwargs)

    def describe_fields(self) -> dict[str, Any]:
        """Every field's value that is not empty, as its label allows the trail to say it."""
        found = {
            field.name: self._describe(field, getattr(self, field.attname))
            for field in self._meta.concrete_fields
            if not field.primary_key
        }
        return {name: value for name, value in found.items() if value not in (None, "", [], {})}

    def describe_changes(self, update_fields: Iterable[str] | None = None) -> dict[str, Any]:
        """Fields that differ from what was read, as [before, after]."""
        before = getattr(self, "_remembered", {})
        chosen = set(update_fields) if update_fields is not None else None
        return {
            field.name: [
                self._describe(field, before.get(field.attname)),
                self._describe(field, getattr(self, field.attname)),
            ]
            for field in self._meta.concrete_fields
            if (chosen is None or field.name in chosen) and before.get(field.attname) != getattr(self, field.attname)
        }

    def _describe(self, field: Any, value: Any) -> Any:
        if field.name in self.KEEP_OUT:
            return "(not kept in the trail)" if value not in (None, "", [], {}) else ""
        return describe_value(self.PRIVACY.get(field.name, Privacy.SECRET), value)
