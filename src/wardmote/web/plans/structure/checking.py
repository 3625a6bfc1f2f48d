"""Would the database take these records? Asked of records that are not saved, so that a trial need not write.

The database says no to two records of one key, to a number or a text that its column has no room for, and to a target
that ends before it begins; each is a fault in words here, before anything is written.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from wardmote.evidence.model.errors import Fault
from wardmote.web.partnerships.interface import PartnershipRecord
from wardmote.web.plans.models import Target

_LARGEST = {"PositiveSmallIntegerField": 32_767, "PositiveIntegerField": 2_147_483_647}  # of every database we run on
_LONGEST_TEXT = 20_000  # of free text, which no column limits: some ten pages
_CODE = "not_keepable"
type _Limit = tuple[str, str, int]


def find_record_faults(kinds: Iterable[Sequence[PartnershipRecord]]) -> list[Fault]:
    """What the database would refuse of records not saved yet, each list of one kind."""
    faults: list[Fault] = []
    for records in kinds:
        if records:
            model = type(records[0])
            faults += _find_clashes(model, records)
            faults += _find_numbers_out_of_range(model, records)
            faults += _find_long_texts(model, records)
            faults += [_fault_turned(one) for one in records if isinstance(one, Target) and _is_turned(one)]
    return faults


def _find_clashes(model: type[PartnershipRecord], records: Sequence[PartnershipRecord]) -> list[Fault]:
    faults = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            names = [_name_column(model, name) for name in constraint.fields]
            times = Counter(tuple(getattr(one, name) for name in names) for one in records)
            doubled = sum(count - 1 for count in times.values())
            if doubled:
                what = " and ".join(constraint.fields)
                faults.append(
                    Fault(f"{doubled} {_say(model)} of the file have the same {what} as another", rows=doubled,
                          expected="each once", to_do="Take the second one out, or name it anew", code=_CODE)
                )  # fmt: skip
    return faults


def _find_numbers_out_of_range(model: type[PartnershipRecord], records: Sequence[PartnershipRecord]) -> list[Fault]:
    faults = []
    for name, label, largest in _list_limits(model, _LARGEST.get):
        held = [getattr(one, name) for one in records]
        wrong = [number for number in held if number is not None and not 0 <= number <= largest]
        if wrong:
            faults.append(
                Fault(f"the {label} {wrong[0]} of {len(wrong)} {_say(model)} cannot be kept", rows=len(wrong),
                      expected=f"0 to {largest:,}", to_do="Number it anew", code=_CODE)
            )  # fmt: skip
    return faults


def _find_long_texts(model: type[PartnershipRecord], records: Sequence[PartnershipRecord]) -> list[Fault]:
    faults = []
    for field in _list_own(model):
        longest = _find_longest(field)
        if longest:
            wrong = sum(_measure_text(getattr(one, field.attname)) > longest for one in records)
            if wrong:
                faults.append(
                    Fault(f"the {field.verbose_name} of {wrong} {_say(model)} is too long", rows=wrong,
                          expected=f"at most {longest} characters", to_do="Shorten it", code=_CODE)
                )  # fmt: skip
    return faults


def _find_longest(field: "models.Field[Any, Any]") -> int | None:
    """The most characters of one text in a column; None where it holds none."""
    kind = field.get_internal_type()
    if kind == "CharField":
        return field.max_length
    return _LONGEST_TEXT if kind in ("TextField", "JSONField") else None


def _measure_text(held: object) -> int:
    """The length of the longest text in a value: itself, or in what it is made of."""
    if isinstance(held, str):
        return len(held)
    if isinstance(held, dict):
        return max(map(_measure_text, (*held, *held.values())), default=0)
    return max(map(_measure_text, held), default=0) if isinstance(held, list | tuple) else 0


def _list_limits(model: type[PartnershipRecord], find: Any) -> list[_Limit]:
    found = [(field.attname, str(field.verbose_name), find(field.get_internal_type())) for field in _list_own(model)]
    return [(name, label, limit) for name, label, limit in found if limit is not None]


def _list_own(model: type[PartnershipRecord]) -> list["models.Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def _name_column(model: type[PartnershipRecord], name: str) -> str:
    """A relation's key in place of its record, which need not be fetched."""
    attname: str = model._meta.get_field(name).attname  # type: ignore[union-attr]
    return attname


def _say(model: type[PartnershipRecord]) -> str:
    return str(model._meta.verbose_name_plural)


def _is_turned(target: Target) -> bool:
    return target.valid_from is not None and target.valid_to is not None and target.valid_to < target.valid_from


def _fault_turned(target: Target) -> Fault:
    return Fault(
        f"a target of {target.indicator.ref} ends on {target.valid_to:%Y-%m-%d}, before it begins",
        expected=f"{target.valid_from:%Y-%m-%d} or a later day", to_do="Turn the two days round", rows=1, code=_CODE,
    )  # fmt: skip
