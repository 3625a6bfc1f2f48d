"""A record held for one write and read again, so that two people at once are checked one after the other."""

from typing import Any

from wardmote.web.foundation.refusals import RefusedError


def hold(*records: Any) -> None:
    """Hold records until the write ends, and read again what they say; name what others hang on first.

    Raises RefusedError where one is gone.
    """
    for record in records:
        related = {field.name: getattr(record, field.name) for field in _list_read(record)}
        rows = type(record).objects.select_for_update().filter(partnership=record.partnership_id)
        try:
            record.refresh_from_db(from_queryset=rows)
        except type(record).DoesNotExist:
            raise RefusedError("Somebody else has removed this meanwhile. Look at it again.") from None
        for name, value in related.items():
            if value.pk == getattr(record, f"{name}_id"):
                setattr(record, name, value)
        record.remember_fields()


def _list_read(record: Any) -> list[Any]:
    """The relations of a record that were read with it: they are other records, and stay."""
    fields = record._meta.concrete_fields
    return [
        field for field in fields
        if field.is_relation and field.is_cached(record) and getattr(record, field.name) is not None
    ]  # fmt: skip


def find_next_number(rows: Any) -> int:
    """The number after the highest one."""
    return max(rows.values_list("number", flat=True), default=0) + 1
